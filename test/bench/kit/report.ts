import type { Summary } from './statistics.ts';

/** A line of the result: what was measured where. */
export interface Row extends Summary {
  readonly scenario: string;
  readonly what: string;
  /** Milliseconds where absent. */
  readonly unit?: 'MB';
}

/** Something that the benchmark is for, with what was measured of it. */
export interface Requirement {
  readonly name: string;
  readonly ratio: number;
  /** The same of processor time; absent where that was not measured. */
  readonly cpuRatio?: number;
  /** Absent where nothing is required, and the ratio is only told. */
  readonly limit?: number;
}

/** All that a benchmark has found. */
export interface BenchResult {
  readonly rows: readonly Row[];
  readonly notes: readonly string[];
  readonly requirements: readonly Requirement[];
}

/** Lines of a table for a terminal. */
export function tableOf(rows: readonly Row[]): string {
  const hasCpu = rows.some(({ cpu }) => cpu !== undefined);
  const cells = rows.map(({ scenario, what, median, p95, cpu, count, unit = 'ms' }) => [
    scenario,
    what,
    amount(median, unit),
    amount(p95, unit),
    ...(hasCpu ? [cpu === undefined ? '' : amount(cpu, unit)] : []),
    String(count),
  ]);
  return aligned([['scenario', 'what', 'median', 'p95', ...(hasCpu ? ['cpu'] : []), 'n'], ...cells]);
}

/** Lines that say of each requirement whether it is met. */
export function requirementsOf(requirements: readonly Requirement[]): string {
  return aligned(
    requirements.map(({ name, ratio, cpuRatio, limit }) => [
      limit === undefined ? '-' : ratio <= limit ? 'OK' : 'MISSED',
      name,
      limit === undefined ? ratio.toFixed(3) : `${ratio.toFixed(3)} of at most ${limit.toFixed(3)}`,
      cpuRatio === undefined ? '' : `processor time ${cpuRatio.toFixed(3)}`,
    ]),
  );
}

function amount(value: number, unit: string): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} ${unit}`;
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
