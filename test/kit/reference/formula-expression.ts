import { intervalText, type RefInterval } from './calendar.ts';
import type { Expr } from './expression.ts';
import type { Cell, Env } from './world.ts';

/** Names of formulas, and aggregates over rows: section 3 for what they are, 5.2 for `previous`. */

/** A metric in its period, or one or more periods back. */
export function metricValue(name: string, back?: RefInterval | 'period'): Expr {
  const text =
    back === undefined
      ? name
      : back === 'period'
        ? `previous(${name})`
        : `previous(${name}, '${intervalText(back)}')`;
  return { text, type: 'number', eval: ({ metric }) => metric?.(name, back) ?? null };
}

/** The whole days of the period. */
export const DAYS_IN_PERIOD: Expr = {
  text: `date_diff('day', period_start, period_end)`,
  type: 'integer',
  eval: ({ period }) => (period === undefined ? null : period.end - period.start),
};

/** An aggregate over the rows of a formula's source, of an entity, or of those that link to a row. */
export interface AggregateExpr extends Expr {
  /** The value, and how many rows or values it rests on. */
  over(rows: readonly Env[]): { readonly value: Cell; readonly n: number };
}

export type AggregateName = 'sum' | 'avg' | 'median' | 'min' | 'max';

function aggregated(text: string, type: Expr['type'], over: AggregateExpr['over']): AggregateExpr {
  return { text, type, over, eval: ({ rows }) => over(rows ?? []).value };
}

export const countRows: AggregateExpr = aggregated('count()', 'integer', (rows) => {
  return { value: rows.length, n: rows.length };
});

export function countIf(condition: Expr): AggregateExpr {
  return aggregated(`count_if(${condition.text})`, 'integer', (rows) => {
    return { value: rows.filter((row) => condition.eval(row) === true).length, n: rows.length };
  });
}

export function countDistinct(value: Expr): AggregateExpr {
  return aggregated(`count(distinct ${value.text})`, 'integer', (rows) => {
    const values = rows.map((row) => value.eval(row)).filter((cell) => cell !== null);
    return { value: new Set(values).size, n: values.length };
  });
}

/** Section 3: over no rows a sum is 0, and every other of these null; over rows that are all null so is a sum. */
export function aggregate(name: AggregateName, value: Expr): AggregateExpr {
  return aggregated(`${name}(${value.text})`, 'number', (rows) => {
    const values = rows.map((row) => value.eval(row)).filter((cell) => typeof cell === 'number');
    const n = values.length;
    if (n === 0) return { value: name === 'sum' && rows.length === 0 ? 0 : null, n };
    return { value: ofValues(name, values), n };
  });
}

function ofValues(name: AggregateName, values: readonly number[]): number {
  const total = values.reduce((sum, value) => sum + value, 0);
  switch (name) {
    case 'sum':
      return total;
    case 'avg':
      return total / values.length;
    case 'min':
      return Math.min(...values);
    case 'max':
      return Math.max(...values);
    case 'median': {
      const sorted = [...values].sort((a, b) => a - b);
      const [below, above] = [
        sorted[Math.floor((sorted.length - 1) / 2)],
        sorted[Math.ceil((sorted.length - 1) / 2)],
      ];
      return ((below ?? 0) + (above ?? 0)) / 2;
    }
  }
}
