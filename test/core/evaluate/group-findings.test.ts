import assert from 'node:assert/strict';
import { analyse } from '../../../server/src/core/analyse.ts';
import { checkData } from '../../../server/src/core/check-data.ts';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { loadProject } from '../../../server/src/core/workspace.ts';
import { createNodeFileSystem } from '../../../server/src/hosts/node-file-system.ts';
import { testEngine } from '../../kit/engine.ts';
import { withFolder, withProject } from '../../kit/reference/run.ts';

const SOURCES = `plumbline: 1
sources:
  shops: { data: shops.csv, key: shop }
  orders:
    data: orders.csv
    time: at
    columns:
      at: { type: date }
      state: { values: [paid, open, lost] }
    links: { shop: { to: shops, using: shop } }
  visits: { data: visits.csv, time: at, columns: { at: { type: date } } }
segments:
  country: { source: orders, by: country }
  town: { source: shops, by: town }
  state: { source: orders, by: state }
  number: { source: orders, by: id }
  week: { source: orders, by: at }
  reach: { by: { orders: country, visits: land } }
  size: { source: orders, groups: { small: id < 2, large: id > 900 } }
metrics:
  orders:
    type: count
    source: orders
    examples:
      - { period: 2025-01, segment: country.Germny, expect: 0 }
      - { given: { orders: [{ at: 2025-01-01, country: Peru }] }, segment: country.Peru, expect: 1 }
  visits: { type: count, source: visits }
`;

const DATA = {
  'plumbline.yaml': 'plumbline: 1\n',
  'orders.csv':
    'id,at,country,state,shop\n1,2025-01-01,Germany,paid,A\n2,2025-01-02,France,open,B\n3,2025-01-02,,open,B\n',
  'shops.csv': 'shop,town\nA,Ghent\nB,Bruges\n',
  'visits.csv': 'at,land\n2025-01-02,Spain\n',
};

/** Groups that there are, as they are written, and that there are none of, with what is said. */
const TARGETS = [
  ['country.Germany', undefined],
  ['country.germany', ' Did you mean "Germany"?'],
  ['country.Peru', ' Known are "France", "Germany".'],
  ['country.(none)', undefined],
  ['town.Bruges', undefined],
  ['town.Brüges', ' Did you mean "Bruges"?'],
  ['state.open', undefined],
  // It is declared, and no row has it.
  ['state.lost', ' Known are "open", "paid".'],
  ['number.2', undefined],
  ['number.2.0', ' Known are "1", "2", "3".'],
  ['week.2025-01-02', undefined],
  ['week.2025-01-03', ' Did you mean "2025-01-01" or "2025-01-02"?'],
  ['reach.Spain', undefined],
  ['reach.France', undefined],
  ['reach.Spian', ' Did you mean "Spain"?'],
  // Conditions are there though no row meets them.
  ['size.large', undefined],
] as const;

const TEXT = `${SOURCES}targets:
${TARGETS.map(([group], index) => `  t${index}: { metric: orders, segment: ${group}, at_least: 1, each: month, why: Test. }`).join('\n')}
journeys:
  all: { segment: country.Itly, stages: { first: { metrics: [orders] } } }
`;

/** What is to be found, at the characters of the group. */
const EXPECTED = [
  ...TARGETS.flatMap(([text, hint]) => {
    const [segment = '', ...group] = text.split('.');
    return hint === undefined ? [] : [said(segment, group.join('.'), hint)];
  }),
  said('country', 'Germny', ' Did you mean "Germany"?'),
  said('country', 'Itly', ' Known are "France", "Germany".'),
];

function said(segment: string, group: string, hint: string): string {
  return `${group}: No row of the segment "${segment}" is in the group "${group}".${hint}`;
}

describe('a group that is named', () => {
  const engine = testEngine();

  it('and that no row is in is said at its characters, with those that are near it', async () => {
    await withProject(engine, { ...DATA, 'a.metrics.yaml': TEXT }, async ({ evaluator }) => {
      const { problems } = await evaluate(evaluator);
      const texts = new Map(evaluator.checked.project.files.map(({ path, text }) => [path, text]));
      const found = problems.filter(({ code }) => code === 'missing-group');
      assert.deepEqual(
        found
          .map(({ file, span, message }) => `${texts.get(file)?.slice(span.start, span.end)}: ${message}`)
          .sort(),
        [...EXPECTED].sort(),
      );
      assert.deepEqual(new Set(found.map(({ severity }) => severity)), new Set(['warning']));
    });
  });

  it('is looked for by check --data too, though its source stands in a file that was not asked for', async () => {
    await withFolder({ ...DATA, 'a.metrics.yaml': TEXT }, async (folder) => {
      const loaded = await loadProject(createNodeFileSystem(), folder, { kinds });
      const analysis = analyse(loaded, kinds);
      const naming = [...analysis.checked.project.files.flatMap(({ definitions }) => definitions)];
      const request = { sources: new Set<string>(), metrics: [], naming };
      const { problems } = await checkData(loaded, kinds, engine, request, {}, analysis);
      const found = problems.filter(({ code }) => code === 'missing-group').map(({ message }) => message);
      assert.deepEqual(found.sort(), EXPECTED.map((one) => one.slice(one.indexOf(': ') + 2)).sort());
    });
  });

  it('is found among more groups than are listed', async () => {
    const rows = Array.from(
      { length: 1500 },
      (_, index) => `${index},2025-01-01,land ${index % 1200},open,A`,
    );
    const files = {
      ...DATA,
      'orders.csv': `id,at,country,state,shop\n${rows.join('\n')}\n`,
      'a.metrics.yaml': `${SOURCES}targets:
${['country.land 1199', 'country.land 1200', 'number.1499', 'number.1500', 'number.1499.0'].map((group, index) => `  t${index}: { metric: orders, segment: ${group}, at_least: 1, each: month, why: Test. }`).join('\n')}
`,
    };
    await withProject(engine, files, async ({ evaluator }) => {
      const { problems } = await evaluate(evaluator);
      const groups = problems
        .filter(({ code }) => code === 'missing-group')
        .map(({ message }) => /group "(.*?)"/.exec(message)?.[1]);
      assert.deepEqual(groups.sort(), ['1499.0', '1500', 'Germny', 'land 1200']);
    });
  });

  it('says nothing where there are no rows at all', async () => {
    const files = { ...DATA, 'orders.csv': 'id,at,country,state,shop\n', 'a.metrics.yaml': SOURCES };
    await withProject(engine, files, async ({ evaluator }) => {
      const { problems } = await evaluate(evaluator);
      assert.deepEqual(
        problems.filter(({ code }) => code === 'missing-group'),
        [],
      );
    });
  });
});
