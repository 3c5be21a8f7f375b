import assert from 'node:assert/strict';
import { evaluate } from '../../../../server/src/core/evaluate/evaluate.ts';
import { testEngine } from '../../../kit/engine.ts';
import { withProject } from '../../../kit/reference/run.ts';

/** Sentences of the format that say what is reported, and where. */
describe('what is reported', () => {
  const engine = testEngine();

  /** The problems of a project and its data: code, the characters marked, message. */
  async function problemsOf(
    definitions: string,
    tables: Readonly<Record<string, string>>,
  ): Promise<readonly (readonly [code: string, marked: string, message: string])[]> {
    const files = {
      'plumbline.yaml': 'plumbline: 1\n',
      'a.metrics.yaml': `plumbline: 1\n${definitions}\n`,
      ...Object.fromEntries(Object.entries(tables).map(([name, text]) => [`${name}.csv`, `${text}\n`])),
    };
    return withProject(engine, files, async ({ evaluator, analysis }) => {
      const { problems } = await evaluate(evaluator);
      const units = new Map(evaluator.checked.project.files.map(({ path, text }) => [path, text]));
      return [...analysis.problems, ...problems].map(({ code, message, file, span }) => {
        // Problems of the analysis are told by the file, those of the data by the unit.
        const text = units.get(file) ?? files['a.metrics.yaml'];
        return [code, text.slice(span.start, span.end), message] as const;
      });
    });
  }

  it('counts the rows that one_per leaves out', async () => {
    const found = await problemsOf(
      `
sources:
  seats: { data: seats.csv, where: seats > 0, one_per: { key: team, keep: last, by: on } }
metrics: { seats: { type: sum, source: seats, value: seats } }`,
      // Two more rows of a; that without seats is no row of the source, and those without a team are nobody's double.
      {
        seats:
          'team,on,seats\na,2025-01-01,1\na,2025-01-02,2\na,2025-01-03,3\na,2025-01-04,0\nb,2025-01-01,4\n,2025-01-01,5\n,2025-01-01,6',
      },
    );
    const left = found.filter(([code]) => code === 'rows-left-out');
    assert.deepEqual(left, [
      [
        'rows-left-out',
        '{ key: team, keep: last, by: on }',
        '2 rows of seats left out: `one_per` keeps the last row of each team.',
      ],
    ]);
  });

  it('says at a link that its target is not unique, by all pairs together', async () => {
    const link = (using: string): string => `
sources:
  orders: { data: orders.csv, links: { shop: { to: shops, using: ${using} } } }
  shops: { data: shops.csv }
segments: { size: { source: shops, by: size } }
metrics: { orders: { type: count, source: orders, segments: [size] } }`;
    const tables = {
      orders: 'country,shop\nGB,1\nFR,1',
      shops: 'country,shop,size\nGB,1,small\nFR,1,large\nGB,2,large',
    };
    const one = await problemsOf(link('{ country: country }'), tables);
    assert.deepEqual(
      one.filter(([code]) => code === 'link-not-unique').map(([, marked]) => marked),
      ['shop'],
    );
    const both = await problemsOf(link('{ country: country, shop: shop }'), tables);
    assert.deepEqual(
      both.filter(([code]) => code === 'link-not-unique'),
      [],
    );
  });

  it('takes dates only for an inclusive end, and whole periods only for what lies back', async () => {
    const found = await problemsOf(
      `
sources:
  plans: { data: plans.csv, lifespan: { start: from, end: until, end_inclusive: true } }
  orders: { data: orders.csv, time: on }
metrics:
  plans: { type: count, source: plans, when: started }
  orders: { type: count, source: orders }
  back: { type: formula, formula: "previous(orders, '10 days')" }`,
      { plans: 'from,until\n2025-01-01 10:00:00,2025-02-01 09:00:00', orders: 'on\n2025-01-01' },
    );
    const errors = found.map(([code, marked]) => `${code}: ${marked}`);
    assert.ok(errors.includes('wrong-type: until'), errors.join('\n'));
    assert.ok(
      errors.some((error) => error.startsWith("not-available: previous(orders, '10 days')")),
      errors.join('\n'),
    );
  });
});
