import { assertValid } from './kit.ts';

/** Every form that the description of the format shows or names, a block for each of its passages. */
const metricsFiles: Readonly<Record<string, string>> = {
  'a source with every key': `
sources:
  subscriptions:
    label: Subscriptions
    description: One row per subscription spell.
    owner: revops
    tags: [finance]
    data: data/subscriptions.csv
    key: subscription_id
    time: created_at
    lifespan: { start: started_on, end: ended_on, end_inclusive: false }
    timezone: America/New_York
    as_of: 2025-06-30
    where: not is_test
    one_per: { key: subscription_id, keep: last, by: updated_at }
    coverage: sample
    sampled_by: account_id
    columns:
      plan:  { type: text, values: [free, team, enterprise], description: Billing plan }
      mrr:   { type: number, min: 0, required: true }
      score: { header: "How likely are you to recommend us? (0-10)" }
      arr:   { value: mrr * 12 }
      spend: { of: invoices, value: sum(amount) }
    links:
      account: { to: accounts, using: account_id }
    version: 2
    changes:
      - { version: 2, date: 2025-06-01, note: excludes trials }
`,
  'reader options': `
sources:
  answers: { data: { file: x.xlsx, sheet: Answers } }
  sheet_by_year: { data: { file: x.xlsx, sheet: 2024 } }
  orders:
    data: { file: "data/orders-*.csv", delimiter: ";", header_row: 2, nulls: [NA, -1], date_format: ["%d/%m/%Y", "%Y"], encoding: windows-1252 }
  visits: { data: { file: visits.csv, nulls: "-", date_format: "%d.%m.%Y" } }
  packed: { data: data/packed.csv.gz }
`,
  'columns under raw headers, blank headers and dates': `
sources:
  survey:
    data: survey.csv
    columns:
      "On a scale of 0-10, how would you rate us?": { type: integer, min: 0, max: 10 }
      MonthlyCharges: { type: number }
      signed_up: { type: date, date_format: "%d/%m/%Y" }
      row: { header: '' }
      is_vip: { type: boolean, header: VIP }
      size: { value: 1 }
`,
  'links on one column, on named columns and on several pairs': `
sources:
  tickets:
    data: tickets.csv
    key: [shop, id]
    links:
      account: { to: accounts, using: account_id }
      agent: { to: people, using: { agent_email: email } }
      order: { to: orders, using: { shop: shop, order_no: number } }
`,
  'a union': `
sources:
  feedback:
    union:
      tickets: { id: ticket_id, at: opened_at, text: subject, account_id: account_id }
      reviews: { id: review_id, at: posted_at, text: body, account_id: account_id, sentiment: "case when stars >= 4 then 'positive' else 'negative' end" }
    key: [source_name, id]
    time: at
`,
  'every kind of segment': `
segments:
  company_size:
    label: Company size
    source: accounts
    groups:
      small: employees < 50
      mid_market: employees between 50 and 999
      enterprise: employees >= 1000
    version: 1
    changes: []
  industry: { source: accounts, by: industry }
  activity: { by: { helpdesk: activity_id, incidents: activity_id } }
  champions:
    source: accounts
    where: spend > 100000 and licences > 100
    persona: { name: Priya, description: Head of Operations, needs: [one number she can defend] }
  big: { source: accounts, where: [spend > 100000, licences > 100] }
  always: { source: accounts, by: true }
`,
  'common fields of metrics, and defaults': `
defaults: { owner: cx, source: survey, grain: month, tags: [survey] }
metrics:
  everything:
    type: count
    label: Everything
    description: |
      Two
      lines.
    why: Tells us whether anything works.
    owner: cx
    tags: [board, renewal]
    source: orders
    where: [plan <> 'free', amount > 0]
    time: paid_at
    when: active
    grain: week
    window: 28 days
    segments: [company_size, { segment: industry, via: account }]
    unit: orders
    decimals: 1
    better: higher
    version: 2
    changes: [{ version: 2, date: 2025-06-01, note: excludes trials }]
    status: deprecated
    deprecated: { since: 2025-06-01, use: orders, remove_after: 2025-12-31 }
    at: last
    at_per: [account_id, plan]
    once_per: account
  typed_scalars: { type: share, matching: true, where: active, window: year_to_date }
`,
  'types over rows': `
metrics:
  a: { type: count }
  b: { type: count, value: amount }
  c: { type: count_distinct, value: customer_id }
  d: { type: count_distinct, value: [customer_id, plan] }
  e: { type: sum, value: amount, at: last }
  f: { type: average, value: amount }
  g: { type: median, value: 1, at: first, at_per: account_id }
  h: { type: min, value: amount }
  i: { type: max, value: amount }
  j: { type: stddev, value: amount }
  k: { type: percentile, value: amount, p: 0.9 }
  l: { type: percentile, value: amount, p: 1 }
  m: { type: share, matching: status = 'solved' }
  repeat_buyers: { type: share, source: orders, per: customer_id, matching: count(distinct ordered_on) >= 2, window: all_time }
  revenue_per_customer: { type: median, source: orders, per: customer_id, value: sum(amount) }
`,
  'ratios and formulas': `
metrics:
  by_name: { type: ratio, numerator: tickets, denominator: accounts, total_over: [reason] }
  inline: { type: ratio, source: orders, numerator: { type: count, where: paid }, denominator: { type: count, grain: day } }
  reuse: { type: ratio, numerator: { metric: booking_value, where: is_instant }, denominator: booking_value }
  nested: { type: ratio, numerator: { type: ratio, numerator: a, denominator: { type: count } }, denominator: b }
  growth: { type: formula, formula: revenue / previous(revenue) - 1, unit: percent }
  constant: { type: formula, formula: 12 }
  luxury:
    type: formula
    formula: lux / listings
    parts: { lux: { metric: listings, where: is_lux }, cheap: { type: count, source: listings, where: price < 10 } }
    total_over: [city]
`,
  surveys: `
metrics:
  a: { type: nps, value: score }
  b: { type: csat, value: score }
  c: { type: csat, value: score, scale: [1, 7], satisfied: [5, 6, 7] }
  d: { type: ces, value: score }
  e: { type: ces, value: score, scale: [1, 5], better: lower }
  f: { type: ces, value: score, report: agree }
`,
  'customer lifecycle': `
metrics:
  a: { type: movement, entity: account_id, of: new }
  b: { type: movement, entity: account_id, of: expanded, value: mrr }
  c: { type: retention, entity: account_id }
  d: { type: retention, entity: account_id, value: mrr, expansion: include }
  e: { type: churn, entity: account_id, base: average }
  f: { type: churn, entity: account_id, value: mrr }
  g: { type: churn, entity: account_id, value: mrr, expansion: exclude }
  h: { type: cohort_retention, entity: account.id, after: 3 months, joined: account.signed_up_on }
  i: { type: tenure, entity: account_id }
  j: { type: tenure, duration: tenure_months, ended: churned = 'Yes', unit: months }
  k: { type: tenure, entity: account_id, report: mean, horizon: 24 months }
  l: { type: tenure, entity: account_id, report: survival, at: 12 months }
  m:
    type: conversion
    entity: customer_id
    within: 14 days
    steps:
      - { name: signed_up, source: signups }
      - { name: First invoice, source: invoices, where: [amount > 0], time: paid_at, entity: account.customer_id }
  n: { type: lifetime_value, entity: customer_id, value: amount }
  o: { type: lifetime_value, entity: customer_id, value: amount, horizon: 12 months }
`,
  windows: `
metrics:
  a: { type: count, window: 1 day }
  b: { type: count, window: 3 months }
  c: { type: count, window: quarter_to_date }
  d: { type: count, window: month_to_date }
  e: { type: retention, entity: a, window: 1 year }
`,
  'benchmarks and examples': `
metrics:
  recommend:
    type: nps
    value: score
    benchmarks:
      - { value: 41, citation: "SaaS NPS report 2025", as_of: 2025-01-01 }
      - { value: 42%, citation: Another, as_of: 2024 }
    examples:
      - given:
          survey: [{ score: 10 }, { score: 9 }, { score: 3 }]
        expect: 33.33
      - period: 2025-05
        segment: company_size.enterprise
        expect: 48.1
      - given: { survey: [{ score: null, at: 2025-01-31, code: 00004, paid: true, note: }], accounts: [] }
        period: 2025
        segment: contract.One year
        expect: null
      - { expect: 42% }
      - { period: all, expect: -3 }
`,
  targets: `
targets:
  nps_enterprise_2025:
    metric: nps
    segment: company_size.enterprise
    at_least: 50
    due: 2025-Q4
    baseline: { period: 2024-Q4, value: 38 }
    tolerance: 2
    owner: cx
    why: Enterprise renewals follow it.
    if_missed: Pause the onboarding redesign.
    label: NPS
    description: Of enterprises.
    tags: [board]
  a: { metric: csat, at_least: 85%, each: quarter }
  b: { metric: churn, at_most: 3 %, each: month, tolerance: 0.5% }
  c: { metric: effort, between: [40, 60], due: 2025 }
  d: { metric: share, between: [40%, 0.6], due: 2025-W05 }
  e: { metric: snapshot, at_most: -1.5e3, due: all }
  f: { metric: daily, at_most: .5, due: 2025-05-31 }
`,
  'a journey': `
journeys:
  customer:
    label: Customer
    segment: champions
    stages:
      onboarding: { label: Onboarding, pains: [unclear first step], metrics: [activation_rate, onboarding_effort] }
      adoption: { metrics: [feature_adoption, weekly_active_users] }
      renewal: { metrics: [customer_retention, nps] }
`,
  'aliases and merge keys': `
metrics:
  a: &base { type: count, source: orders, owner: cx }
  b: { <<: *base, where: paid }
  c: *base
`,
};

describe('the schema of metrics files', () => {
  for (const [name, text] of Object.entries(metricsFiles)) {
    it(`accepts ${name}`, () => assertValid('metrics', `plumbline: 1\n${text}`));
  }
  it('accepts a file that holds nothing yet', () => assertValid('metrics', 'plumbline: 1\n'));
});

describe('the schema of project files', () => {
  it('accepts every setting', () =>
    assertValid(
      'project',
      `
plumbline: 1
name: acme-customer-metrics
timezone: Europe/London
currency: EUR
as_of: 2025-06-30
grain: month
files: ["**/*.metrics.yaml", "**/*.metrics.yml"]
rules: { metric-needs-owner: error, target-needs-why: off }
`,
    ));
  it('needs no setting', () => assertValid('project', 'name: acme\n'));
});
