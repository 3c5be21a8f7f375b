import assert from 'node:assert/strict';
import { analysed, differences, fixtureOf } from './fixture.ts';

async function expectMarks(text: string, more: Record<string, string> = {}): Promise<void> {
  const { 'pass.metrics.yaml': _, ...common } = fixtureOf('unknown-column', 'pass');
  const { expected, found } = await analysed({ ...common, ...more, 'a.metrics.yaml': text });
  assert.deepEqual(differences(expected, found), []);
}

describe('check: one mistake is one problem', () => {
  it('an unknown source silences what would be said of its columns and segments', () =>
    expectMarks(`plumbline: 1
metrics:
  m: { type: sum, source: ordrs, value: amuont, where: x > 1, time: y, segments: [industry] }
#                         ^^^^^ error[unknown-name]
`));

  it('a conflict is not also a duplicate of what stands on both of its sides', async () => {
    const { found } = await analysed({
      ...fixtureOf('unknown-column', 'pass'),
      'pass.metrics.yaml': `plumbline: 1
metrics:
  x: { type: count, source: orders }
<<<<<<< HEAD
  m: { type: count, source: orders }
=======
  m: { type: count, source: orders, where: amount > 1 }
>>>>>>> branch
`,
    });
    assert.deepEqual(
      found.map(({ what }) => what),
      ['error[yaml-conflict-marker]'],
    );
  });

  it('a misspelt key is not also a missing one', () =>
    expectMarks(`plumbline: 1
metrics:
  m: { type: count, sorce: orders }
#                   ^^^^^ error[unknown-key]
`));

  it('a value that the schema refuses is not looked into', () =>
    expectMarks(`plumbline: 1
metrics:
  m:
    type: count
    source: orders
    examples: [{ period: 2025-13, expect: 1 }]
#                        ^^^^^^^ error[wrong-value]
`));

  it('expressions that cannot be read do not compute the same', () =>
    expectMarks(`plumbline: 1
metrics:
  m: { type: count, source: orders, where: select 1 }
#                                          ^^^^^^ error[expression-syntax]
  n: { type: count, source: orders, where: amount is 3 }
#                                                    ^ error[expression-syntax]
  o: { type: sum, source: orders, value: select 2 }
#                                        ^^^^^^ error[expression-syntax]
  p: { type: sum, source: orders, value: amount is 3 }
#                                                  ^ error[expression-syntax]
`));

  it('an unknown type leaves the rest of the metric alone', () =>
    expectMarks(`plumbline: 1
metrics:
  m: { type: cuont, source: orders, when: active }
#            ^^^^^ error[wrong-value]
`));

  it('the columns of data that is missing are not called unknown', () =>
    expectMarks(`plumbline: 1
sources:
  visits:
    data: data/visit.csv
#         ^^^^^^^^^^^^^^ error[data-missing]
    time: visited_on
    columns: { pages: { type: integer } }
    links: { account: { to: accounts, using: visitor } }
metrics:
  pages: { type: sum, source: visits, value: pages, where: anything > 1, segments: [industry] }
  wrong: { type: sum, source: visits, value: account.nothing }
#                                                    ^^^^^^^ error[unknown-column]
`));

  it('an expression that cannot be read is not checked further', () =>
    expectMarks(`plumbline: 1
metrics:
  m: { type: count, source: orders, where: amuont > }
#                                                 ^ error[expression-syntax]
`));

  it('a formula that cannot be read is not asked for its metrics', () =>
    expectMarks(`plumbline: 1
metrics:
  m: { type: formula, formula: nothing + * 2 }
#                                        ^ error[expression-syntax]
`));

  it('a computed column with an error is reported where it is written, not where it is used', () =>
    expectMarks(`plumbline: 1
sources:
  visits:
    data: data/orders.csv
    columns: { double: { value: amuont * 2 }, quad: { value: double * 2 } }
#                               ^^^^^^ error[unknown-column]
metrics:
  m: { type: sum, source: visits, value: quad, where: double > 1 }
`));

  it('a link to an unknown source is reported at the link only', () =>
    expectMarks(`plumbline: 1
sources:
  visits:
    data: data/orders.csv
    links: { account: { to: acounts, using: account_id } }
#                           ^^^^^^^ error[unknown-name]
metrics:
  m: { type: count, source: visits, where: account.industry = 'x', time: account.signed_up_on }
`));

  it('a cut expression silences its whole definition and no other', () =>
    expectMarks(`plumbline: 1
metrics:
  m: { type: count, source: orders, where: coalesce(amuont, 0) > 1, segments: [nothing], unknown: 1 }
#                                          ^^^^^^^^^^^^^^^ error[expression-cut]
  n: { type: count, source: orders, segments: [nothing] }
#                                              ^^^^^^^ error[unknown-name]
`));

  it('a source with a broken link is not said to lead nowhere', () =>
    expectMarks(`plumbline: 1
sources:
  visits:
    data: data/orders.csv
    time: ordered_on
    links: { account: { too: accounts, using: account_id } }
#                       ^^^ error[unknown-key]
metrics:
  m: { type: count, source: visits, segments: [industry], where: account.industry = 'x' }
`));

  it('a definition that was lost to broken YAML is not also unknown', () =>
    expectMarks(`plumbline: 1
metrics:
 first: { type: count, source: orders }
  second: { type: count, source: orders }
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[yaml-indentation]
targets:
  more: { metric: second, at_least: 5, due: 2025-Q4, why: Growth. }
  less: { metric: third, at_most: 5, due: 2025-Q4, why: Growth. }
#                 ^^^^^ error[unknown-name]
`));

  for (const [how, damage] of [
    ['a line without a colon', ['  junk junk', '    columns:']],
    ['a key that is not indented enough', ['  columns:']],
    ['a line at the margin', ['junk junk', '    columns:']],
  ] as const) {
    it(`columns and links that are lost behind ${how} are not also unknown`, async () => {
      const { 'pass.metrics.yaml': _, ...common } = fixtureOf('unknown-column', 'pass');
      const { found } = await analysed({
        ...common,
        'a.metrics.yaml': `plumbline: 1
sources:
  visits:
    data: data/orders.csv
    key: order_id
${damage.join('\n')}
      double: { value: amount * 2 }
    links:
      account: { to: accounts, using: account_id }
segments:
  sized: { source: visits, by: double }
  kind: { source: visits, groups: { a: double > 3, b: account.industry = 'x' } }
metrics:
  m: { type: count, source: visits, where: double > 1, segments: [sized, kind] }
  n: { type: count, source: orders, where: nothing > 1 }
`,
      });
      const errors = found.map(({ what }) => what).filter((what) => what.startsWith('error'));
      assert.ok(
        errors.some((what) => what.startsWith('error[yaml-')),
        errors.join(),
      );
      // What has nothing to do with the damage is looked at all the same.
      const others = errors.filter((what) => !what.startsWith('error[yaml-'));
      assert.deepEqual(others, ['error[unknown-column]']);
    });
  }

  it('defaults with an error leave nothing missing in their metrics', () =>
    expectMarks(
      `plumbline: 1
defaults: { sorce: orders }
#           ^^^^^ error[unknown-key]
metrics:
  m: { type: count }
`,
      { 'plumbline.yaml': 'rules: { metric-needs-owner: error }' },
    ));

  it('a definition with broken YAML has no other problems', () =>
    expectMarks(`plumbline: 1
metrics:
  m:
    type: count
    source orders
#   ^^^^^^^^^^^^^ error[yaml-syntax]
    segments: [nothing]
    unknown: 1
  n: { type: count, source: orders, segments: [nothing] }
#                                              ^^^^^^^ error[unknown-name]
`));

  it('broken YAML in one definition leaves the others checked', () =>
    expectMarks(`plumbline: 1
metrics:
  m: { type: count, source: orders, where: "amount > 1 }
#                                          ^ error[yaml-syntax]
  n: { type: count, source: ordrs }
#                           ^^^^^ error[unknown-name]
`));
});

describe('check: settings and comments', () => {
  const silenced = `plumbline: 1
metrics:
  # plumbline-ignore value-behind-link: one row per account
  m: { type: sum, source: tickets, value: account.mrr, where: amuont > 1 }
#                                                             ^^^^^^ error[unknown-column]
  n: { type: sum, source: tickets, value: account.mrr }
#                                         ^^^^^^^^^^^ error[value-behind-link]
`;

  it('a comment silences one rule for one definition', () => expectMarks(silenced));

  it('a setting changes how much a rule matters', () =>
    expectMarks(silenced.replace('error[value', 'warning[value'), {
      'plumbline.yaml': 'rules: { value-behind-link: warning }',
    }));

  it('a setting turns a rule off', () =>
    expectMarks(silenced.replace(/\n.*error\[value-behind-link\]/, ''), {
      'plumbline.yaml': 'rules: { value-behind-link: off }',
    }));

  it('a setting reaches the problems of other floors', () =>
    expectMarks(
      `plumbline: 1
metrics:
  m: { type: count, source: orders, sorce: 1 }
#                                   ^^^^^ info[unknown-key]
`,
      { 'plumbline.yaml': 'rules: { unknown-key: info }' },
    ));

  it('a project of a later version is told so at its settings', () =>
    expectMarks('plumbline: 1\n', {
      'plumbline.yaml': `plumbline: 3
#          ^ error[unknown-version]
rules: { no-such-rule: error }
`,
    }));
});
