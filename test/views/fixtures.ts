import type { Explanation } from '../../server/src/core/evaluate/explain.ts';
import type { NumberDocument, TargetDocument, ValueDocument } from '../../server/src/core/evaluate/result.ts';
import type { ComparedMetric, Comparison } from '../../server/src/core/preview/comparison.ts';
import type { MetricPicture } from '../../server/src/core/preview/pictures/picture.ts';
import type {
  About,
  JourneyMap,
  MetricPreview,
  Preview,
  Scorecard,
  ScorecardRow,
  SegmentPreview,
  SourcePreview,
  TargetPath,
  TargetPreview,
  ValueShape,
} from '../../server/src/core/preview/preview.ts';

/** Previews as plain data, with places that are just words: what views are tested with. */
type At = string;

/** A label that would do harm if it were taken for anything but text. */
export const HOSTILE = '<img src=x onerror="alert(1)">';

const POINTS: ValueShape = { unit: 'points', decimals: 1, currency: null, better: 'higher' };

const ROWS = { one: 'row', many: 'rows' };

const PERIODS = [
  ['2024-Q3', '2024-07-01', '2024-10-01', false],
  ['2024-Q4', '2024-10-01', '2025-01-01', false],
  ['2025-Q1', '2025-01-01', '2025-04-01', false],
  ['2025-Q2', '2025-04-01', '2025-07-01', false],
  ['2025-Q3', '2025-07-01', '2025-10-01', true],
] as const;

function numbers(value: number | null, previous: number | null, n: number, half: number): NumberDocument {
  return {
    value,
    n,
    low: value === null ? null : value - half,
    high: value === null ? null : value + half,
    previous,
    change: value === null || previous === null ? null : value - previous,
    verdict: value === null || previous === null ? null : 'not_tested',
    small_sample: n < 30,
  };
}

function values(
  group: Readonly<Record<string, string>>,
  series: readonly (number | null)[],
  n: number,
): ValueDocument[] {
  return PERIODS.map(([period, start, end, partial], index) => ({
    period,
    start,
    end,
    partial,
    group,
    ...numbers(series[index] ?? null, series[index - 1] ?? null, n + index, 6),
    share_of_total: null,
  }));
}

export function about(name: string, label: string, more: Partial<About<At>> = {}): About<At> {
  return {
    name,
    label,
    words: [
      {
        kind: 'paragraph',
        words: [
          'Share of 9 and 10 less share of 0 to 6 of ',
          { code: 'score' },
          ' in ',
          { strong: 'survey_answers' },
          '.',
        ],
      },
    ],
    description: null,
    why: 'The board looks at it twice a year.',
    owner: 'cx',
    tags: ['satisfaction', 'board'],
    version: 2,
    changes: [{ version: 2, date: '2025-01-01', note: 'Weekly answers are left out.' }],
    at: `at ${name}`,
    unavailable: null,
    ...more,
  };
}

function target(more: Partial<TargetDocument> = {}): TargetDocument {
  return {
    target: 'nps_2025',
    metric: 'nps',
    segment: null,
    label: 'NPS of 45',
    goal: { at_least: 45 },
    period: '2025-Q4',
    start: '2025-10-01',
    end: '2026-01-01',
    status: 'at_risk',
    value: 41.5,
    low: 35.5,
    high: 47.5,
    n: 303,
    progress: 0.62,
    expected: 42,
    if_missed: null,
    error: null,
    ...more,
  };
}

const PATH: TargetPath = {
  target: target(),
  points: [
    ...PERIODS.slice(1).map(([period, start, end], index) => ({
      period,
      start,
      end,
      low: 34 + index * 3,
      high: null,
      status: index < 2 ? ('met' as const) : ('at_risk' as const),
      value: numbers(38 + index, 37 + index, 300 + index, 6),
    })),
    {
      period: '2025-Q4',
      start: '2025-10-01',
      end: '2026-01-01',
      low: 45,
      high: null,
      status: null,
      value: null,
    },
  ],
};

export const metric: MetricPreview<At> = {
  kind: 'metric',
  about: about('nps', 'Net promoter score'),
  type: 'nps',
  status: 'active',
  shape: POINTS,
  restsOn: ROWS,
  choices: {
    by: [
      { key: 'company_size', label: 'Company size', kind: 'segment' },
      { key: 'touchpoint', label: 'touchpoint', kind: 'column' },
    ],
    grains: ['month', 'quarter', 'year'],
  },
  by: 'company_size',
  grain: 'quarter',
  result: {
    metric: 'nps',
    version: 2,
    type: 'nps',
    label: 'Net promoter score',
    unit: 'points',
    decimals: 1,
    better: 'higher',
    status: 'active',
    grain: 'quarter',
    headline: { period: '2025-Q2', target_status: 'at_risk', ...numbers(41.5, 38.25, 303, 6) },
    values: [
      ...values({}, [31.2, 35.4, 38.25, 41.5, 40.1], 300),
      ...values({ company_size: 'small' }, [41, 44, 47, 50, 52], 120),
      ...values({ company_size: HOSTILE }, [21, null, 12, 9, 4], 90),
      ...values({ company_size: 'enterprise' }, [-8, -3, 0, 1.75, 3], 20),
    ],
    benchmarks: [],
    trends: [],
    error: null,
  },
  targets: [PATH],
  benchmarks: [
    {
      value: 36,
      citation: 'Illustrative survey',
      as_of: '2025-01-01',
      words: 'Benchmark of 36, half a year old: 5.5 above it.',
    },
  ],
  funnel: {
    parts: [
      {
        metric: 'nps',
        source: 'survey_answers',
        rows: 4200,
        timed: 4180,
        clauses: [
          { text: "survey = 'nps'", kept: 1800, at: 'at clause 1' },
          { text: 'score is not null', kept: 1795, at: 'at clause 2' },
        ],
        period: '2025-Q2',
        inPeriod: 305,
        counted: 303,
      },
    ],
  },
  rows: [
    {
      metric: 'nps',
      source: 'survey_answers',
      period: '2025-Q2',
      columns: [
        { name: 'score', type: 'integer', used: true },
        { name: 'survey', type: 'text', used: true },
        { name: 'comment', type: 'text', used: false },
      ],
      counting: [
        { row: 12, cells: ['9', 'nps', HOSTILE] },
        { row: 13, cells: ['3', 'nps', '=HYPERLINK("http://x")'] },
      ],
      notCounting: [
        { row: 14, cells: ['5', 'csat', null], reason: 'clause', clause: "survey = 'nps'" },
        { row: 15, cells: [null, 'nps', 'late'], reason: 'no-value', clause: null },
      ],
    },
  ],
  sql: [
    {
      metric: 'nps',
      source: 'survey_answers',
      sql: "SELECT count(*)\nFROM survey_answers\nWHERE survey = 'nps'",
    },
  ],
  lineage: {
    root: 'metric:nps',
    nodes: [
      {
        id: 'metric:nps',
        kind: 'metric',
        name: 'nps',
        label: 'Net promoter score',
        type: 'nps',
        at: 'at nps',
      },
      {
        id: 'source:survey_answers',
        kind: 'source',
        name: 'survey_answers',
        label: 'Answers',
        type: null,
        at: 'at survey_answers',
      },
      {
        id: 'source:accounts',
        kind: 'source',
        name: 'accounts',
        label: 'Accounts',
        type: null,
        at: 'at accounts',
      },
      {
        id: 'target:nps_2025',
        kind: 'target',
        name: 'nps_2025',
        label: 'NPS of 45',
        type: null,
        at: 'at nps_2025',
      },
    ],
    edges: [
      { from: 'metric:nps', to: 'source:survey_answers', kind: 'rows', via: null },
      { from: 'source:survey_answers', to: 'source:accounts', kind: 'link', via: 'account' },
      { from: 'target:nps_2025', to: 'metric:nps', kind: 'goal', via: null },
    ],
  },
};

export const segment: SegmentPreview<At> = {
  kind: 'segment',
  about: about('company_size', 'Company size'),
  sizes: {
    rows: 1000,
    groups: [
      { label: 'small', rows: 620 },
      { label: HOSTILE, rows: 300 },
      { label: '(none)', rows: 90 },
    ],
    overlapping: 10,
  },
  overTime: [
    {
      source: 'accounts',
      grain: 'quarter',
      periods: PERIODS.map(([period, start, end, partial]) => ({ period, start, end, partial })),
      groups: [
        { label: 'small', rows: [10, 20, 30, 40, 12] },
        { label: HOSTILE, rows: [5, 6, 7, 8, 3] },
      ],
    },
  ],
  overlaps: [{ first: 'small', second: HOSTILE, rows: 10 }],
  usedBy: [{ name: 'nps', label: 'Net promoter score', at: 'at nps' }],
};

export const targetPreview: TargetPreview<At> = {
  kind: 'target',
  about: about('nps_2025', 'NPS of 45', {
    words: [{ kind: 'paragraph', words: ['It is ', { strong: HOSTILE }] }],
  }),
  metric: { name: 'nps', label: 'Net promoter score', at: 'at nps' },
  shape: POINTS,
  restsOn: ROWS,
  segment: null,
  ifMissed: 'Visit the ten largest.',
  baseline: { period: '2024-Q3', value: 31.2 },
  path: PATH,
  ...(metric.result === undefined ? {} : { result: metric.result }),
};

export const source: SourcePreview<At> = {
  kind: 'source',
  about: about('survey_answers', 'Answers'),
  data: 'data/survey_answers.csv',
  key: ['answer_id'],
  time: 'answered_at',
  lifespan: null,
  links: [{ name: 'account', to: 'accounts' }],
  usedBy: [{ name: 'nps', label: 'Net promoter score', at: 'at nps' }],
  profile: { rows: 4200, duplicates: 3, first: '2023-07-01', asOf: '2025-06-30' },
  columns: [
    {
      name: 'score',
      type: 'integer',
      origin: 'file',
      description: 'What was answered, 0 to 10.',
      profile: {
        type: 'integer',
        rows: 4200,
        nulls: 21,
        distinct: 11,
        low: '0',
        high: '10',
        top: [{ value: '9', rows: 900 }],
        bins: [100, 50, 60, 80, 120, 200, 300, 500, 800, 900, 1069].map((rows) => ({ rows })),
      },
    },
    {
      name: 'survey',
      type: 'text',
      origin: 'file',
      description: null,
      profile: {
        type: 'text',
        rows: 4200,
        nulls: 0,
        distinct: 3,
        low: 'ces',
        high: 'nps',
        top: [
          { value: 'nps', rows: 1800 },
          { value: HOSTILE, rows: 1400 },
          { value: 'ces', rows: 1000 },
        ],
        bins: [],
      },
    },
    { name: 'is_late', type: 'boolean', origin: 'computed', description: null, profile: null },
  ],
  rows: {
    columns: [
      { name: 'answer_id', type: 'text' },
      { name: 'score', type: 'integer' },
    ],
    rows: [
      { row: 1, cells: ['A1', '9'] },
      { row: 2, cells: [HOSTILE, null] },
    ],
    offset: 0,
    total: 4200,
  },
};

export function scorecardRow(name: string, more: Partial<ScorecardRow<At>> = {}): ScorecardRow<At> {
  return {
    name,
    label: name.toUpperCase(),
    owner: 'cx',
    file: 'a.metrics.yaml',
    stages: [],
    tags: [],
    status: 'active',
    shape: POINTS,
    restsOn: ROWS,
    at: `at ${name}`,
    headline: { ...numbers(41.5, 38.25, 303, 6), period: '2025-Q2', small: false },
    trend: [31.2, 35.4, 38.25, 41.5],
    targets: [],
    error: null,
    ...more,
  };
}

export const scorecard: Scorecard<At> = {
  kind: 'scorecard',
  project: 'rotamill',
  file: null,
  asOf: '2025-06-30',
  metrics: [
    scorecardRow('csat', {
      targets: [{ name: 't1', label: 'CSAT of 80 %', status: 'missed' }],
      stages: ['Customer / Support'],
      owner: 'support',
    }),
    scorecardRow('nps', {
      label: HOSTILE,
      targets: [{ name: 't2', label: 'NPS of 45', status: 'on_track' }],
      stages: ['Customer / Support', 'Customer / Renewal'],
      tags: ['board'],
    }),
    scorecardRow('mrr', { owner: null, headline: null, trend: [], error: 'Its data file is missing.' }),
  ],
  journeys: [{ name: 'customer', label: 'Customer', at: 'at customer' }],
  unavailable: null,
};

export const journey: JourneyMap<At> = {
  kind: 'journey',
  about: about('customer', 'From sign-up to renewal'),
  segment: 'champions',
  group: { segment: 'champions', group: 'in', label: 'Champions' },
  stages: [
    {
      name: 'support',
      label: 'Getting help',
      pains: ['the first answer comes late', HOSTILE],
      metrics: scorecard.metrics.slice(0, 2).map((row, index) => ({ ...row, isOfAll: index === 1 })),
      at: 'at support',
    },
    { name: 'renewal', label: 'Renewal', pains: [], metrics: [], at: 'at renewal' },
  ],
};

/** What a metric that follows accounts shows beside its trend. */
export const ACCOUNTS = { one: 'account', many: 'accounts' };

export const COHORTS = {
  kind: 'cohorts',
  grain: 'month',
  after: 1,
  omitted: 2,
  cohorts: [
    { period: '2025-01', entities: 10, there: [10, 8, 0] },
    { period: '2025-02', entities: 0, there: [0, 0] },
    { period: '2025-03', entities: 4, there: [null] },
  ],
} satisfies MetricPicture;

export const STEPS = {
  kind: 'steps',
  period: '2025-01',
  within: '30 days',
  steps: [
    { name: 'signed up', entities: 200 },
    { name: HOSTILE, entities: 150 },
    { name: 'paid', entities: 30 },
  ],
} satisfies MetricPicture;

export const MOVEMENT = {
  kind: 'movement',
  grain: 'month',
  ofValue: false,
  omitted: 0,
  periods: [
    {
      period: '2025-01',
      opening: 100,
      gained: { new: 12, returned: 3 },
      lost: 5,
      expanded: null,
      contracted: null,
      closing: 110,
    },
    {
      period: '2025-02',
      opening: 110,
      gained: { new: 1, returned: 0 },
      lost: 11,
      expanded: null,
      contracted: null,
      closing: 100,
    },
  ],
} satisfies MetricPicture;

export const SURVIVAL = {
  kind: 'survival',
  period: '2025-02',
  unit: 'month',
  points: [
    { age: 0, left: 1, low: null, high: null, observed: 50 },
    { age: 1, left: 0.9, low: 0.8, high: 0.95, observed: 40 },
  ],
} satisfies MetricPicture;

export const EXPLANATION: Explanation = {
  metric: 'nps',
  period: '2025-Q2',
  before: '2025-Q1',
  by: 'company_size',
  split: 'rate_and_mix',
  total: {
    value: 41.5,
    previous: 38.25,
    change: 3.25,
    n: 303,
    low: null,
    high: null,
    verdict: 'no_clear_change',
    small_sample: false,
  },
  groups: [
    {
      group: 'small',
      value: 50,
      previous: 46,
      weight: 0.7,
      previous_weight: 0.6,
      rate: 2.6,
      mix: 4.8,
      effect: 7.4,
    },
    {
      group: HOSTILE,
      value: 9,
      previous: 26,
      weight: 0.3,
      previous_weight: 0.4,
      rate: -5.95,
      mix: 1.8,
      effect: -4.15,
    },
  ],
  rest: 0,
};

const MONEY: ValueShape = { unit: 'currency', decimals: 2, currency: 'EUR', better: 'higher' };

/** A metric whose condition is another, whose data have another row, and what that does: the parts of each change add up to it. */
export const compared: ComparedMetric<At> = {
  subject: { kind: 'metric', name: 'revenue' },
  class: 'values',
  changes: [['now leaves out rows for which ', { code: 'refunded' }, ' holds (values)']],
  at: { before: 'at revenue before', after: 'at revenue' },
  text: {
    before: 'revenue:\n  type: sum\n  value: amount\n  source: orders',
    after: `revenue:\n  type: sum\n  value: amount\n  where: not refunded\n  label: '${HOSTILE}'\n  source: orders`,
  },
  name: 'revenue',
  was: 'revenue',
  label: 'Revenue',
  shape: MONEY,
  unmeant: null,
  effects: [['2025-01: €200.00 before, €120.00 after, -€80.00']],
  headline: { period: '2025-03', before: '€260.00', after: '€290.00', change: '+€30.00', isMoved: true },
  totals: [
    ['2025-01', 200, 120, -80, 0, 0],
    ['2025-02', 350, 350, 0, 0, 0],
    ['2025-03', 260, 290, -20, 40, 10],
  ].map(([period, before, after, definition, data, interaction]) => ({
    period: String(period),
    group: {},
    before: Number(before),
    after: Number(after),
    change: Number(after) - Number(before),
    parts: { definition: Number(definition), data: Number(data), interaction: Number(interaction) },
  })),
  largest: null,
  compared: 3,
  moved: 2,
};

/** Metrics of every standing: moved unmeant, changed, new, gone, and only written otherwise. */
export const comparison: Comparison<At> = {
  kind: 'comparison',
  base: { ref: 'main', mergeBase: false },
  metric: null,
  before: 'main',
  after: 'the working tree',
  summary: ['3 changes (1 breaking, 1 values, 1 cosmetic); the values of 2 metrics moved.'],
  metrics: [
    {
      ...compared,
      subject: { kind: 'metric', name: 'average_order' },
      name: 'average_order',
      was: 'average_order',
      label: HOSTILE,
      unmeant: 'its values moved, and nobody changed its text',
      text: { before: 'average_order:\n  type: ratio', after: 'average_order:\n  type: ratio' },
      changes: [['rests on metric ', { code: 'revenue' }, ': now leaves out ', { code: HOSTILE }]],
    },
    compared,
    {
      ...compared,
      subject: { kind: 'metric', name: 'orders' },
      class: 'cosmetic',
      name: 'orders',
      was: null,
      label: 'Orders',
      text: { before: null, after: 'orders:\n  type: count' },
      at: { before: null, after: 'at orders' },
      headline: null,
      totals: [],
      compared: 0,
      moved: 0,
    },
    {
      ...compared,
      subject: { kind: 'metric', name: 'visits' },
      class: 'breaking',
      name: 'visits',
      was: 'visits',
      label: 'Visits',
      text: { before: 'visits:\n  type: count', after: null },
      at: { before: 'at visits before', after: null },
      headline: null,
      totals: [],
      compared: 0,
      moved: 0,
    },
  ],
  others: [
    {
      subject: { kind: 'segment', name: 'size' },
      class: 'values',
      changes: [['the group ', { code: HOSTILE }, ' is new (values)']],
      at: { before: 'at size before', after: 'at size' },
      text: { before: 'size:\n  by: plan', after: 'size:\n  by: seats' },
    },
    {
      subject: { kind: 'settings', name: 'plumbline.yaml' },
      class: 'cosmetic',
      changes: [['name is now shop (cosmetic)']],
      at: { before: null, after: null },
      text: { before: null, after: null },
    },
  ],
  targets: [
    {
      name: 'revenue_q1',
      metric: 'revenue',
      words: [{ code: 'revenue_q1' }, ': met in 2025-Q1 before, missed in 2025-Q1 after'],
      at: 'at revenue_q1',
    },
  ],
  examples: [['example 1 of ', { code: 'revenue' }, ' expects €10.00, and is €0.00']],
  notes: [['The data of ', { code: 'orders' }, ' changed.'], [`For ${HOSTILE}, data are taken from here.`]],
  unavailable: null,
};

/** The same, of one metric. */
export const comparedAlone: Comparison<At> = {
  ...comparison,
  metric: 'revenue',
  metrics: [compared],
  others: [],
  targets: [],
  examples: [],
};

/** A metric with each picture, and with why it moved. */
const PICTURED = [COHORTS, STEPS, MOVEMENT, SURVIVAL].map(
  (picture): MetricPreview<At> => ({
    ...metric,
    picture,
    restsOn: ACCOUNTS,
    explanations: [{ by: 'company_size', explanation: EXPLANATION, refused: null }],
  }),
);

export const EVERY: readonly Preview<At>[] = [
  metric,
  ...PICTURED,
  segment,
  targetPreview,
  source,
  scorecard,
  journey,
  comparison,
  comparedAlone,
];
