import { basename } from 'node:path';
import { reachedSegments } from '../../server/src/cli/reached-segments.ts';
import { analyse } from '../../server/src/core/analyse.ts';
import type { Problem } from '../../server/src/core/base/problem.ts';
import type { Checked } from '../../server/src/core/check/checked.ts';
import { homesOf } from '../../server/src/core/check/reach.ts';
import {
  type Evaluator,
  evaluate,
  type MetricResult,
  runContext,
} from '../../server/src/core/evaluate/evaluate.ts';
import { dataFindings } from '../../server/src/core/evaluate/findings.ts';
import { loadData } from '../../server/src/core/evaluate/load-data.ts';
import { unguardedClause } from '../../server/src/core/evaluate/problems.ts';
import { runExamples } from '../../server/src/core/evaluate/run-examples.ts';
import { kinds } from '../../server/src/core/kinds/index.ts';
import type { Metric } from '../../server/src/core/model/project.ts';
import { findUnguarded } from '../../server/src/core/mutate/find-unguarded.ts';
import { sourcesOf } from '../../server/src/core/open-data.ts';
import type { QueryEngine } from '../../server/src/core/ports.ts';
import { pathOf } from '../../server/src/core/syntax/units/unit-id.ts';
import { loadProject } from '../../server/src/core/workspace.ts';
import { createNodeFileSystem } from '../../server/src/hosts/node-file-system.ts';
import { withFolder } from '../kit/reference/run.ts';
import type { Files } from './page-project.ts';

/** What checking and evaluating a project came to. */
export interface Outcome {
  /** Problems of the definitions and of the data, and examples that fail. */
  readonly problems: readonly Found[];
  /** Metrics, breakdowns and targets that have no value, with the reason. */
  readonly refused: readonly string[];
  /** The values of the metrics; none where an error of the definitions stood in the way. */
  readonly results: readonly MetricResult[];
  /** What evaluates more on the same data; `undefined` where `results` is empty for that reason. */
  readonly evaluator: Evaluator | undefined;
}

/** One problem, as a test shows it. */
export interface Found {
  readonly rule: string;
  /** The name of the file without its folder. */
  readonly file: string;
  readonly message: string;
  /** Whether it only tells something, and asks for nothing. */
  readonly isNote: boolean;
  /** Whether rows were found that break what is declared of them. */
  readonly isOfData: boolean;
}

/**
 * Checks a project, and where that finds no error, evaluates what some of its files define: metrics with their segments, segments on a metric
 * that reaches them, targets and examples; and looks at the rows of the sources that this takes, and of those that the files define. Files are named without their folders.
 */
export async function outcomeOf(engine: QueryEngine, files: Files, ...names: string[]): Promise<Outcome> {
  return withFolder(files, async (folder) => {
    const loaded = await loadProject(createNodeFileSystem(), folder, { kinds });
    const { checked, problems } = analyse(loaded, kinds);
    if (problems.some(({ severity }) => severity === 'error'))
      return { problems: problems.map(told), refused: [], results: [], evaluator: undefined };
    const asked = askedOf(checked, names);
    const data = await loadData(checked, engine, asked.sources);
    const analysis = analyse({ ...loaded, shapes: data.shapes }, kinds);
    const evaluator = { checked: analysis.checked, kinds, engine, data };
    const outcome = await evaluated(evaluator, askedOf(analysis.checked, names));
    return { ...outcome, problems: [...analysis.problems.map(told), ...outcome.problems].filter(once) };
  });
}

interface Asked {
  readonly metrics: readonly Metric[];
  /** Each segment with a metric that reaches it. */
  readonly segments: readonly { readonly name: string; readonly metric: Metric | undefined }[];
  readonly sources: ReadonlySet<string>;
}

/** What is to be evaluated of files. */
function askedOf(checked: Checked, names: readonly string[]): Asked {
  const { project } = checked;
  const all = [...project.metrics.values()];
  const isHere = (definition: { readonly file: string }): boolean =>
    names.includes(basename(pathOf(definition.file)));
  const segments = [...project.segments.values()].filter(isHere).map(({ name }) => ({
    name,
    metric: all.find((metric) => reachedSegments(checked, metric).includes(name)),
  }));
  const targeted = [...project.targets.values()].filter(isHere).map(({ metric }) => metric?.text);
  const metrics = all.filter((metric) => isHere(metric) || targeted.includes(metric.name));
  const measured = [...metrics, ...segments.flatMap(({ metric }) => metric ?? [])];
  const own = [...project.sources.values()].filter(isHere).map(({ name }) => name);
  const homes = [...project.segments.values()].filter(isHere).flatMap(homesOf);
  return { metrics, segments, sources: new Set([...own, ...homes, ...sourcesOf(checked, measured)]) };
}

async function evaluated(evaluator: Evaluator, { metrics, segments, sources }: Asked): Promise<Outcome> {
  const { metrics: results, targets } = await evaluate(evaluator, {
    metrics,
    ownSegments: true,
    findings: false,
  });
  const looked = [...evaluator.checked.project.sources.values()].filter(({ name }) => sources.has(name));
  const findings = await dataFindings(runContext(evaluator), evaluator.data, looked, results);
  const refused = [
    ...results.flatMap(({ metric, refused }) => reason(`metric ${metric.name}`, refused)),
    ...results.flatMap(({ metric, refusedBreakdowns }) =>
      refusedBreakdowns.map(({ by, refused }) => `${metric.name} by ${by.join(', ')}: ${refused}`),
    ),
    ...targets.flatMap(({ target, refused }) => reason(`target ${target.name}`, refused)),
  ];
  for (const { name, metric } of segments) {
    if (metric === undefined) refused.push(`segment ${name}: no metric reaches it.`);
    else refused.push(...(await refusedBy(evaluator, metric, name)));
  }
  const examples = await failedExamples(evaluator, metrics);
  return {
    problems: [
      ...findings.map((problem) => ({ ...told(problem), isOfData: true })),
      ...examples,
      ...(await unguarded(evaluator, metrics)),
    ],
    refused,
    results,
    evaluator,
  };
}

/** Clauses without a guard, which nobody who has not asked for them is told. */
async function unguarded(evaluator: Evaluator, metrics: readonly Metric[]): Promise<readonly Found[]> {
  if (evaluator.checked.project.settings.rules.get(unguardedClause.id) !== 'error') return [];
  const found = await findUnguarded(evaluator, kinds, metrics);
  return found.unguarded.map(({ problem }) => told(problem));
}

async function refusedBy(evaluator: Evaluator, metric: Metric, segment: string): Promise<readonly string[]> {
  const { metrics } = await evaluate(evaluator, {
    metrics: [metric],
    by: [segment],
    targets: [],
    findings: false,
  });
  return metrics.flatMap(({ refused, refusedBreakdowns }) => [
    ...reason(`segment ${segment}`, refused),
    ...refusedBreakdowns.map((breakdown) => `segment ${segment}: ${breakdown.refused}`),
  ]);
}

function once(found: Found, index: number, all: readonly Found[]): boolean {
  return all.findIndex(({ file, message }) => file === found.file && message === found.message) === index;
}

function told({ code, message, file, severity }: Problem): Found {
  return {
    rule: code,
    file: basename(pathOf(file)),
    message,
    isNote: severity === 'info',
    isOfData: false,
  };
}

function reason(what: string, refused: string | undefined): readonly string[] {
  return refused === undefined ? [] : [`${what}: ${refused}`];
}

async function failedExamples(evaluator: Evaluator, metrics: readonly Metric[]): Promise<readonly Found[]> {
  const results = await runExamples(evaluator, metrics);
  return results
    .filter(({ passed }) => !passed)
    .map(({ metric, index, expected, computed, refused }) => ({
      rule: 'example-fails',
      isNote: false,
      isOfData: false,
      file: basename(pathOf(metric.file)),
      message: `Example ${index + 1} of ${metric.name} expects ${expected}, not ${refused ?? computed?.value}.`,
    }));
}
