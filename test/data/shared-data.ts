import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { formatPeriod } from '../../server/src/core/base/period.ts';
import { evaluate, type MetricResult } from '../../server/src/core/evaluate/evaluate.ts';
import type { Estimate } from '../../server/src/core/plan/metric-plan.ts';
import { engineChildPath, testEngine } from '../kit/engine.ts';
import { present } from '../kit/present.ts';
import { openFolder } from '../kit/reference/run.ts';

const SHARED = join('..', 'shared', 'data');

/** The values of a project over a public data set. */
export interface DataProject {
  /** Of the total, or of the group with these labels. */
  readonly at: (metric: string, period?: string, group?: readonly string[]) => Estimate;
  readonly groups: (metric: string) => readonly string[];
  /** Codes of the errors and warnings that checking and evaluation gave. */
  readonly problems: () => readonly string[];
  /** What `plumbline eval --format json` prints of the project. */
  readonly commandLine: () => Promise<CommandLine>;
}

/** As much of `schemas/result.schema.json` as the tests read. */
export interface CommandLine {
  readonly metrics: readonly {
    readonly metric: string;
    readonly values: readonly {
      readonly period: string;
      readonly group: Readonly<Record<string, string>>;
      readonly value: number | null;
      readonly n: number;
      readonly low: number | null;
      readonly high: number | null;
    }[];
  }[];
}

/**
 * Called inside `describe`: copies the project of `test/data/<name>` and the data file to a folder of their own, as data must lie
 * inside its project, and evaluates all. Skips the tests, with a message, where the data is not at hand.
 */
export function dataProject(name: string, dataFile: string): DataProject {
  const engine = testEngine();
  let folder = '';
  let results: readonly MetricResult[] = [];
  let codes: readonly string[] = [];
  before(async function () {
    const data = join(SHARED, dataFile);
    if (!existsSync(data)) {
      console.log(`Skipped: ${data} is not there.`);
      return this.skip();
    }
    folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
    await cp(join('test', 'data', name), folder, { recursive: true });
    await cp(data, join(folder, present(dataFile.split('/').at(-1))));
    const { evaluator, analysis } = await openFolder(engine, folder);
    const { metrics, problems } = await evaluate(evaluator, { ownSegments: true });
    results = metrics;
    codes = [...analysis.problems, ...problems]
      .filter(({ severity }) => severity !== 'info')
      .map(({ code }) => code);
  });
  after(() => (folder === '' ? undefined : rm(folder, { recursive: true, force: true })));
  const resultOf = (metric: string): MetricResult =>
    present(
      results.find((result) => result.metric.name === metric),
      metric,
    );
  return {
    at(metric, period, group) {
      const { total, breakdowns, refused } = resultOf(metric);
      const series = present(group === undefined ? total : breakdowns[0]?.series, `${metric}: ${refused}`);
      const found = series.periods.find((one) => period === undefined || formatPeriod(one) === period);
      return series.at(present(found, `${metric} ${period}`), group ?? []);
    },
    groups: (metric) =>
      (resultOf(metric).breakdowns[0]?.series.groups ?? []).map((labels) => labels.join(' ')),
    problems: () => codes,
    commandLine: () => runCommandLine(folder),
  };
}

async function runCommandLine(folder: string): Promise<CommandLine> {
  const cli = join(dirname(engineChildPath()), 'cli.js');
  const args = [cli, 'eval', '--project', folder, '--format', 'json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout);
}

/** Equal to so many digits behind the decimal point, as the expected value is written. */
export function near(actual: number | null, expected: number, digits: number): void {
  const value = present(actual ?? undefined);
  assert.ok(Math.abs(value - expected) <= 0.5000001 * 10 ** -digits, `${value} is not ${expected}`);
}
