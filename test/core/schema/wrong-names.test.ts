import { type Case, checkCases, journey, metric, segment, source, target } from './bad-file.ts';

const NAMES = 'names are lower-case letters, digits and underscores, beginning with a letter';

const conflicts: readonly Case[] = [
  [
    source('{ ⟦data⟧: a, union: { b: { c: d } } }'),
    'conflicting-keys',
    'A source has either `data` or `union`, not both.',
  ],
  [
    source('{ data: a, columns: { b: { value: c, ⟦header⟧: B } } }'),
    'conflicting-keys',
    'A column with a `value` is computed: it has no `header` in the file.',
  ],
  [
    segment('{ source: a, groups: { b: c }, ⟦by⟧: d }'),
    'conflicting-keys',
    'A segment has one of `groups`, `by` and `where`.',
  ],
  [
    segment('{ source: a, groups: { b: c }, ⟦where⟧: d }'),
    'conflicting-keys',
    'A segment has one of `groups`, `by` and `where`.',
  ],
  [
    segment('{ ⟦source⟧: a, by: { b: c } }'),
    'conflicting-keys',
    '`by` names the sources here. Remove `source`.',
  ],
  [
    metric('{ type: tenure, ⟦entity⟧: a, duration: b, ended: c }'),
    'conflicting-keys',
    'A tenure has either `entity`, or `duration` and `ended`.',
  ],
  [
    metric('{ type: tenure, entity: a, ⟦horizon⟧: 1 year }'),
    'conflicting-keys',
    '`horizon` goes with `report: mean`.',
  ],
  [
    metric('{ type: tenure, entity: a, ⟦at⟧: 1 year }'),
    'conflicting-keys',
    '`at` goes with `report: survival`.',
  ],
  [
    metric('{ type: ratio, numerator: { type: count, ⟦owner⟧: cx }, denominator: b }'),
    'conflicting-keys',
    '`owner` belongs to a metric with a name of its own; an inline metric cannot have it.',
  ],
  [
    target('{ metric: a, at_least: 1, ⟦at_most⟧: 2, due: 2025 }'),
    'conflicting-keys',
    'A target has one goal: `at_least`, `at_most` or `between`.',
  ],
  [
    target('{ metric: a, at_most: 1, ⟦between⟧: [1, 2], due: 2025 }'),
    'conflicting-keys',
    'A target has one goal: `at_least`, `at_most` or `between`.',
  ],
  [
    target('{ metric: a, at_least: 1, due: 2025, ⟦each⟧: month }'),
    'conflicting-keys',
    'A target has either `due` (one period) or `each` (every period), not both.',
  ],
];

const wrongNames: readonly Case[] = [
  [
    'plumbline: 1\nmetrics:\n  ⟦Net Promoter Score⟧: { type: count }\n',
    'wrong-name',
    `\`Net Promoter Score\` cannot be a name: ${NAMES}, such as \`net_promoter_score\`.`,
  ],
  [
    'plumbline: 1\nmetrics:\n  ⟦2nd_visit⟧: { type: count }\n',
    'wrong-name',
    `\`2nd_visit\` cannot be a name: ${NAMES}, such as \`nd_visit\`.`,
  ],
  [
    'plumbline: 1\nmetrics:\n  ⟦""⟧: { type: count }\n',
    'wrong-name',
    'A name is missing here. Write one such as `monthly_revenue`.',
  ],
  [
    segment('{ source: a, groups: { ⟦Mid-market⟧: b } }'),
    'wrong-name',
    `\`Mid-market\` cannot be a name: ${NAMES}, such as \`mid_market\`.`,
  ],
  [
    source('{ data: a, links: { ⟦Account⟧: { to: b, using: c } } }'),
    'wrong-name',
    `\`Account\` cannot be a name: ${NAMES}, such as \`account\`.`,
  ],
  [
    journey('{ stages: { ⟦First week⟧: {} } }'),
    'wrong-name',
    `\`First week\` cannot be a name: ${NAMES}, such as \`first_week\`.`,
  ],
];

describe('a mistake in a metrics file has one problem, at its place', () => {
  describe('keys that exclude each other', () => checkCases(conflicts));
  describe('names', () => checkCases(wrongNames));
});

describe('a mistake in a project file has one problem, at its place', () => {
  checkCases(
    [
      [
        'plumbline: 1\n⟦timezon⟧: UTC\n',
        'unknown-key',
        'The file has no key `timezon`. Did you mean "timezone"?',
      ],
      [
        'currency: ⟦euro⟧\n',
        'wrong-value',
        '`currency` must be a currency code of three capital letters, such as `EUR`, not `euro`.',
      ],
      ['files: ⟦a.yaml⟧\n', 'wrong-value', '`files` must be a list, not `a.yaml`.'],
      [
        'rules: { metric-needs-owner: ⟦warn⟧ }\n',
        'wrong-value',
        '`metric-needs-owner` must be one of `error`, `warning`, `info` or `off`, not `warn`.',
      ],
      [
        'rules: { ⟦Owner_needed⟧: off }\n',
        'wrong-name',
        '`Owner_needed` is not the id of a rule, which is written like `metric-needs-owner`.',
      ],
    ],
    'project',
  );
});
