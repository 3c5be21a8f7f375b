import type { BenchResult, Requirement, Row } from '../kit/report.ts';
import { medianRatio, summary } from '../kit/statistics.ts';
import { growthOf } from './growth.ts';
import type { Timed } from './timed.ts';

/** What is measured of one thing at one size. */
export interface Measured {
  readonly what: string;
  readonly times: readonly Timed[];
}

/** Collects what a benchmark finds. */
export class Findings implements BenchResult {
  readonly rows: Row[] = [];
  readonly notes: string[] = [];
  readonly requirements: Requirement[] = [];
  readonly #bySize = new Map<string, { readonly size: number; readonly time: number }[]>();

  /** Adds a measurement. */
  tell(scenario: string, { what, times }: Measured): Row {
    const cpu = times.map((each) => each.cpu).filter((each) => !Number.isNaN(each));
    const wall = times.map((each) => each.wall);
    const row = { scenario, what, ...summary(wall, cpu) };
    this.rows.push(row);
    return row;
  }

  /** Adds a measurement at a size, whose growth from the smallest to the largest is told by `growth`. */
  add(scenario: string, size: number, { what, times }: Measured): void {
    const row = this.tell(`${scenario} ${size}x`, { what, times });
    const key = `${scenario}: ${what}`;
    this.#bySize.set(key, [...(this.#bySize.get(key) ?? []), { size, time: row.median }]);
  }

  /** Holds one thing against another that was measured in turn with it. */
  compare(name: string, part: Measured, whole: Measured, limit?: number): void {
    const ratioOf = (of: (times: Timed) => number): number =>
      medianRatio(part.times.map(of), whole.times.map(of));
    const cpuRatio = ratioOf(({ cpu }) => cpu);
    this.requirements.push({
      name,
      ratio: ratioOf(({ wall }) => wall),
      ...(Number.isNaN(cpuRatio) ? {} : { cpuRatio }),
      ...(limit === undefined ? {} : { limit }),
    });
  }

  /** Tells how what was added grows. */
  growth(scenario: string, what: string): void {
    const name = `${scenario}: ${what}`;
    this.requirements.push(...growthOf(name, this.#bySize.get(name) ?? []));
  }
}
