import assert from 'node:assert/strict';
import { codeLenses } from '../../../server/src/core/ide/code-lenses.ts';
import { dependantsOf } from '../../../server/src/core/ide/dependants.ts';
import type { Estimate } from '../../../server/src/core/plan/metric-plan.ts';
import { type IdeFixture, ideFixture } from '../../kit/ide.ts';
import { estimate, known, metricOf, metricResult, only, totals, withNumbers } from '../../kit/numbers.ts';

const DATA = { 'survey.csv': 'answer_id,answered_at,score,plan\n1,2025-01-02,10,pro\n' };

/** The lenses of a fixture's file as `name: kind or title`. */
function titles({ context, file }: IdeFixture, evaluated: boolean): string[] {
  const lenses = codeLenses(evaluated ? withNumbers(context, {}) : context, file);
  return lenses.map((lens) => {
    const name = file.file.text.slice(lens.span.start, lens.span.end);
    return `${name}: ${'title' in lens ? lens.title : lens.kind}`;
  });
}

describe('code lenses', () => {
  const TEXT = `plumbline: 1
sources:
  survey: { data: survey.csv, time: answered_at }
segments:
  plan: { source: survey, by: plan }
metrics:
  nps:
    type: nps
    source: survey
    value: score
    examples:
      - { period: 2025-01, expect: 100 }
      - { period: 2025-02, expect: null }
  answers: { type: count, source: survey, examples: [{ period: 2025-01, expect: 1 }] }
targets:
  t: { metric: nps, at_least: 50, due: 2025-Q4 }
`;

  it('stand above sources, segments and metrics', async () => {
    assert.deepEqual(titles(await ideFixture({ 'a.metrics.yaml': TEXT, ...DATA }), true), [
      'survey: dependants',
      'plan: dependants',
      'nps: preview',
      'nps: SQL',
      'nps: run examples (2)',
      'nps: dependants',
      'answers: preview',
      'answers: SQL',
      'answers: run example',
      'answers: dependants',
    ]);
  });

  it('offer nothing that runs a query where nothing is evaluated, as in a workspace that is not trusted', async () => {
    const all = titles(await ideFixture({ 'a.metrics.yaml': TEXT, ...DATA }), false);
    assert.deepEqual(
      all.filter((title) => title.startsWith('nps')),
      ['nps: SQL', 'nps: dependants'],
    );
  });

  it('ask why a metric moved where its change is more than chance and its segments can tell', async () => {
    const segmented = TEXT.replace('value: score', 'value: score\n    segments: [plan]');
    const { context, file } = await ideFixture({ 'a.metrics.yaml': segmented, ...DATA });
    const sample = (promoters: number): Estimate =>
      estimate(promoters / 10, { basis: { kind: 'nps', promoters, detractors: 0, n: 1000 } });
    const lensOf = (name: string, before: Estimate, now: Estimate): string[] => {
      const result = metricResult(metricOf(context, name), totals({ '2025-01': before, '2025-02': now }));
      const numbers = withNumbers(context, { metric: only(name, known(result)) });
      return codeLenses(numbers, file).flatMap((lens) => (lens.kind === 'explain' ? [lens.title] : []));
    };
    assert.deepEqual(lensOf('nps', sample(300), sample(600)), ['why did it go up']);
    assert.deepEqual(lensOf('nps', sample(600), sample(300)), ['why did it go down']);
    assert.deepEqual(lensOf('nps', sample(300), sample(301)), []);
    // Nothing is tested, and there is no segment to tell by.
    assert.deepEqual(lensOf('answers', estimate(1), estimate(100)), []);
  });

  it('offer no value of a metric that has no type', async () => {
    const fixture = await ideFixture('plumbline: 1\nmetrics:\n  m0: { source: x }\n');
    assert.deepEqual(titles(fixture, true), ['m0: dependants']);
  });

  it('never throw, wherever a text is cut off', async () => {
    for (let end = 0; end <= TEXT.length; end += 3) {
      const { context, file } = await ideFixture({ 'a.metrics.yaml': TEXT.slice(0, end), ...DATA });
      for (const lens of codeLenses(withNumbers(context, {}), file)) {
        if (lens.kind === 'dependants') dependantsOf(context, lens.definition, lens.name);
      }
    }
  });
});

describe('dependants', () => {
  /** Checks that the marked places of the texts are the dependants of a definition, in any order. */
  async function check(
    marked: Readonly<Record<string, string>>,
    ...[namespace, name]: ['source' | 'segment' | 'metric', string]
  ): Promise<void> {
    const { context, ranges } = await ideFixture({ ...marked, ...DATA });
    const expected = [...ranges].flatMap(([path, spans]) =>
      spans.map(({ start, end }) => `${path} ${start}-${end}`),
    );
    const found = dependantsOf(context, namespace, name).map(
      ({ place: { file, span } }) => `${file.replace('/project/', '')} ${span.start}-${span.end}`,
    );
    assert.deepEqual(found.toSorted(), expected.toSorted());
  }

  it('of a metric are metrics, targets and journeys, at the word that names it, each once', async () => {
    await check(
      {
        'a.metrics.yaml': `plumbline: 1
metrics:
  nps: { type: nps, source: survey, value: score }
  r: { type: ratio, numerator: ⟦nps⟧, denominator: nps }
  f: { type: formula, formula: "2 * ⟦nps⟧ - previous(nps)" }
  inner: { type: ratio, numerator: { metric: ⟦nps⟧, where: score > 5 }, denominator: r }
  old: { type: count, source: survey, status: deprecated, deprecated: { since: "1", use: nps } }
`,
        'b.metrics.yaml': `plumbline: 1
targets:
  t: { metric: ⟦nps⟧, at_least: 50, due: 2025-Q4 }
journeys:
  j: { stages: { first: { metrics: [inner, ⟦nps⟧] } } }
`,
      },
      'metric',
      'nps',
    );
  });

  it('of a segment are the metrics and targets that use it or one of its groups', async () => {
    await check(
      {
        'a.metrics.yaml': `plumbline: 1
segments:
  plan: { source: survey, by: plan }
metrics:
  nps: { type: nps, source: survey, value: score, segments: [⟦plan⟧] }
targets:
  t: { metric: nps, segment: ⟦plan⟧.pro, at_least: 50, due: 2025-Q4 }
journeys:
  j: { segment: ⟦plan⟧.pro, stages: {} }
`,
      },
      'segment',
      'plan',
    );
  });

  it('of a source are those that read it; where `defaults` names it, at the name of the metric', async () => {
    await check(
      {
        'a.metrics.yaml': `plumbline: 1
defaults: { source: survey }
sources:
  survey: { data: survey.csv }
  calls: { data: survey.csv, links: { answer: { to: ⟦survey⟧, using: answer_id } } }
segments:
  plan: { source: ⟦survey⟧, by: plan }
metrics:
  ⟦nps⟧: { type: nps, value: score }
  own: { type: nps, value: score, source: ⟦survey⟧ }
`,
      },
      'source',
      'survey',
    );
  });

  it('of a metric are not itself', async () => {
    await check(
      { 'a.metrics.yaml': 'plumbline: 1\nmetrics:\n  f: { type: formula, formula: f * 2 }\n' },
      'metric',
      'f',
    );
  });
});
