import { basename } from 'node:path';
import type { Problem } from '../../server/src/core/base/problem.ts';
import { evaluate, runContext } from '../../server/src/core/evaluate/evaluate.ts';
import { dataFindings } from '../../server/src/core/evaluate/findings.ts';
import { runExamples } from '../../server/src/core/evaluate/run-examples.ts';
import type { Metric } from '../../server/src/core/model/project.ts';
import type { QueryEngine } from '../../server/src/core/ports.ts';
import { pathOf } from '../../server/src/core/syntax/units/unit-id.ts';
import { type OpenProject, withProject } from '../kit/reference/run.ts';
import type { Files } from './page-project.ts';

/** What checking and evaluating a project came to. */
export interface Outcome {
  /** Problems of the definitions and of the data, and examples that fail. */
  readonly problems: readonly Found[];
  /** Metrics, breakdowns and targets that have no value, with the reason. */
  readonly refused: readonly string[];
}

/** One problem, as a test shows it. */
export interface Found {
  readonly rule: string;
  /** The name of the file without its folder. */
  readonly file: string;
  readonly message: string;
}

/** Checks a project, evaluates all its metrics with each of its segments, judges its targets and runs its examples. */
export async function outcomeOf(engine: QueryEngine, files: Files): Promise<Outcome> {
  return withProject(engine, files, async (project) => {
    const { project: model } = project.evaluator.checked;
    const metrics = [...model.metrics.values()];
    const found = project.analysis.problems.map(show);
    if (project.analysis.problems.some(({ severity }) => severity === 'error'))
      return { problems: found, refused: [] };
    const evaluation = await evaluate(project.evaluator, { ownSegments: true });
    const findings = await findingsOf(project);
    const results = evaluation.metrics;
    const refused = [
      ...results.flatMap(({ metric, refused }) => reason(`metric ${metric.name}`, refused)),
      ...results.flatMap(({ metric, refusedBreakdowns }) =>
        refusedBreakdowns.map(({ by, refused }) => `${metric.name} by ${by.join(', ')}: ${refused}`),
      ),
      ...evaluation.targets.flatMap(({ target, refused }) => reason(`target ${target.name}`, refused)),
      ...(await refusedSegments(project, [...model.segments.keys()])),
    ];
    const examples = await failedExamples(project, metrics);
    return {
      problems: [...found, ...findings, ...evaluation.problems.map(show), ...examples].filter(once),
      refused,
    };
  });
}

function once(found: Found, index: number, all: readonly Found[]): boolean {
  return all.findIndex(({ file, message }) => file === found.file && message === found.message) === index;
}

function show({ code, message, file }: Problem): Found {
  return { rule: code, file: basename(pathOf(file)), message };
}

function reason(what: string, refused: string | undefined): readonly string[] {
  return refused === undefined ? [] : [`${what}: ${refused}`];
}

/** What the rows break of what is declared of all sources, also of those that no metric uses. */
async function findingsOf({ evaluator }: OpenProject): Promise<readonly Found[]> {
  const sources = [...evaluator.checked.project.sources.values()];
  return (await dataFindings(runContext(evaluator), evaluator.data, sources, [])).map(show);
}

/** Segments by which no metric can be broken down. */
async function refusedSegments(
  { evaluator }: OpenProject,
  names: readonly string[],
): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const name of names) {
    const { metrics } = await evaluate(evaluator, { by: [name], targets: [], findings: false });
    if (metrics.some(({ breakdowns }) => breakdowns.length > 0)) continue;
    refused.push(
      `segment ${name}: ${metrics.flatMap(({ refusedBreakdowns }) => refusedBreakdowns)[0]?.refused}`,
    );
  }
  return refused;
}

async function failedExamples(
  { evaluator }: OpenProject,
  metrics: readonly Metric[],
): Promise<readonly Found[]> {
  const results = await runExamples(evaluator, metrics);
  return results
    .filter(({ passed }) => !passed)
    .map(({ metric, index, expected, computed, refused }) => ({
      rule: 'example-fails',
      file: basename(pathOf(metric.file)),
      message: `Example ${index + 1} of ${metric.name} expects ${expected}, not ${refused ?? computed?.value}.`,
    }));
}
