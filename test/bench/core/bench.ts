import { join } from 'node:path';
import type { BenchResult } from '../kit/report.ts';
import { benchCheck } from './check.ts';
import { benchCold } from './cold.ts';
import { benchDiff } from './diff.ts';
import { benchEval } from './eval.ts';
import { Findings } from './findings.ts';
import { benchLifecycle } from './lifecycle.ts';
import { benchMemory } from './memory.ts';

/** What can be measured, in this order. */
export const SCENARIOS = ['check', 'cold', 'eval', 'memory', 'lifecycle', 'diff'] as const;
export type Scenario = (typeof SCENARIOS)[number];

export interface CoreOptions {
  readonly scenarios: ReadonlySet<string>;
  /** Metrics of the smallest project, and how many stand in one file. */
  readonly metrics: number;
  readonly perFile: number;
  /** Events of the sample at the largest size, and rows of a file of the project that is compared. */
  readonly events: number;
  /** Spells of the lifecycle at the largest size, with ten times as many events. */
  readonly spells: number;
  /** How many times the smallest size, in ascending order. */
  readonly sizes: readonly number[];
  readonly repeat: number;
}

/** Runs the scenarios. */
export async function benchCore(
  folder: string,
  options: CoreOptions,
  say: (line: string) => void,
): Promise<BenchResult> {
  const findings = new Findings();
  const { scenarios } = options;
  if (scenarios.has('check')) await benchCheck(findings, options, say);
  if (scenarios.has('cold')) await benchCold(findings, folder, options, say);
  const samples = join(folder, 'samples');
  if (scenarios.has('eval')) await benchEval(findings, samples, options, say);
  if (scenarios.has('memory')) await benchMemory(findings, samples, options, say);
  if (scenarios.has('lifecycle')) await benchLifecycle(findings, join(folder, 'lifecycle'), options, say);
  if (scenarios.has('diff')) await benchDiff(findings, folder, options, say);
  return findings;
}
