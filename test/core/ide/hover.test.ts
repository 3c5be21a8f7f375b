import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { parsePeriod } from '../../../server/src/core/base/period.ts';
import type { TargetResult } from '../../../server/src/core/evaluate/evaluate-targets.ts';
import type { Numbers } from '../../../server/src/core/evaluate/numbers.ts';
import { hover } from '../../../server/src/core/ide/hover/hover.ts';
import { hoverNeeds } from '../../../server/src/core/ide/hover/needs.ts';
import { fileAt } from '../../../server/src/core/ide/ide-context.ts';
import { semanticTokens } from '../../../server/src/core/ide/semantic-tokens.ts';
import { signatureHelp } from '../../../server/src/core/ide/signature-help.ts';
import type { ExpressionWord } from '../../../server/src/core/model/project.ts';
import { estimate, fresh, resultOf, seriesFrom, stale } from '../../kit/hover-numbers.ts';
import { type IdeFixture, ideFixture } from '../../kit/ide.ts';
import { present } from '../../kit/present.ts';
import { ROOT } from '../../kit/project.ts';
import { shopWith } from './shop.ts';

/** A fixture of the shop with numbers that may look at its definitions. */
async function shop(text: string, numbers?: (fixture: IdeFixture) => Partial<Numbers>): Promise<IdeFixture> {
  const fixture = await ideFixture(shopWith(text), {});
  if (numbers === undefined) return fixture;
  const known = { ...present(fixture.context.numbers), ...numbers(fixture) };
  return { ...fixture, context: { ...fixture.context, numbers: known } };
}

async function plainAt(text: string, numbers?: (fixture: IdeFixture) => Partial<Numbers>): Promise<string> {
  const { context, file, offset } = await shop(text, numbers);
  return hover(context, file, offset)?.plain ?? '';
}

async function needsAt(text: string): Promise<readonly string[]> {
  const { context, file, offset } = await shop(text);
  return hoverNeeds(context, file, offset).map((need) => Object.values(need).join(' '));
}

const NPS = `metrics:
  score:
    type: nps
    label: Would recommend
    source: orders
    value: amount
    grain: quarter
    benchmarks: [{ value: 40, citation: Report, as_of: 2024-01-01 }]
targets:
  goal: { label: Goal of 50, metric: sc┆ore, at_least: 50, due: 2025-Q4 }
`;

/** Three quarters, of which the last is not over. */
function scores({ context }: IdeFixture): Partial<Numbers> {
  const values = [estimate(30, 90, 20, 40), estimate(42, 25, 30.5, 53.5), estimate(48, 4)];
  const metric = context.checked.project.metrics.get('score');
  return { metric: () => fresh(resultOf(metric, seriesFrom('2025-Q1', values, 2))) };
}

describe('hovering over a metric', () => {
  it('compares no benchmark with a headline of before the last change, and calls what was refused then stale', async () => {
    const compared = await plainAt(NPS, scores);
    assert.match(compared, /the headline is/);
    const old = await plainAt(NPS, (fixture) => {
      const known = scores(fixture).metric?.('score');
      return { metric: () => known && stale(known.value) };
    });
    assert.match(old, /Stale/);
    assert.doesNotMatch(old, /the headline is/);
    const refused = await plainAt(NPS, ({ context }) => ({
      metric: () => stale(resultOf(context.checked.project.metrics.get('score'), undefined, 'No such file.')),
    }));
    assert.match(refused, /No such file\.[\s\S]*Stale/);
  });

  it('tells its headline with interval, sample and change, and the period that has begun', async () => {
    const text = await plainAt(NPS, scores);
    assert.match(
      text,
      /^Would recommend\n\nThe Net Promoter Score of amount, over the rows of Orders, by quarter\./,
    );
    assert.match(
      text,
      /42\.0 in 2025-Q2 \(95 % interval 30\.5 to 53\.5, n = 25, a small sample\), up 12\.0 from 30\.0 in 2025-Q1 \(not tested: it may be chance\)\. 2025-Q3 so far: 48\.0\./,
    );
    assert.match(
      text,
      /Trend: from 30\.0 in 2025-Q1 to 42\.0 in 2025-Q2; lowest 30\.0 in 2025-Q1, highest 42\.0 in 2025-Q2\./,
    );
    // 1 January 2024 to 1 July 2025: the data end on the first day of the third quarter.
    assert.match(
      text,
      /- 40\.0: Report \(2024-01-01, 18 months before the data end\); the headline is 2\.0 above/,
    );
    assert.match(text, /- Goal of 50: at least 50\.0 by 2025-Q4/);
    assert.match(text, /Rests on orders \(source\)\.\n\nUsed by goal \(target\)\./);
  });

  it('draws the trend as an image of shapes alone', async () => {
    const { context, file, offset } = await shop(NPS, scores);
    const { markdown } = present(hover(context, file, offset));
    const [, data = ''] = /data:image\/svg\+xml;base64,([A-Za-z0-9+/=]+)\)/.exec(markdown) ?? [];
    const svg = Buffer.from(data, 'base64').toString();
    assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*><path d="M4 44L236 4"/);
  });

  it('says that a number is stale, and never shows one that is not known', async () => {
    const old = await plainAt(NPS, (fixture) => {
      const known = scores(fixture).metric?.('score');
      return { metric: () => known && stale(known.value) };
    });
    assert.match(old, /42\.0 in 2025-Q2[\s\S]*Stale: computed before the last change\./);
    assert.match(await plainAt(NPS), /Not evaluated yet\./);
    const { context, file, offset } = await shop(NPS);
    assert.match(
      hover({ ...context, numbers: undefined }, file, offset)?.plain ?? '',
      /Not evaluated: the data are not read here\./,
    );
  });

  it('says why there is none', async () => {
    const of = (rest: string): Promise<string> =>
      plainAt(`metrics:\n  ┆m: { type: sum, source: orders, ${rest} }\n`);
    assert.match(await of('value: amuont'), /Not evaluated: There is no column "amuont" in orders/);
    const refused = await plainAt(NPS, ({ context }) => ({
      metric: () =>
        fresh(resultOf(context.checked.project.metrics.get('score'), undefined, 'It is refused.')),
    }));
    assert.match(refused, /Not evaluated: It is refused\./);
    const partial = await plainAt(NPS, ({ context }) => ({
      metric: () =>
        fresh(
          resultOf(context.checked.project.metrics.get('score'), {
            ...seriesFrom('2025-Q1', [estimate(3)]),
            asOf: 20_000,
          }),
        ),
    }));
    assert.doesNotMatch(partial, /\b3\.0 in 2025-Q1/);
    assert.match(partial, /No complete period yet\. 2025-Q1 so far: 3\.0\./);
  });

  it('is the same wherever it is named', async () => {
    const text = `metrics:
  n: { type: count, source: orders }
  f: { type: formula, formula: n - previous(n, '1 year') }
  r: { type: ratio, numerator: n, denominator: { type: count, source: orders } }
journeys:
  j: { stages: { s: { metrics: [n] } } }
`;
    const { context, file } = await shop(text);
    const own = present(hover(context, file, file.file.text.indexOf('n: {'))).plain;
    assert.match(own, /^N\n\nThe number of rows/);
    for (const place of ['n - prev', "n, '1", 'n, denominator', 'n] }']) {
      const found = present(hover(context, file, file.file.text.indexOf(place)));
      assert.equal(found.plain, own, place);
      assert.equal(file.file.text.slice(found.span.start, found.span.end), 'n');
    }
  });

  it('asks for its numbers and those of its targets', async () => {
    assert.deepEqual(await needsAt(NPS), ['metric score', 'target goal']);
  });
});

describe('hovering over a target', () => {
  const period = present(parsePeriod('2025-Q4'));
  const result =
    (metric: string): ((fixture: IdeFixture) => Partial<Numbers>) =>
    ({ context: { checked } }) => ({
      target: (name) =>
        fresh<TargetResult>({
          target: present(checked.project.targets.get(name)),
          metric: checked.project.metrics.get(metric),
          goal: { kind: 'at_least', value: 50 },
          checks: [],
          way: [],
          current: {
            period,
            status: 'at_risk',
            estimate: estimate(46, 80),
            expected: { kind: 'at_least', value: 47.5 },
            progress: 0.6,
          },
          refused: undefined,
        }),
    });

  it('tells status and distance on its goal and its name', async () => {
    const stand =
      /at risk: 46\.0 for 2025-Q4, 4\.0 short of the goal; 1\.5 short of what is expected by now; 60 % of the way from the baseline\./;
    const text = (name: string, goal: string): string =>
      NPS.replace('sc┆ore', 'score').replace('  goal:', `  ${name}:`).replace('at_least', goal);
    assert.match(await plainAt(text('go┆al', 'at_least'), result('score')), stand);
    const onGoal = await plainAt(text('goal', 'at_l┆east'), result('score'));
    assert.match(onGoal, stand);
    assert.match(onGoal, /the value must be this or more/);
    assert.deepEqual(await needsAt(text('goal', 'at_l┆east')), ['target goal']);
  });
});

describe('hovering over a column', () => {
  it('tells its type, nulls, range and histogram, also behind links', async () => {
    const text = 'metrics:\n  m: { type: sum, source: orders, value: am┆ount }\n';
    const words = await plainAt(text, () => ({
      column: () =>
        fresh({
          type: 'number',
          rows: 1000,
          nulls: 20,
          distinct: 400,
          low: '1',
          high: '21',
          top: [],
          bins: [{ rows: 5 }, { rows: 10 }],
        }),
    }));
    assert.match(
      words,
      /^amount \(number\), a column of Orders\.\n\nPrice paid\n\n1,000 rows, 2\.0 % null, 400 distinct, from 1 to 21\./,
    );
    assert.match(words, /Histogram: rows in 2 equal parts from 1 to 21: 5, 10\./);
    assert.deepEqual(await needsAt(text), ['column orders amount']);
    const behind = "metrics:\n  m: { type: count, source: orders, where: customer.coun┆try = 'GB' }\n";
    assert.deepEqual(await needsAt(behind), ['column customers country', 'funnel m']);
  });

  it('lists frequent values as text that cannot leave its block', async () => {
    const { context, file, offset } = await shop(
      'metrics:\n  m: { type: count_distinct, source: orders, value: ci┆ty }\n',
      () => ({
        column: () =>
          fresh({
            type: 'text',
            rows: 10,
            nulls: 0,
            distinct: 3,
            low: 'Bath',
            high: 'York',
            top: [
              { value: '```\n<b>[x](y)', rows: 6 },
              { value: 'York', rows: 3 },
            ],
            bins: [],
          }),
      }),
    );
    const { markdown } = present(hover(context, file, offset));
    assert.match(
      markdown,
      /````text\n``` <b>\[x\]\(y\) {2}█{16} {2}6 \(60\.0 %\)\nYork {9} {2}█{8} {8} {2}3 \(30\.0 %\)\nand 1 more\n````/,
    );
  });
});

describe('hovering over conditions, examples and groups', () => {
  it('tells how many rows a condition keeps', async () => {
    const text = (a: string, b: string): string =>
      `metrics:\n  m:\n    type: count\n    source: orders\n    ${a}: [amount > 1, city ┆= '${b}']\n`;
    const funnel = ({ context }: IdeFixture): Partial<Numbers> => {
      const { where } = present(context.checked.project.metrics.get('m'));
      const clauses = where.map((word, index) => ({ word, kept: index === 0 ? 80 : 20 }));
      const part = {
        metric: 'm',
        source: 'orders',
        rows: 110,
        timed: 100,
        clauses,
        period: '2025-02',
        inPeriod: 9,
        counted: 9,
      };
      return { funnel: () => fresh({ parts: [part] }) };
    };
    assert.match(
      await plainAt(text('where', 'Bath'), funnel),
      /^This condition keeps 20 of 80 rows \(25\.0 %\)\./,
    );
    const onKey = await plainAt(text('wh┆ere', 'Bath').replace(' ┆=', ' ='), funnel);
    assert.match(
      onKey,
      /^- m: 110 rows of orders\n- 100 with a valid time\n- 80 after amount > 1\n- 20 after city = 'Bath'\n- 9 in 2025-02\n- 9 counted/,
    );
    // What the format says of the key follows.
    assert.match(onKey, /Which rows count/);
  });

  it('tells it of a condition inside of a ratio too', async () => {
    const text =
      'metrics:\n  r: { type: ratio, numerator: { type: count, source: orders, where: amount ┆> 1 }, denominator: n }\n';
    assert.deepEqual(await needsAt(text), ['funnel r']);
    const words = await plainAt(text, () => {
      const base = { source: 'orders', rows: 9, timed: null, period: null, inPeriod: 9, counted: 9 };
      const word = { text: 'amount > 1', role: 'where' } as ExpressionWord;
      const parts = [
        { ...base, metric: 'r.numerator', clauses: [{ word, kept: 3 }] },
        { ...base, metric: 'n', clauses: [] },
      ];
      return { funnel: () => fresh({ parts }) };
    });
    assert.match(words, /This condition keeps 3 of 9 rows \(33\.3 %\) for r\.numerator\./);
  });

  it('tells whether an example passes', async () => {
    const text =
      'metrics:\n  m: { type: sum, source: orders, value: amount, examples: [{ period: 2025-01, ex┆pect: 11 }] }\n';
    const words = await plainAt(text, ({ context }) => {
      const metric = present(context.checked.project.metrics.get('m'));
      return {
        example: (_, index) =>
          fresh({
            metric,
            index,
            example: present(metric.examples[index]),
            passed: false,
            expected: 11,
            computed: estimate(10, 1),
            counted: [],
            refused: undefined,
          }),
      };
    });
    assert.match(words, /^Fails: computed 10\.00, expected 11 \(n = 1\)\./);
    assert.deepEqual(await needsAt(text), ['example m 0']);
  });

  it('tells the size of a segment and of a group', async () => {
    const sizes = (): Partial<Numbers> => ({
      segment: () =>
        fresh({
          rows: 200,
          groups: [
            { label: 'small', rows: 150 },
            { label: 'large', rows: 60 },
          ],
          overlapping: 10,
        }),
    });
    const text = (use: string): string => `targets:\n  t: { metric: m, segment: ${use}, at_least: 1 }\n`;
    assert.match(
      await plainAt(text('si┆ze.large'), sizes),
      /200 rows, 10 of them in several groups\.\n\n- small: 150 rows \(75\.0 %\)\n- large: 60 rows \(30\.0 %\)/,
    );
    const group = await plainAt(text('size.la┆rge'), sizes);
    assert.match(
      group,
      /^large, a group of Size\n\nRows of Orders for which amount >= 15\.\n\n60 rows \(30\.0 %\)\.\n\nUsed by t \(target\)\./,
    );
  });
});

describe('hovering over the language', () => {
  it('explains functions, keys and values', async () => {
    const of = (rest: string): Promise<string> =>
      plainAt(`metrics:\n  m:\n    type: sum\n    source: orders\n    ${rest}\n`);
    assert.match(
      await of('value: rou┆nd(amount)'),
      /^round\(x: number, \[digits: integer\]\)\n\n.*\n\nExample: round\(2\.345, 1\) gives 2\.3\./,
    );
    assert.match(await of('value: count_i┆f(amount > 1)'), /gives 2 over rows whose x is 1, 2, 3, null\./);
    assert.match(await of('value: amount * period_┆end'), /^period_end \(timestamp\)/);
    assert.match(await of('own┆er: x'), /Who answers for the metric/);
    assert.match(await plainAt('metrics:\n  m: { type: n┆ps }\n'), /^Net Promoter Score\n\n100 × /);
    assert.match(await plainAt('metrics:\n  m: { gra┆in: month }\n'), /The length of the periods/);
  });

  it('shows the part of a ratio on the key under which it stands', async () => {
    const words = await plainAt(
      'metrics:\n  r: { type: ratio, numer┆ator: { type: count, source: orders, where: amount > 1 }, denominator: n }\n',
    );
    assert.match(words, /The number of rows, among those of Orders for which amount > 1\./);
  });

  it('says nothing of free text and numbers', async () => {
    assert.equal(await plainAt('metrics:\n  m: { label: so┆me text }\n'), '');
    assert.equal(await plainAt('metrics:\n  m: { type: sum, value: 1┆2 }\n'), '');
  });
});

describe('a hover', () => {
  it('never lets a project write Markdown, links or HTML', async () => {
    const evil = '[x](https://evil.example) <img src=x> **b**';
    const text = `metrics:
  ┆m:
    type: count
    source: orders
    label: "${evil}"
    description: "${evil}"
    why: "${evil}"
    owner: "${evil}"
    unit: "${evil}"
    where: city = '${evil}'
    benchmarks: [{ value: 1, citation: "${evil}" }]
targets:
  t: { label: "${evil}", metric: m, at_least: 1, if_missed: "${evil}" }
`;
    const { context, file, offset } = await shop(text);
    const { markdown } = present(hover(context, file, offset));
    const bare = markdown.replace(/`[^`]*`/g, '').replace(/\\[\s\S]/g, '');
    assert.doesNotMatch(bare, /[[\]<>]|:\/\//);
    // Six fields of the metric, the citation, the target's label, and the unit beside the benchmark and the goal.
    assert.equal(markdown.match(/evil/g)?.length, 10);
  });

  it('is given while a text is typed: no prefix of it stops a feature', async () => {
    const text = NPS.replace('┆', '').replace(
      'value: amount',
      'value: amount\n    when: constructor\n    window: toString\n    where: [city in (\'a\', "b"), not order_id = 1]',
    );
    for (let end = 0; end <= text.length; end++) {
      const { context, file, offset } = await ideFixture(`plumbline: 1\n${text.slice(0, end)}┆`, {});
      hoverNeeds(context, file, offset);
      hover(context, file, offset);
      hover(context, file, offset - 3);
      signatureHelp(context, file, offset);
      semanticTokens(context, file);
    }
  });

  it('says something of every definition of the sample, and never throws on any offset', async () => {
    const folder = 'samples/saas';
    const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    const texts = Object.fromEntries(names.map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]));
    const { context } = await ideFixture(texts, {});
    for (const name of names.filter((each) => each.endsWith('.metrics.yaml'))) {
      const file = present(fileAt(context, `${ROOT}/${name}`));
      for (const { nameNode } of file.file.definitions) {
        assert.ok(hover(context, file, nameNode.span.start)?.plain, nameNode.text);
      }
      // Every place is too many: a step that shares no factor with the indentation meets all kinds of them.
      for (let offset = 0; offset <= file.file.text.length; offset += 7) {
        const found = hover(context, file, offset);
        assert.ok(found === undefined || (found.span.start <= offset && offset <= found.span.end));
      }
    }
  });
});
