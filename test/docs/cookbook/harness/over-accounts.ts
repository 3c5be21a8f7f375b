import { MONTHS, type OracleSeries, seriesOf, within } from '../../../samples/saas-series.ts';

interface OfAccount {
  readonly account: string;
  readonly day: string;
}

/** By month, a value of the rows of each account that has any: the mean of something over accounts, or the share of them. */
export function overAccounts<Row extends OfAccount>(
  rows: readonly Row[],
  by: Readonly<Record<string, (row: Row) => string>>,
  value: (accounts: readonly (readonly Row[])[]) => number,
): readonly OracleSeries[] {
  return seriesOf({
    metric: 'of accounts',
    periods: MONTHS,
    rows,
    holds: (row, period) => within(row.day, period),
    by,
    value: (chosen) => {
      const accounts = byAccount(chosen);
      return { value: accounts.length === 0 ? null : value(accounts), n: accounts.length };
    },
  });
}

function byAccount<Row extends OfAccount>(rows: readonly Row[]): readonly (readonly Row[])[] {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const own = found.get(row.account);
    if (own === undefined) found.set(row.account, [row]);
    else own.push(row);
  }
  return [...found.values()];
}
