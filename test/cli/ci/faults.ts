/** One thing that somebody does wrong in the sample, and where it has to be told. */
export interface Fault {
  /** The code of the finding. */
  readonly code: string;
  /** The file that is edited, and the text in it, once, that is replaced. */
  readonly file: string;
  readonly from: string;
  /** What stands there then. `⟦` marks where the finding has to begin, unless `at` does. */
  readonly to: string;
  /** For findings that stand elsewhere, such as those of data: the file, and a text in it with the mark. */
  readonly at?: readonly [file: string, text: string];
}

const SOURCES = 'sources.metrics.yaml';
const SEGMENTS = 'segments.metrics.yaml';
const TARGETS = 'targets.metrics.yaml';
const JOURNEYS = 'journeys.metrics.yaml';
const PRODUCT = 'product.metrics.yaml';
const REVENUE = 'revenue.metrics.yaml';
const SATISFACTION = 'satisfaction.metrics.yaml';
const SUPPORT = 'support.metrics.yaml';

const NPS_SPREAD = `  nps_spread:
    type: stddev
    label: Spread of NPS answers
    description: Standard deviation of the answers. It grows when customers disagree about us.
    why: A middling score of people who agree needs other work than one of people who do not.
    value: score
    where: [survey = 'nps', score between 0 and 10]
    grain: quarter
    decimals: 2
    examples:
      - given: # Mean 8, deviations -1, 0 and 1: the square root of 2 / (3 - 1). 11 and -1 are off the scale.
          survey_answers:
            - { survey: nps, score: 7 }
            - { survey: nps, score: 8 }
            - { survey: nps, score: 9 }
            - { survey: nps, score: 11 }
            - { survey: nps, score: -1 }
        period: 2025-Q1
        expect: 1.00
      - period: 2025-Q2
        expect: 1.80

`;

/** Faults that do not hide each other, run by run. */
export const FAULTS: Readonly<Record<string, readonly Fault[]>> = {
  definitions: [
    {
      code: 'unknown-column',
      file: SUPPORT,
      from: 'value: hours_to_first_reply\n    p: 0.9',
      to: 'value: ⟦hours_to_first_replly\n    p: 0.9',
    },
    {
      code: 'unknown-name',
      file: TARGETS,
      from: 'metric: nps\n    at_least: 30',
      to: 'metric: ⟦npss\n    at_least: 30',
    },
    {
      code: 'wrong-value',
      file: REVENUE,
      from: 'better: higher\n    segments: [company_size, region]',
      to: 'better: ⟦upward\n    segments: [company_size, region]',
    },
    { code: 'unknown-key', file: JOURNEYS, from: 'label: Getting help', to: '⟦labell: Getting help' },
    {
      code: 'target-needs-why',
      file: TARGETS,
      from: '    why: The bank looks at the second quarter when it renews the credit line.\n',
      to: '',
      at: [TARGETS, '⟦paid_on_time_spring_2025:'],
    },
    { code: 'unknown-function', file: SOURCES, from: 'value: mrr / seats', to: 'value: ⟦rund(mrr / seats)' },
    {
      code: 'duplicate-name',
      file: SUPPORT,
      from: '  first_reply_hours:',
      to: '  ⟦active_users:\n    type: count\n\n  first_reply_hours:',
    },
    { code: 'percent-above-one', file: TARGETS, from: 'at_least: 80%', to: 'at_least: ⟦80' },
    {
      code: 'unknown-rule',
      file: 'plumbline.yaml',
      from: 'target-needs-why: error',
      to: 'target-needs-why: error\n  ⟦metric-needs-owners: error',
    },
    {
      code: 'unreachable-segment',
      file: SATISFACTION,
      from: 'segments: [company_size, touchpoint]\n    tags: [satisfaction, board]',
      to: 'segments: [company_size, ⟦priority]\n    tags: [satisfaction, board]',
    },
    {
      code: 'deprecated-metric',
      file: JOURNEYS,
      from: '[nps, mrr_per_account',
      to: '[⟦likelihood_to_recommend, mrr_per_account',
    },
    {
      code: 'wrong-value',
      file: TARGETS,
      from: 'due: 2025-12\n    baseline: { period: 2024-09',
      to: 'due: ⟦2025-13\n    baseline: { period: 2024-09',
    },
    { code: 'unknown-version', file: PRODUCT, from: 'plumbline: 1', to: 'plumbline: ⟦2' },
  ],
  examples: [
    { code: 'example-fails', file: REVENUE, from: 'expect: 368', to: 'expect: ⟦367' },
    { code: 'example-fails', file: SATISFACTION, from: 'expect: 33.33', to: 'expect: ⟦33.34' },
    { code: 'example-fails', file: SUPPORT, from: 'expect: 55.9', to: 'expect: ⟦null' },
    {
      code: 'not-formatted',
      file: PRODUCT,
      from: 'active_users:\n    type: count_distinct\n    label: Monthly',
      to: 'active_users:\n    type: ⟦  count_distinct\n    label: Monthly',
    },
    {
      code: 'not-formatted',
      file: JOURNEYS,
      from: 'owner: cx\n    segment: champions',
      to: '⟦segment: champions\n    owner: cx',
    },
    {
      code: 'not-formatted',
      file: SEGMENTS,
      from: '    by: industry\n',
      to: '    by: industry⟦  \n',
    },
  ],
  data: [
    {
      code: 'duplicate-key',
      file: 'data/survey_answers.csv',
      from: 'R00002,A0058',
      to: 'R00001,A0058',
      at: [SOURCES, 'key: ⟦answer_id'],
    },
    {
      code: 'value-outside',
      file: 'data/subscriptions.csv',
      from: 'S00001,A0001,team,90,',
      to: 'S00001,A0001,team,-90,',
      at: [SOURCES, 'seats: { type: integer, min: ⟦1'],
    },
    {
      code: 'value-outside',
      file: 'data/accounts.csv',
      from: 'A0001,Finch Market,retail,',
      to: 'A0001,Finch Market,retial,',
      at: [SOURCES, '⟦industry:\n        type: text\n        values: [hospitality'],
    },
    {
      code: 'value-missing',
      file: 'data/events.csv',
      from: '2023-07-02T09:59:29Z,false',
      to: '2023-07-02T09:59:29Z,',
      at: [SOURCES, '⟦failed: { type: boolean, required: true'],
    },
    {
      code: 'orphan-link',
      file: 'data/events.csv',
      from: 'E00002,A0012,',
      to: 'E00002,A9999,',
      at: [
        SOURCES,
        'occurred_at: { type: timestamp }\n      failed: { type: boolean, required: true, description: Whether the action ended in an error }\n    links:\n      ⟦account',
      ],
    },
    {
      code: 'value-misfit',
      file: 'data/tickets.csv',
      from: '2023-07-22 17:18:02,low,how_to,false',
      to: '2023-07-22 17:18:02,low,how_to,perhaps',
      at: [SOURCES, 'reopened: { type: ⟦boolean'],
    },
    {
      code: 'rows-set-aside',
      file: 'data/events.csv',
      from: 'E00003,A0040,U0040-03,shift_swap,2023-07-03T05:56:48Z,false',
      to: 'E00003,A0040,U0040-03,shift_swap,,false',
      at: [SOURCES, 'time: ⟦occurred_at'],
    },
  ],
  policy: [
    {
      code: 'change-needs-version',
      file: PRODUCT,
      from: 'better: higher\n    segments: [feature, company_size]',
      to: 'unit: ⟦actions\n    better: higher\n    segments: [feature, company_size]',
    },
    {
      code: 'change-needs-version',
      file: SEGMENTS,
      from: 'small: employees < 50',
      to: 'small: ⟦employees <= 49',
    },
    {
      code: 'change-needs-note',
      file: PRODUCT,
      from: 'value: user_id\n    better: higher\n    segments: [company_size, industry]',
      to: 'value: user_id\n    unit: people\n    better: higher\n    segments: [company_size, industry]\n    version: ⟦2',
    },
    { code: 'target-moved', file: TARGETS, from: 'at_most: 4\n', to: 'at_most: ⟦5\n' },
    {
      code: 'removed-early',
      file: SATISFACTION,
      from: NPS_SPREAD,
      to: '',
      at: [SATISFACTION, '⟦plumbline: 1'],
    },
  ],
};
