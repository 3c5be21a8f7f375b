import { formatDay } from '../../../server/src/core/base/period.ts';
import type { MetricResult } from '../../../server/src/core/evaluate/evaluate.ts';
import type { SampleStatement, SqlRow } from './sample-sql.ts';

/** Values by the first day of their period, or `all`. */
type ByPeriod = ReadonlyMap<string, number>;

/** Statements written by hand, and the metrics that are quotients of theirs. */
export interface ByHand {
  readonly statements: readonly SampleStatement[];
  readonly ratios: Readonly<Record<string, readonly [string, string]>>;
}

/**
 * Fails unless every metric has the same values in every period as the rows that the hand-written statements gave, to one
 * part in a thousand million. Only then is it fair to hold their times against each other.
 */
export function requireSameValues(
  results: readonly MetricResult[],
  rows: readonly (readonly SqlRow[])[],
  byHand: ByHand,
): void {
  const { values, counts } = writtenValues(rows, byHand);
  for (const { metric, total } of results) {
    const own = values.get(metric.name);
    if (own === undefined || total === undefined)
      throw new Error(`The metric "${metric.name}" is not computed by both.`);
    for (const period of total.periods) {
      const key = period.grain === 'all' ? ALL : formatDay(period.start);
      const { value } = total.at(period, []);
      const expected = own.get(key) ?? (counts.has(metric.name) ? 0 : null);
      if (!isSame(value, expected)) {
        throw new Error(
          `"${metric.name}" is ${value} in ${key}, and ${expected} by the SQL written by hand.`,
        );
      }
    }
  }
}

const ALL = 'all';

function isSame(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

function writtenValues(
  rows: readonly (readonly SqlRow[])[],
  { statements, ratios }: ByHand,
): {
  readonly values: ReadonlyMap<string, ByPeriod>;
  readonly counts: ReadonlySet<string>;
} {
  const values = new Map<string, ByPeriod>();
  for (const [index, statement] of statements.entries()) {
    for (const name of [...statement.counts, ...statement.values])
      values.set(name, columnOf(rows[index] ?? [], name));
  }
  for (const [name, [numerator, denominator]] of Object.entries(ratios)) {
    const [above, below] = [values.get(numerator), values.get(denominator)];
    const divided = [...(below ?? [])].flatMap(([period, value]): [string, number][] =>
      value === 0 ? [] : [[period, (above?.get(period) ?? 0) / value]],
    );
    values.set(name, new Map(divided));
  }
  return { values, counts: new Set(statements.flatMap(({ counts }) => counts)) };
}

function columnOf(rows: readonly SqlRow[], name: string): ByPeriod {
  return new Map(
    rows.flatMap((row): [string, number][] => {
      const value = row[name] ?? null;
      return value === null ? [] : [[String(row.period ?? ALL), Number(value)]];
    }),
  );
}
