import type { Summary } from './statistics.ts';

/** A line of the result: what was measured where. */
export interface Row extends Summary {
  readonly scenario: string;
  readonly what: string;
}

/** Something that the benchmark is for, with what was measured of it. */
export interface Requirement {
  readonly name: string;
  readonly ratio: number;
  readonly limit: number;
}

/** Lines of a table for a terminal. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ scenario, what, median, p95, count }) => [
    scenario,
    what,
    milliseconds(median),
    milliseconds(p95),
    String(count),
  ]);
  return aligned([['scenario', 'what', 'median', 'p95', 'n'], ...cells]);
}

export function requirementsOf(requirements: readonly Requirement[]): string {
  return aligned(
    requirements.map(({ name, ratio, limit }) => [
      ratio <= limit ? 'OK' : 'MISSED',
      name,
      `${ratio.toFixed(3)} of at most ${limit.toFixed(3)}`,
    ]),
  );
}

function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`;
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
