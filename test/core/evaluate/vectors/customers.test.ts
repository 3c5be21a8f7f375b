import assert from 'node:assert/strict';
import { testEngine } from '../../../kit/engine.ts';
import { near, numberOf, passes, times, withTables } from './kit.ts';

describe('published values of customers through a project', () => {
  const engine = testEngine();

  const SPELLS = { data: 'spells.csv', as_of: '2025-02-28', lifespan: { start: 'started', end: 'ended' } };
  const customers = (more: object): object => ({ source: 'spells', entity: 'who', ...more });

  passes('retention_definitions', async ({ retention_definitions: published }) => {
    const {
      start,
      lost_of_start: lost,
      new: arrived,
      new_lost_same_period: brief,
      reactivated,
      end,
    } = published.data;
    const spells = [
      ...times(start - lost, '2025-01-01,'),
      ...times(lost, '2025-01-01,2025-02-14'),
      ...times(arrived - brief, '2025-02-03,'),
      ...times(brief, '2025-02-03,2025-02-20'),
    ].map((dates, index) => `c${index},${dates}`);
    const returned = Array.from({ length: reactivated }, (_, index) => [
      `r${index},2025-01-02,2025-01-20`,
      `r${index},2025-02-09,`,
    ]).flat();
    const metrics = {
      kept: customers({ type: 'retention' }),
      churn: customers({ type: 'churn' }),
      on_average: customers({ type: 'churn', base: 'average' }),
      opening: customers({ type: 'movement', of: 'opening' }),
      closing: customers({ type: 'movement', of: 'closing' }),
      returned: customers({ type: 'movement', of: 'returned' }),
      acquired: customers({ type: 'movement', of: 'acquired' }),
      ended: { type: 'count', source: 'spells', when: 'ended' },
      all_losses: { type: 'ratio', numerator: 'ended', denominator: 'opening' },
      over_all: { type: 'formula', formula: 'ended / (opening + acquired + returned)' },
    };
    const tables = { spells: ['who,started,ended', ...spells, ...returned] };
    await withTables(engine, { sources: { spells: SPELLS }, metrics }, tables, (result) => {
      const value = (name: string): number | null => numberOf(result, name, '2025-02').value;
      assert.deepEqual(['opening', 'closing', 'returned', 'acquired'].map(value), [
        start,
        end,
        reactivated,
        arrived,
      ]);
      near(value('kept'), published['CRR_exact_flag_based = retained_of_start/start']);
      near(value('churn'), published['churn_opening_base = lost_of_start/start']);
      near(value('on_average'), published['churn_average_base = (10+3)/((100+109)/2)']);
      near(value('all_losses'), published['churn_all_losses/opening']);
      near(value('over_all'), published['churn_opening_plus_new = 13/122']);
    });
  });

  const REVENUE = {
    net: customers({ type: 'retention', value: 'mrr', expansion: 'include' }),
    gross: customers({ type: 'retention', value: 'mrr', expansion: 'exclude' }),
    gross_churn: customers({ type: 'churn', value: 'mrr' }),
    logos: customers({ type: 'retention' }),
  };

  passes('revenue_retention', async ({ revenue_retention: published }) => {
    const { start_mrr: start, expansion, contraction, churned, new: arrived, reactivation } = published.data;
    const half = start / 2;
    const rows = [
      `grows,${half},2025-01-01,2025-02-10`,
      `grows,${half + expansion},2025-02-10,`,
      `shrinks,${half - churned},2025-01-01,2025-02-10`,
      `shrinks,${half - churned - contraction},2025-02-10,`,
      `leaves,${churned},2025-01-01,2025-02-10`,
      `is_new,${arrived},2025-02-10,`,
      `returns,${reactivation},2025-01-01,2025-01-10`,
      `returns,${reactivation},2025-02-10,`,
    ];
    const project = { sources: { spells: SPELLS }, metrics: REVENUE };
    await withTables(engine, project, { spells: ['who,mrr,started,ended', ...rows] }, (result) => {
      near(numberOf(result, 'net', '2025-02').value, published.NRR);
      near(numberOf(result, 'gross', '2025-02').value, published.GRR);
      near(numberOf(result, 'gross_churn', '2025-02').value, published.gross_revenue_churn);
    });
    // Customer by customer, where what one gains does not make up for what another loses.
    const { start: before, end: after, ...expected } = published.per_customer_case;
    const spells = [
      ...Object.entries(before).map(([who, mrr]) => `${who},${mrr},2025-01-01,2025-02-10`),
      ...Object.entries(after).map(([who, mrr]) => `${who},${mrr},2025-02-10,`),
    ].filter((row) => row.split(',')[1] !== '0');
    await withTables(engine, project, { spells: ['who,mrr,started,ended', ...spells] }, (result) => {
      near(numberOf(result, 'net', '2025-02').value, expected.NRR);
      near(numberOf(result, 'gross', '2025-02').value, expected.GRR);
      near(numberOf(result, 'logos', '2025-02').value, expected.logo_retention);
    });
  });

  passes('average_customer_profit', async ({ average_customer_profit: published }) => {
    const { customers: rows, ACP } = published.case;
    const project = {
      sources: {
        customers: {
          data: 'customers.csv',
          key: 'id',
          columns: {
            revenue: { of: 'orders', value: 'sum(amount)' },
            cost: { of: 'orders', value: 'sum(units * standard_cost)' },
            tickets: { of: 'tickets', value: 'count()' },
            profit: { value: 'coalesce(revenue, 0) - coalesce(cost, 0) - tickets * cost_per_ticket' },
          },
        },
        orders: { data: 'orders.csv', links: { customer: { to: 'customers', using: { who: 'id' } } } },
        tickets: { data: 'tickets.csv', links: { customer: { to: 'customers', using: { who: 'id' } } } },
      },
      segments: { seg: { source: 'customers', by: 'seg' } },
      metrics: { profit: { type: 'average', source: 'customers', value: 'profit', segments: ['seg'] } },
    };
    const tables = {
      customers: [
        'id,seg,cost_per_ticket',
        ...rows.map(({ id, seg, cost_per_ticket: cost }) => `${id},${seg},${cost}`),
      ],
      orders: [
        'who,amount,units,standard_cost',
        ...rows
          .filter(({ rev }) => rev > 0)
          .map(({ id, rev, units, std_cost: cost }) => `${id},${rev},${units},${cost}`),
      ],
      tickets: ['who', ...rows.flatMap(({ id, tickets }) => times(tickets, String(id)))],
    };
    await withTables(engine, project, tables, (result) => {
      for (const [seg, profit] of Object.entries(ACP))
        near(numberOf(result, 'profit', 'all', { seg }).value, profit);
      near(numberOf(result, 'profit').value, published.ACP_total);
    });
  });
});
