/** A realistic metrics file with every style of scalar, list and map that people write. */
export const SAMPLE = `# Customer metrics of the platform team.
plumbline: 1
defaults:
  owner: revops   # asked first
  tags: [core, "board pack"]

sources:
  subscriptions: &spells
    label: Subscriptions
    description: |
      One row per subscription spell.

        - trials are in
      - tests are not
    data: data/subscriptions.csv
    key: subscription_id
    lifespan: { start: started_on, end: ended_on, end_inclusive: false }
    where: not is_test
    columns:
      plan: { type: text, values: [free, team, enterprise], description: Billing plan }
      score: { header: "How likely are you to \\"recommend\\" us? (0-10)" }
      spend: { of: invoices, value: sum(amount) }
    links:
      account: { to: accounts, using: account_id }
  trials:
    <<: *spells
    where: plan = 'trial'

segments:
  company_size:
    source: accounts
    groups:
      small: employees < 50
      'mid market': employees between 50 and 999
      enterprise: employees >= 1000

metrics:
  nps:
    type: nps
    source: survey
    value: score
    why: >-
      Renewals follow it,
      so does the budget.
    where:
      - channel = 'email'
      - not is_test # seeds
    benchmarks:
      - { value: 41, citation: 'SaaS NPS report''25', as_of: 2025-01-01 }
    examples:
    - given:
        survey: [{ score: 10 }, { score: 9 }, { score: 3 }]
      expect: 33.33
  repeat_buyers: { type: share, source: orders,
    matching: count(distinct ordered_on) >= 2 }
  churn:
    type: churn
    source: subscriptions
    entity: account_id
    label: "Customer\\
      \\ churn"
    version: 2
targets:
  nps_2025:
    metric: nps
    at_least: 50
    due: 2025-Q4
`;
