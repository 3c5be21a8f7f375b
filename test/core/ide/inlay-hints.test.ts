import assert from 'node:assert/strict';
import type { Numbers } from '../../../server/src/core/evaluate/numbers.ts';
import {
  ALL_HINTS,
  type HintOptions,
  type InlayHint,
  inlayHints,
  inlayNeeds,
} from '../../../server/src/core/ide/inlay-hints.ts';
import { type IdeFixture, ideFixture } from '../../kit/ide.ts';
import {
  estimate,
  exampleResult,
  funnelPart,
  known,
  metricOf,
  metricResult,
  only,
  targetResult,
  totals,
  withNumbers,
} from '../../kit/numbers.ts';

const DATA = { 'survey.csv': 'answer_id,answered_at,score,plan\n1,2025-01-02,10,pro\n' };

const SURVEY = `plumbline: 1
sources:
  survey:
    data: survey.csv
    time: answered_at
`;

/** A project with a survey and these lines. */
function project(lines: string): Promise<IdeFixture> {
  return ideFixture({ 'a.metrics.yaml': SURVEY + lines, ...DATA });
}

function hintsOf({ context, file }: IdeFixture, numbers: Partial<Numbers>, options = ALL_HINTS): InlayHint[] {
  const whole = { start: 0, end: file.file.text.length };
  return inlayHints(withNumbers(context, numbers), file, whole, options);
}

/** The lines of a file that have hints, each with its hints between `⟨ ⟩` where they stand. */
function shown(fixture: IdeFixture, numbers: Partial<Numbers>, options?: HintOptions): string[] {
  const { text } = fixture.file.file;
  const marked = [...hintsOf(fixture, numbers, options)]
    .reverse()
    .reduce((rest, { offset, label }) => `${rest.slice(0, offset)}⟨${label}⟩${rest.slice(offset)}`, text);
  return marked.split('\n').filter((line) => line.includes('⟨'));
}

const NPS = `metrics:
  nps:
    type: nps
    source: survey
    value: score
    grain: quarter
`;

describe('the hint beside a metric', () => {
  const quarters = totals(
    {
      '2025-Q1': estimate(41.2),
      '2025-Q2': estimate(43.3, { low: 40.1, high: 46.5 }),
      '2025-Q3': estimate(99),
    },
    '2025-08-14',
  );

  it('has the last complete value with its interval, change and period', async () => {
    const fixture = await project(NPS);
    const result = metricResult(metricOf(fixture.context, 'nps'), quarters);
    assert.deepEqual(shown(fixture, { metric: only('nps', known(result)) }), [
      '  nps:⟨43.3  [40.1–46.5]  ▲ 2.1  2025-Q2⟩',
    ]);
  });

  it('says where the metric stands with the target that ends last, and not with those of groups', async () => {
    const fixture = await project(`${NPS}segments:
  plan: { source: survey, by: plan }
targets:
  late: { metric: nps, at_least: 50, due: 2025-Q4 }
  early: { metric: nps, at_least: 40, due: 2025-Q2 }
  pro: { metric: nps, segment: plan.pro, at_least: 40, due: 2026-Q1 }
`);
    const { context } = fixture;
    const goal = { kind: 'at_least', value: 50 } as const;
    const results = {
      late: { period: '2025-Q4', status: 'at_risk', value: 43.3, goal },
      early: { period: '2025-Q2', status: 'met', value: 43.3, goal },
      pro: { period: '2026-Q1', status: 'missed', value: 43.3, goal },
    } as const;
    const numbers: Partial<Numbers> = {
      metric: only('nps', known(metricResult(metricOf(context, 'nps'), quarters))),
      target: (name) => {
        const target = context.checked.project.targets.get(name);
        const judged = results[name as keyof typeof results];
        return target && known(targetResult(context, target, judged));
      },
    };
    assert.deepEqual(shown(fixture, numbers, { ...ALL_HINTS, targets: false }), [
      '  nps:⟨43.3  [40.1–46.5]  ▲ 2.1  2025-Q2  ! at risk⟩',
    ]);
  });

  it('stands behind a comment, and behind a body in one line', async () => {
    const fixture = await project(`metrics:
  answers: # how many came back
    type: count
    source: survey
  pro: { type: count, source: survey } # nothing else
  both: { type: count, source: survey }
`);
    const total = totals({ all: estimate(1234) });
    const numbers: Partial<Numbers> = {
      metric: (name) => known(metricResult(metricOf(fixture.context, name), total)),
    };
    assert.deepEqual(shown(fixture, numbers), [
      '  answers: # how many came back⟨1,234⟩',
      '  pro: { type: count, source: survey }⟨1,234⟩ # nothing else',
      '  both: { type: count, source: survey }⟨1,234⟩',
    ]);
  });

  const of = async (fields: string, points: Parameters<typeof totals>[0], asOf?: string): Promise<string> => {
    const fixture = await project(`metrics:\n  m: { source: survey, ${fields} }\n`);
    const result = metricResult(metricOf(fixture.context, 'm'), totals(points, asOf));
    return hintsOf(fixture, { metric: only('m', known(result)) })
      .map(({ label }) => label)
      .join();
  };

  it('is written in the unit of the metric, a change of percentages in percentage points', async () => {
    const months = { '2025-01': estimate(0.5), '2025-02': estimate(0.42) };
    assert.equal(await of('type: share, matching: score > 8', months), '42.0 %  ▼ 8.0 pp  2025-02');
    assert.equal(
      await of('type: sum, value: score, unit: hours, decimals: 1', { '2025-02': estimate(3.25) }),
      '3.3 hours  2025-02',
    );
  });

  it('shows that nothing has changed, that there is nothing, and on how little a value rests', async () => {
    const same = { '2025-01': estimate(5), '2025-02': estimate(5) };
    assert.equal(await of('type: count', same), '5  = 0  2025-02');
    assert.equal(await of('type: nps, value: score', { '2025-02': estimate(null) }), 'no data  2025-02');
    const small = { '2025-02': estimate(20, { n: 12 }) };
    assert.equal(await of('type: nps, value: score', small), '20.0  n 12  2025-02');
    assert.equal(await of('type: count', { '2025-02': estimate(12, { n: 12 }) }), '12  2025-02');
  });

  it('never shows a partial period as if it were the headline', async () => {
    assert.equal(
      await of('type: count', { '2025-02': estimate(7) }, '2025-02-14'),
      'no complete period yet  2025-02 so far: 7',
    );
    assert.equal(await of('type: count', {}), 'no data');
  });

  it('is marked where the value is from before a change, and keeps the unit that it had then', async () => {
    const before = await project('metrics:\n  m: { type: share, source: survey, matching: score > 8 }\n');
    const after = await project('metrics:\n  m: { type: count, source: survey }\n');
    const old = metricResult(metricOf(before.context, 'm'), totals({ all: estimate(0.42) }));
    const [hint] = hintsOf(after, { metric: only('m', known(old, true)) });
    assert.equal(hint?.label, '… 42.0 %');
    assert.equal(hint?.stale, true);
    assert.match(hint?.tooltip ?? '', /before the last change/);
  });

  it('is not there where a problem says why there is no value', async () => {
    const fixture = await project('metrics:\n  m: { type: nps, source: survey, value: scor }\n');
    const refused = metricResult(metricOf(fixture.context, 'm'), 'There is no column "scor".');
    assert.deepEqual(shown(fixture, { metric: only('m', known(refused)) }), []);
    const whole = { start: 0, end: fixture.file.file.text.length };
    const needs = inlayNeeds(fixture.context, fixture.file, whole);
    assert.deepEqual(
      needs.filter(({ kind }) => kind === 'metric'),
      [],
      'nor is its value asked for',
    );
  });

  it('says that a metric is not evaluated where no problem stands', async () => {
    const fixture = await project(NPS);
    const refused = metricResult(metricOf(fixture.context, 'nps'), 'It is *too* large.');
    const [hint] = hintsOf(fixture, { metric: only('nps', known(refused)) });
    assert.equal(hint?.label, 'not evaluated');
    assert.equal(hint?.tooltip, 'It is \\*too\\* large.');
  });

  it('of two metrics with one name stands beside the first, whose value it is', async () => {
    const fixture = await project(`metrics:
  m: { type: count, source: survey }
  m: { type: count, source: survey, where: score > 8 }
`);
    const result = metricResult(metricOf(fixture.context, 'm'), totals({ all: estimate(3) }));
    assert.deepEqual(shown(fixture, { metric: only('m', known(result)) }), [
      '  m: { type: count, source: survey }⟨3⟩',
    ]);
  });
});

describe('hints beside a segment', () => {
  const sizes = {
    rows: 1070,
    overlapping: 12,
    groups: [
      { label: 'small', rows: 812 },
      { label: 'big', rows: 255 },
      { label: '(none)', rows: 3 },
    ],
  };

  it('have the size of each group on its line, and what has no line beside the name', async () => {
    const fixture = await project(`segments:
  size:
    source: survey
    groups:
      small: score < 5 # the rest
      big: ">
        score >= 5"
`);
    assert.deepEqual(shown(fixture, { segment: only('size', known(sizes)) }), [
      '  size:⟨1,070 rows  (none) 3  12 in several⟩',
      '      small: score < 5⟨812 rows⟩ # the rest',
      '        score >= 5"⟨255 rows⟩',
    ]);
  });

  it('list all groups beside the name where none has a line of its own, the largest part of many', async () => {
    const fixture = await project('segments:\n  plan: { source: survey, by: plan }\n');
    const plans = {
      rows: 28,
      overlapping: 0,
      groups: Array.from({ length: 7 }, (_, i) => ({ label: `plan\n${i}`, rows: 4 })),
    };
    assert.deepEqual(shown(fixture, { segment: only('plan', known(plans, true)) }), [
      '  plan: { source: survey, by: plan }⟨… plan 0 4 · plan 1 4 · plan 2 4 · plan 3 4 · plan 4 4 · 2 more⟩',
    ]);
  });

  it('count the groups that were left out because there are very many', async () => {
    const fixture = await project('segments:\n  plan: { source: survey, by: plan }\n');
    const groups = Array.from({ length: 7 }, (_, i) => ({ label: `plan ${i}`, rows: 4 }));
    const plans = known({ rows: 40, overlapping: 0, groups, omitted: 3 });
    assert.deepEqual(shown(fixture, { segment: only('plan', plans) }), [
      '  plan: { source: survey, by: plan }⟨plan 0 4 · plan 1 4 · plan 2 4 · plan 3 4 · plan 4 4 · 5 more⟩',
    ]);
    const [hint] = hintsOf(fixture, { segment: only('plan', plans) });
    assert.match(hint?.tooltip ?? '', /^40 rows in 10 groups\./);
  });
});

describe('hints beside conditions', () => {
  it('have the rows that each keeps of those before it', async () => {
    const fixture = await project(`metrics:
  pro:
    type: count
    source: survey
    where:
      - plan = 'pro'
      - score > 5 and
        score < 9
`);
    const [first, second] = metricOf(fixture.context, 'pro').where;
    assert.ok(first && second);
    const part = funnelPart('pro', 'survey', 3310, [
      [first, 1204],
      [second, 300],
    ]);
    assert.deepEqual(shown(fixture, { funnel: only('pro', known({ parts: [part] })) }), [
      "      - plan = 'pro'⟨1,204 of 3,310 rows⟩",
      '        score < 9⟨300 of 1,204 rows⟩',
    ]);
    const timed = { ...part, timed: 3000 };
    assert.deepEqual(
      shown(fixture, { funnel: only('pro', known({ parts: [timed] })) })[0]?.split('⟨')[1],
      '1,204 of 3,000 rows⟩',
    );
  });

  it('name the sources where one condition filters several, and stand in inline metrics too', async () => {
    const fixture = await ideFixture({
      'a.metrics.yaml': `${SURVEY}    links: { customer: { to: customers, using: plan } }
  calls: { data: survey.csv, time: answered_at, links: { customer: { to: customers, using: plan } } }
  customers: { data: survey.csv, key: plan }
metrics:
  rate:
    type: ratio
    where: customer.plan = 'pro'
    numerator: { type: count, source: survey, where: score > 8 }
    denominator: { type: count, source: calls }
`,
      ...DATA,
    });
    const [outer] = metricOf(fixture.context, 'rate').where;
    assert.ok(outer);
    const inner = { ...outer, text: 'score > 8' };
    const parts = [
      funnelPart('rate.numerator', 'survey', 100, [
        [outer, 40],
        [inner, 7],
      ]),
      funnelPart('rate.denominator', 'calls', 200, [[outer, 90]]),
    ];
    assert.deepEqual(shown(fixture, { funnel: only('rate', known({ parts })) }), [
      "    where: customer.plan = 'pro'⟨40 of 100 survey · 90 of 200 calls⟩",
      '    numerator: { type: count, source: survey, where: score > 8⟨7 of 40 rows⟩ }',
    ]);
  });

  it('keep the old count of the one condition that was changed, marked as old', async () => {
    const fields = 'type: count, source: survey, where: ';
    const before = await project(`metrics:\n  m: { ${fields}[score > 5, score < 9] }\n`);
    const after = await project(`metrics:\n  m: { ${fields}[score > 5, score < 8] }\n`);
    const [first, second] = metricOf(before.context, 'm').where;
    assert.ok(first && second);
    const part = funnelPart('m', 'survey', 10, [
      [first, 6],
      [second, 4],
    ]);
    const labels = (stale: boolean): string[] =>
      hintsOf(after, { funnel: only('m', known({ parts: [part] }, stale)) }).map(({ label }) => label);
    assert.deepEqual(labels(true), ['… 6 of 10 rows', '… 4 of 6 rows']);
    assert.deepEqual(labels(false), ['6 of 10 rows'], 'a count that is current is of that very condition');
  });
});

describe('the hint beside a target', () => {
  const of = async (
    goal: string,
    judged: Omit<Parameters<typeof targetResult>[2], 'period'>,
  ): Promise<string> => {
    const fixture = await project(`${NPS}targets:\n  t: { metric: nps, ${goal}, due: 2025-Q4 }\n`);
    const target = fixture.context.checked.project.targets.get('t');
    assert.ok(target);
    const result = targetResult(fixture.context, target, { period: '2025-Q4', ...judged });
    return (
      shown(fixture, { target: only('t', known(result)) })
        .join()
        .split('⟨')[1]
        ?.split('⟩')[0] ?? ''
    );
  };
  const least = { kind: 'at_least', value: 50 } as const;
  const range = { kind: 'between', low: 40, high: 60 } as const;

  it('has the status, the value and how far it is from the goal', async () => {
    assert.equal(
      await of('at_least: 50', { status: 'on_track', value: 43.3, goal: least }),
      '✓ on track  43.3, 6.7 below 50.0  2025-Q4',
    );
    assert.equal(
      await of('at_most: 50', { status: 'missed', value: 52, goal: { kind: 'at_most', value: 50 } }),
      '✗ missed  52.0, 2.0 above 50.0  2025-Q4',
    );
    assert.equal(
      await of('between: [40, 60]', { status: 'met', value: 43.3, goal: range }),
      '✓ met  43.3, within 40.0–60.0  2025-Q4',
    );
    assert.equal(
      await of('between: [40, 60]', { status: 'missed', value: 38, goal: range }),
      '✗ missed  38.0, 2.0 below 40.0  2025-Q4',
    );
  });

  it('does not say that a goal is reached which only rounding reaches', async () => {
    assert.equal(
      await of('at_least: 50', { status: 'missed', value: 49.99, goal: least }),
      '✗ missed  50.0, just below 50.0  2025-Q4',
    );
    assert.equal(
      await of('at_least: 50', { status: 'met', value: 50, goal: least }),
      '✓ met  50.0, at 50.0  2025-Q4',
    );
  });

  it('has no distance where there is no value', async () => {
    assert.equal(
      await of('at_least: 50', { status: 'no_data', value: null, goal: least }),
      '· no data  2025-Q4',
    );
  });
});

describe('the hint beside a source', () => {
  const of = async (
    profile: Partial<{ duplicates: number; first: string; asOf: string }>,
  ): Promise<InlayHint> => {
    const fixture = await project('');
    const whole = { rows: 3310, duplicates: 0, first: null, asOf: null, ...profile };
    const [hint] = hintsOf(fixture, { source: only('survey', known(whole)) });
    return hint ?? assert.fail('no hint');
  };

  it('has its rows and the days that they span', async () => {
    const hint = await of({ first: '2024-01-03', asOf: '2025-06-30', duplicates: 2 });
    assert.equal(hint.label, '3,310 rows  2024-01-03 – 2025-06-30');
    assert.match(hint.tooltip, /2 exact duplicates were left out/);
  });

  it('of a snapshot has its rows', async () => {
    assert.equal((await of({})).label, '3,310 rows');
  });
});

describe('the hint beside an example', () => {
  const EXAMPLES = `${NPS}    examples:
      - given: { survey: [{ score: 10 }, { score: 9 }, { score: 3 }] }
        expect: 33.33
      - { period: 2025-05, expect: 40 }
      - { period: 2025-06, expect: null }
`;

  it('says that it passes, or what was computed', async () => {
    const fixture = await project(EXAMPLES);
    const metric = metricOf(fixture.context, 'nps');
    const outcomes = [
      { passed: true, value: 100 / 3 },
      { passed: false, value: 41.25 },
      'The data have no 2025-06.',
    ];
    const numbers: Partial<Numbers> = {
      example: (name, index) => {
        const outcome = outcomes[index];
        return name === 'nps' && outcome !== undefined
          ? known(exampleResult(metric, index, outcome))
          : undefined;
      },
    };
    assert.deepEqual(shown(fixture, numbers), [
      '        expect: 33.33⟨✓⟩',
      '      - { period: 2025-05, expect: 40⟨✗ computed 41.25⟩ }',
      '      - { period: 2025-06, expect: null⟨not evaluated⟩ }',
    ]);
  });

  it('is there for rows that are written out also where the data is not', async () => {
    const fixture = await ideFixture({ 'a.metrics.yaml': SURVEY + EXAMPLES });
    const whole = { start: 0, end: fixture.file.file.text.length };
    const examples = inlayNeeds(fixture.context, fixture.file, whole).filter(
      ({ kind }) => kind === 'example',
    );
    assert.deepEqual(examples, [{ kind: 'example', metric: 'nps', index: 0 }]);
  });
});

describe('hints', () => {
  const ALL = `${NPS}    where: plan = 'pro'
    examples:
      - { period: 2025-05, expect: 40 }
segments:
  plan: { source: survey, by: plan }
targets:
  t: { metric: nps, at_least: 50, due: 2025-Q4 }
`;

  it('ask for the numbers that they show, each once', async () => {
    const { context, file } = await project(ALL);
    assert.deepEqual(inlayNeeds(context, file, { start: 0, end: file.file.text.length }), [
      { kind: 'source', name: 'survey' },
      { kind: 'metric', name: 'nps' },
      { kind: 'target', name: 't' },
      { kind: 'funnel', name: 'nps' },
      { kind: 'example', metric: 'nps', index: 0 },
      { kind: 'segment', name: 'plan' },
    ]);
  });

  it('of a kind that is switched off ask for nothing and are not there', async () => {
    const { context, file } = await project(ALL);
    const whole = { start: 0, end: file.file.text.length };
    const kindsWithout = (off: keyof HintOptions): string[] => [
      ...new Set(inlayNeeds(context, file, whole, { ...ALL_HINTS, [off]: false }).map(({ kind }) => kind)),
    ];
    const all = ['source', 'metric', 'target', 'funnel', 'example', 'segment'];
    assert.deepEqual(
      kindsWithout('where'),
      all.filter((kind) => kind !== 'funnel'),
    );
    assert.deepEqual(
      kindsWithout('examples'),
      all.filter((kind) => kind !== 'example'),
    );
    assert.deepEqual(
      kindsWithout('segments'),
      all.filter((kind) => kind !== 'segment'),
    );
    assert.deepEqual(
      kindsWithout('sources'),
      all.filter((kind) => kind !== 'source'),
    );
    // A metric's own hint says where it stands with its targets.
    assert.deepEqual(kindsWithout('targets'), all);
    assert.deepEqual(kindsWithout('metrics'), ['source', 'funnel', 'example', 'segment', 'target']);
  });

  it('of a part of a file are those that stand in it', async () => {
    const { context, file } = await project(ALL);
    const at = file.file.text.indexOf('  plan: {');
    const needs = inlayNeeds(context, file, { start: at, end: at + 37 });
    assert.deepEqual(needs, [{ kind: 'segment', name: 'plan' }]);
  });

  it('are none where nothing is evaluated', async () => {
    const { context, file } = await project(ALL);
    assert.equal(context.numbers, undefined);
    assert.deepEqual(inlayHints(context, file, { start: 0, end: file.file.text.length }), []);
  });

  it('never throw, wherever a text is cut off', async () => {
    for (let end = 0; end <= (SURVEY + ALL).length; end += 3) {
      const { context, file } = await ideFixture({ 'a.metrics.yaml': (SURVEY + ALL).slice(0, end), ...DATA });
      inlayHints(withNumbers(context, {}), file, { start: 0, end });
      inlayNeeds(context, file, { start: 0, end });
    }
  });
});
