import assert from 'node:assert/strict';
import { afterAction, titlesIn } from './kit.ts';

const DATA = {
  'data/tickets.csv': 'ticket_id,opened_at,account_id,priority,hours,score\n1,2025-01-01,1,high,2,9\n',
  'data/accounts.csv': 'account_id,size\n1,3\n',
  'sources.metrics.yaml': `plumbline: 1
sources:
  tickets:
    data: data/tickets.csv
    key: ticket_id
    time: opened_at
    columns: { hours: { type: number }, score: { type: integer, min: 0, max: 10 } }
    links: { account: { to: accounts, using: account_id } }
  accounts: { data: data/accounts.csv, key: account_id, columns: { size: { type: integer } } }
`,
};

/** The metric `a` of these fields, the cursor at its type. */
function metric(fields: string, more = ''): Record<string, string> {
  return { ...DATA, 'a.metrics.yaml': `plumbline: 1\nmetrics:\n  a: { ┆${fields} }\n${more}` };
}

/** The fields of the metric after a conversion. */
async function converted(fields: string, title: string, more = ''): Promise<string> {
  const text = (await afterAction(metric(fields, more), `Convert to ${title}`))['a.metrics.yaml'] ?? '';
  return /^ {2}a: \{ (.*) \}$/m.exec(text)?.[1] ?? text;
}

/** What the metric may be converted to. */
async function offered(fields: string, more = ''): Promise<readonly string[]> {
  const titles = await titlesIn(metric(fields, more));
  return titles.flatMap((title) =>
    title.startsWith('Convert to ') ? [title.slice('Convert to '.length)] : [],
  );
}

describe('ide: convert a metric', () => {
  it('from a count to the share of rows that meet its condition, and back', async () => {
    assert.equal(
      await converted("type: count, source: tickets, where: priority = 'high', unit: count", 'the share'),
      "type: share, source: tickets, matching: priority = 'high'",
    );
    assert.equal(
      await converted('type: count, source: tickets, where: [hours > 1, score > 3]', 'the share'),
      'type: share, source: tickets, matching: (hours > 1) and (score > 3)',
    );
    assert.equal(
      await converted("type: share, source: tickets, matching: priority = 'high'", 'the number of rows'),
      "type: count, source: tickets, where: priority = 'high'",
    );
    assert.equal(
      await converted(
        'type: share, source: tickets, where: hours > 1, matching: score > 3',
        'the number of rows',
      ),
      'type: count, source: tickets, where: [hours > 1, score > 3]',
    );
  });

  it('of several conditions takes the one at the cursor, and lets the others choose the rows', async () => {
    const text = `plumbline: 1\nmetrics:\n  a: { type: count, source: tickets, where: [hours > 1, sc┆ore > 3] }\n`;
    const result = await afterAction({ ...DATA, 'a.metrics.yaml': text }, 'Convert to the share');
    assert.match(
      result['a.metrics.yaml'] ?? '',
      /a: \{ type: share, matching: score > 3, source: tickets, where: hours > 1 \}/,
    );
  });

  it('from a count to the entities that rows link to, and back', async () => {
    assert.equal(
      await converted('type: count, source: tickets', 'the number of distinct account_id'),
      'type: count_distinct, value: account_id, source: tickets',
    );
    assert.equal(
      await converted('type: count_distinct, source: tickets, value: account_id', 'the number of rows'),
      'type: count, source: tickets, value: account_id',
    );
  });

  it('from a share to two counts with the same quotient: rows of an unknown answer are in neither', async () => {
    assert.equal(
      await converted('type: share, source: tickets, matching: hours > 1', 'a ratio of two counts'),
      'type: ratio, denominator: { type: count, value: hours > 1 }, unit: percent, source: tickets, numerator: { type: count, where: hours > 1 }',
    );
  });

  it('from two counts of the same rows to a share in which an unknown answer is a no', async () => {
    assert.equal(
      await converted(
        'type: ratio, source: tickets, numerator: { type: count, where: [score > 3, hours > 1] }, denominator: { type: count, where: score >  3 }',
        'a share',
      ),
      'type: share, where: score >  3, source: tickets, matching: "coalesce(hours > 1, false)"',
    );
  });

  it('from two counts to a share only where all that is counted is counted below the line too', async () => {
    const sides = (numerator: string, denominator: string): string =>
      `type: ratio, source: tickets, numerator: { ${numerator} }, denominator: { ${denominator} }`;
    for (const fields of [
      sides('type: count', 'type: count'),
      sides('type: count, where: hours > 1', 'type: count, where: score > 3'),
      sides('type: count, where: hours > 1, source: accounts', 'type: count'),
      sides('type: count, value: hours, where: hours > 1', 'type: count'),
      sides('type: sum, value: hours, where: hours > 1', 'type: count'),
      `${sides('type: count, where: hours > 1', 'type: count')}, where: score > 3`,
    ]) {
      assert.deepEqual(await offered(fields), [], fields);
    }
  });

  it('among the sum, the average and the median of its value, and to percentiles', async () => {
    assert.deepEqual(await offered('type: sum, source: tickets, value: hours'), [
      'the average',
      'the median',
    ]);
    assert.equal(
      await converted('type: median, source: tickets, value: hours', 'a percentile'),
      'type: percentile, p: 0.5, source: tickets, value: hours',
    );
    assert.equal(
      await converted('type: percentile, source: tickets, value: hours, p: 0.9', 'the median'),
      'type: median, source: tickets, value: hours',
    );
  });

  it('from the greatest value to a sum not where the value lies behind a link', async () => {
    assert.deepEqual(await offered('type: max, source: tickets, value: account.size'), []);
    assert.deepEqual(await offered('type: max, source: tickets, value: hours'), [
      'the sum',
      'the average',
      'the median',
    ]);
  });

  it('among scores and the survey types of their scale', async () => {
    assert.deepEqual(
      (await offered('type: average, source: tickets, value: score')).at(-1),
      'the Net Promoter Score',
    );
    assert.deepEqual(await offered('type: average, source: tickets, value: hours'), [
      'the sum',
      'the median',
    ]);
    assert.equal(
      await converted(
        'type: csat, source: tickets, value: score, scale: [0, 10], satisfied: [9, 10]',
        'the average score',
      ),
      'type: average, better: higher, source: tickets, value: score',
    );
  });

  it('not where goals or expected values would be in another unit', async () => {
    const target = (goal: string): string =>
      `targets:\n  t: { metric: a, ${goal}, due: 2025-Q4, why: So. }\n`;
    const count = 'type: count, source: tickets, where: hours > 1';
    const share = 'the share of rows that meet the condition';
    assert.ok((await offered(count, target('at_least: 1'))).includes(share));
    assert.ok(!(await offered(count, target('at_least: 20'))).includes(share));
    assert.ok(!(await offered(`${count}, examples: [{ period: 2025, expect: 20 }]`)).includes(share));
    const shared = 'type: share, source: tickets, matching: hours > 1';
    assert.deepEqual(await offered(shared, target('at_least: 20%')), ['a ratio of two counts']);
  });

  it('not where its rows are chosen in a way of its own', async () => {
    assert.deepEqual(await offered('type: sum, source: tickets, value: hours, at: last'), []);
  });
});
