import { type Problem, problemOf } from '../../core/base/problem.ts';
import { settle } from '../../core/check/settle.ts';
import { failureMessage } from '../../core/evaluate/example-text.ts';
import { exampleFails, notComputed } from '../../core/evaluate/problems.ts';
import { type ExampleResult, runExamples } from '../../core/evaluate/run-examples.ts';
import { kinds } from '../../core/kinds/index.ts';
import { unitOf } from '../../core/model/metric-unit.ts';
import { openData } from '../../core/open-data.ts';
import { pathOf } from '../../core/syntax/units/unit-id.ts';
import { inFiles } from '../../core/workspace.ts';
import type { OpenProject } from '../find-projects.ts';
import { loadText } from '../load-text.ts';
import { plural } from '../plural.ts';
import type { CiTest } from './ci-report.ts';
import type { CiWork } from './run-ci-project.ts';

/** What came of the examples of a project. */
export interface CiTests {
  readonly skipped?: string;
  readonly looked: string;
  /** In the files of the project. */
  readonly problems: readonly Problem[];
  /** With absolute paths. */
  readonly tests: readonly CiTest[];
}

/**
 * Runs every example of a project. Where the definitions have errors, an example that cannot be computed says nothing of its own, and is
 * counted only.
 */
export async function runCiTests(
  { loaded, analysis }: OpenProject,
  { session, skip }: Pick<CiWork, 'session' | 'skip'>,
): Promise<CiTests> {
  if (skip.has('tests')) return { skipped: 'left out by --skip', looked: '', problems: [], tests: [] };
  const { engine, signal, progress } = session;
  const tested = [...analysis.checked.project.metrics.values()].filter(({ examples }) => examples.length > 0);
  if (tested.length === 0) return { looked: 'no examples', problems: [], tests: [] };
  progress.show('Loading the data');
  const loading = {
    signal,
    progress: (...told: Parameters<typeof loadText>) => progress.show(loadText(...told)),
  };
  const { evaluator } = await openData(loaded, kinds, engine, tested, loading, analysis);
  const results = await runExamples(evaluator, tested, {
    signal,
    progress: (done, total) => progress.show(`Running examples (${done} of ${total})`),
  });
  progress.clear();
  const broken = analysis.problems.some(({ severity }) => severity === 'error');
  const isQuiet = ({ refused }: ExampleResult): boolean => refused !== undefined && broken;
  const failed = results.filter((result) => !result.passed && !isQuiet(result));
  const { project } = analysis.checked;
  const problems = failed.map((result) => problemOfExample(result, unitOf(project, kinds, result.metric)));
  const quiet = results.filter((result) => !result.passed && isQuiet(result)).length;
  const rest = quiet === 0 ? '' : `, ${quiet} not run because of errors in the definitions`;
  return {
    looked: `${plural(results.length, 'example')} of ${plural(tested.length, 'metric')}${rest}`,
    problems: inFiles(loaded, settle(project, problems)),
    tests: results.map((result) => testOf(result, isQuiet(result))),
  };
}

function problemOfExample(result: ExampleResult, unit: string): Problem {
  const { metric, example, refused } = result;
  const place = { file: metric.file, span: (example.expectNode ?? example.node).span };
  return problemOf(refused === undefined ? exampleFails : notComputed, place, failureMessage(result, unit));
}

function testOf({ metric, index, passed }: ExampleResult, isQuiet: boolean): CiTest {
  const outcome = passed ? 'passed' : isQuiet ? 'skipped' : 'failed';
  return { metric: metric.name, number: index + 1, path: pathOf(metric.file), outcome };
}
