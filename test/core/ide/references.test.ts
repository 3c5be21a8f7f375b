import assert from 'node:assert/strict';
import { highlights, references } from '../../../server/src/core/ide/references.ts';
import { ideFixture } from '../../kit/ide.ts';
import { ROOT } from '../../kit/project.ts';

/** Puts marks around the places found, so that a difference is read at once. */
function marked(text: string, spans: readonly { readonly start: number; readonly end: number }[]): string {
  return spans
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (now, { start, end }) => `${now.slice(0, start)}⟦${now.slice(start, end)}⟧${now.slice(end)}`,
      text,
    );
}

/** The marked ranges, and no others, are the places of what stands under the cursor. */
async function assertReferences(files: string | Readonly<Record<string, string>>): Promise<void> {
  const { context, file, offset, ranges, texts } = await ideFixture(files);
  const found = references(context, file, offset);
  for (const [path, text] of texts) {
    const here = found.filter((place) => place.file === `${ROOT}/${path}`).map(({ span }) => span);
    assert.equal(marked(text, here), marked(text, ranges.get(path) ?? []), path);
  }
}

const DATA = {
  'data/subscriptions.csv': 'id,account_id,plan,mrr,started_on,ended_on\n',
  'data/accounts.csv': 'id,region_id,plan,industry\n',
  'data/regions.csv': 'id,name\n',
  'data/events.csv': 'id,account_id,at,plan\n',
};

const SOURCES = `plumbline: 1
sources:
  subscriptions:
    data: data/subscriptions.csv
    key: id
    lifespan: { start: started_on, end: ended_on }
    columns: { plan: { type: text }, arr: { value: mrr * 12 } }
    links: { account: { to: accounts, using: account_id } }
  accounts:
    data: data/accounts.csv
    key: id
    columns: { plan: { type: text } }
    links: { region: { to: regions, using: region_id } }
  regions: { data: data/regions.csv, key: id }
  events:
    data: data/events.csv
    key: id
    time: at
    links: { account: { to: accounts, using: account_id } }
`;

describe('references', () => {
  it('of a metric stand in every kind of place that names one', async () => {
    await assertReferences({
      ...DATA,
      'sources.metrics.yaml': SOURCES,
      'a.metrics.yaml': `plumbline: 1
metrics:
  ⟦act┆ions⟧: { type: count, source: events }
  old: { type: count, source: events, deprecated: { use: ⟦actions⟧ } }
  rate: { type: ratio, numerator: ⟦actions⟧, denominator: { metric: "⟦actions⟧", where: plan = 'a' } }
  growth:
    type: formula
    # actions is not renamed in comments
    formula: ⟦actions⟧ / previous(⟦actions⟧) + previous(⟦"actions"⟧, '1 year')
  parts: { type: formula, formula: part / ⟦actions⟧, parts: { part: { metric: ⟦actions⟧ } } }
targets:
  actions: { metric: ⟦actions⟧, at_least: 5, due: 2025 }
journeys:
  j: { stages: { actions: { metrics: [⟦actions⟧, rate, '⟦actions⟧'] } } }
`,
    });
  });

  it('of a column are those of its source only, by whatever path it is reached', async () => {
    await assertReferences({
      ...DATA,
      'sources.metrics.yaml': SOURCES.replace(
        'accounts.csv\n    key: id\n    columns: { plan',
        'accounts.csv\n    key: id\n    columns: { ⟦plan⟧',
      ),
      'a.metrics.yaml': String.raw`plumbline: 1
segments:
  plan: { source: accounts, by: ⟦plan⟧ }
  spell_plan: { source: subscriptions, by: plan }
metrics:
  a: { type: count, source: events, where: account.⟦pl┆an⟧ = 'plan' and plan is null }
  b: { type: count_distinct, source: subscriptions, when: active, value: "account.⟦plan⟧", segments: [plan] }
  c:
    type: count
    source: events
    where:
      - >-
        plan = 'x'
        or account
        . ⟦plan⟧ = 'y'
      - |
        account.⟦"plan"⟧ = 'z'
      - 'plan = ''it'' or account.⟦plan⟧ = ''it'''
      - "plan = '\u0041' or account.⟦plan⟧ = '\u0041'"
    examples:
      - given:
          accounts: [{ id: 1, ⟦plan⟧: team }]
          events: [{ id: 1, plan: team }]
        expect: 1
  d: { type: count_distinct, source: subscriptions, when: active, value: plan }
  e: { type: median, source: events, per: account.⟦plan⟧, value: count() }
`,
    });
  });

  it('of a link stand in paths of expressions and of words, and in via', async () => {
    await assertReferences({
      ...DATA,
      'sources.metrics.yaml': SOURCES,
      'a.metrics.yaml': `plumbline: 1
sources:
  visits:
    data: data/events.csv
    key: [id, ⟦account⟧.plan]
    time: at
    sampled_by: ⟦account⟧.region.id
    where: ⟦account⟧.industry = 'a'
    one_per: { key: ⟦account⟧.id, keep: last, by: ⟦account⟧.region_id }
    columns: { big: { value: "⟦account⟧.region.name = 'x'" } }
    links: { ⟦acc┆ount⟧: { to: accounts, using: account_id }, other: { to: accounts, using: account_id } }
segments:
  place: { source: regions, by: name }
metrics:
  a: { type: count, source: visits, segments: [{ segment: place, via: ⟦account⟧.region }] }
  b: { type: sum, source: visits, value: ⟦account⟧.id, once_per: ⟦account⟧ }
  c: { type: movement, source: subscriptions, entity: account, of: new }
  d: { type: movement, source: visits, entity: ⟦account⟧, of: new }
`,
    });
  });

  it('of a source stand where sources are named, defaults included', async () => {
    await assertReferences({
      ...DATA,
      'sources.metrics.yaml': SOURCES.replaceAll('to: accounts', 'to: ⟦accounts⟧').replace(
        '  accounts:',
        '  ⟦accounts⟧:',
      ),
      'a.metrics.yaml': `plumbline: 1
defaults: { source: ⟦acco┆unts⟧ }
sources:
  people:
    union:
      ⟦accounts⟧: { id: id }
      regions: { id: id }
  totals:
    data: data/regions.csv
    columns: { n: { of: ⟦accounts⟧, value: count() } }
segments:
  industry: { source: ⟦accounts⟧, by: industry }
  plan: { by: { ⟦accounts⟧: plan, subscriptions: plan } }
metrics:
  a: { type: count }
  b: { type: count, examples: [{ given: { ⟦accounts⟧: [] }, expect: 0 }] }
  c:
    type: conversion
    entity: id
    steps: [{ name: accounts, source: ⟦accounts⟧ }, { name: b, source: events }]
    within: 1 day
`,
    });
  });

  it('of segments and of their groups are told apart', async () => {
    const file = (segment: string, group: string): string => `plumbline: 1
segments:
  ${segment}: { source: accounts, groups: { ${group}: "plan = 'small'", big: plan is null } }
  other: { source: accounts, groups: { small: plan is null } }
metrics:
  a:
    type: count
    source: accounts
    segments: [${segment}, { segment: ${segment}, via: account }]
    examples: [{ segment: ${segment}.${group}, expect: 1 }, { segment: other.small, expect: 1 }]
  b: { type: ratio, numerator: a, denominator: a, total_over: [${segment}] }
targets:
  small: { metric: a, segment: "${segment}.${group}", at_least: 5, due: 2025 }
journeys:
  j: { segment: ${segment}.${group}, stages: { small: { metrics: [a] } } }
  k: { segment: ${segment}, stages: { small: { metrics: [a] } } }
`;
    const sources = { ...DATA, 'sources.metrics.yaml': SOURCES };
    const segment = file('⟦size⟧', 'small').replace('⟦size⟧', '⟦si┆ze⟧');
    await assertReferences({ ...sources, 'a.metrics.yaml': segment });
    const group = file('size', '⟦small⟧').replace('⟦small⟧', '⟦sm┆all⟧');
    await assertReferences({ ...sources, 'a.metrics.yaml': group });
  });

  it('of a part stand in its formula only; inside aggregates names are columns', async () => {
    await assertReferences({
      ...DATA,
      'sources.metrics.yaml': SOURCES,
      'a.metrics.yaml': `plumbline: 1
metrics:
  base: { type: count, source: events }
  a:
    type: formula
    source: events
    formula: ⟦id⟧ / previous(⟦i┆d⟧) + sum(id)
    parts: { ⟦id⟧: { metric: base, where: plan is null } }
  b: { type: formula, formula: id, parts: { id: { metric: base } } }
`,
    });
  });

  it('of anchored text are the places where it is written, once', async () => {
    await assertReferences({
      ...DATA,
      'sources.metrics.yaml': SOURCES,
      'a.metrics.yaml': `plumbline: 1
segments:
  ⟦size⟧: { source: accounts, by: plan }
metrics:
  a: { type: count, source: subscriptions, when: started, segments: &s [⟦si┆ze⟧] }
  b: &b { type: count, source: subscriptions, when: ended, segments: *s, total_over: [⟦size⟧] }
  c: { <<: *b, when: active }
`,
    });
  });

  it('of a member of a union are also the texts that its source_name is compared with', async () => {
    await assertReferences({
      ...DATA,
      'sources.metrics.yaml': SOURCES.replaceAll('to: accounts', 'to: ⟦accounts⟧').replace(
        '  accounts:',
        '  ⟦accounts⟧:',
      ),
      'a.metrics.yaml': `plumbline: 1
sources:
  both:
    union: { ⟦acc┆ounts⟧: { id: id, account: plan }, regions: { id: id, account: name } }
    where: account <> 'accounts' and source_name <> '⟦accounts⟧'
segments:
  place: { source: both, by: source_name }
  plan: { source: ⟦accounts⟧, by: plan }
metrics:
  a: { type: count, source: both, where: "source_name in ('⟦accounts⟧', 'regions') or '⟦accounts⟧' = source_name" }
  b:
    type: count
    source: both
    where: 'source_name = ''⟦accounts⟧'''
    examples: [{ segment: place.⟦accounts⟧, expect: 1 }, { segment: plan.accounts, expect: 1 }]
`,
    });
  });

  it('are found in an expression that is half typed', async () => {
    await assertReferences({
      ...DATA,
      'sources.metrics.yaml': SOURCES.replace('{ account: { to: accounts', '{ ⟦account⟧: { to: accounts'),
      'a.metrics.yaml':
        'plumbline: 1\nmetrics:\n  a: { type: count, source: subscriptions, where: "(⟦acc┆ount⟧.plan = " }\n',
    });
  });

  it('are none where no name is', async () => {
    const texts = [
      'plum┆bline: 1',
      'metrics:\n  a: { type: co┆unt }',
      'metrics: { a: { label: a┆b } }',
      '┆',
      '{{{┆',
    ];
    for (const text of texts) {
      const { context, file, offset } = await ideFixture(text);
      assert.deepEqual(references(context, file, offset), [], text);
    }
  });
});

describe('highlights', () => {
  it('are the places of one document, written to at the declaration', async () => {
    const { context, file, offset, ranges } = await ideFixture({
      'a.metrics.yaml': `plumbline: 1
metrics:
  ⟦a⟧: { type: count, source: s }
  b: { type: ratio, numerator: ⟦┆a⟧, denominator: ⟦a⟧ }
`,
      'b.metrics.yaml': 'plumbline: 1\ntargets: { t: { metric: a, at_least: 1, due: 2025 } }\n',
    });
    const expected = (ranges.get('a.metrics.yaml') ?? []).map((span, index) => ({
      span,
      access: index === 0 ? 'write' : 'read',
    }));
    const found = highlights(context, [file], file, offset);
    assert.deepEqual(
      found.map(({ span, access }) => ({ span, access })),
      expected,
    );
  });
});
