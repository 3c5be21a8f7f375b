import { type CancellationToken, ProgressType } from 'vscode-languageserver';
import { computedText, expectedText, failureMessage } from '../../core/evaluate/example-text.ts';
import { type ExampleResult, runExamples as run } from '../../core/evaluate/run-examples.ts';
import { expectedAt } from '../../core/ide/metric-examples.ts';
import { unitOf } from '../../core/model/metric-unit.ts';
import type { Metric } from '../../core/model/project.ts';
import { NOT_EVALUATED } from '../../core/preview/preview-work.ts';
import type { Unavailable } from '../../protocol/custom-request.ts';
import { type ExampleOutcome, type RunExamplesParams, runExamplesRequest } from '../../protocol/examples.ts';
import { unavailableBy, type Work, withProgress } from '../evaluated.ts';
import type { Feature, ServerContext } from '../feature.ts';
import { onCustomRequest } from '../on-custom-request.ts';
import type { Snapshot } from '../snapshot.ts';

/** `plumbline/runExamples`: what `plumbline test` says of each example, as soon as it is known. */
export const runExamples: Feature = {
  capabilities: {},
  register(context) {
    onCustomRequest(context, runExamplesRequest, (snapshot, params, token) =>
      withProgress(context, params, 'Running examples', token, (work) =>
        runIn(context, snapshot, params, token, work),
      ),
    );
  },
};

async function runIn(
  context: ServerContext,
  snapshot: Snapshot,
  params: RunExamplesParams,
  token: CancellationToken,
  work: Work,
): Promise<readonly ExampleOutcome[] | Unavailable> {
  const { only, has } = chosen(params);
  const { metrics } = snapshot.context.checked.project;
  const wanted = [...metrics.values()].filter(({ name, examples }) => examples.length > 0 && has(name));
  const outcomes: ExampleOutcome[] = [];
  const tell = teller(context, params);
  let before = performance.now();
  const each = (result: ExampleResult): void => {
    const now = performance.now();
    const outcome = outcomeOf(snapshot, result, now - before);
    before = now;
    if (outcome === undefined) return;
    outcomes.push(outcome);
    tell(outcome);
  };
  try {
    // What these metrics mean is enough, unless they are all.
    const files = params.examples === undefined ? undefined : [...new Set(wanted.map(({ file }) => file))];
    const evaluator = await snapshot.evaluator(token, files);
    if (evaluator === undefined) return { unavailable: NOT_EVALUATED };
    // Of the very state that is evaluated, in which somebody may have typed on.
    const latest = wanted.flatMap(({ name }) => evaluator.checked.project.metrics.get(name) ?? []);
    before = performance.now();
    await run(evaluator, latest, { ...work, only, each });
    return outcomes;
  } catch (error) {
    return unavailableBy(error, work);
  }
}

/** Which examples are asked for. */
function chosen({ examples }: RunExamplesParams): {
  readonly has: (metric: string) => boolean;
  readonly only: (metric: Metric, index: number) => boolean;
} {
  if (examples === undefined) return { has: () => true, only: () => true };
  const byMetric = new Map<string, Set<number> | 'all'>();
  for (const { metric, index } of examples) {
    const known = byMetric.get(metric) ?? new Set<number>();
    if (index === undefined || known === 'all') byMetric.set(metric, 'all');
    else byMetric.set(metric, known.add(index));
  }
  return {
    has: (metric) => byMetric.has(metric),
    only: ({ name }, index) => {
      const known = byMetric.get(name);
      return known === 'all' || (known?.has(index) ?? false);
    },
  };
}

/** Sends outcomes under the token for partial results, where there is one. */
function teller(
  { connection }: ServerContext,
  { partialResultToken }: RunExamplesParams,
): (outcome: ExampleOutcome) => void {
  if (partialResultToken === undefined) return () => {};
  const type = new ProgressType<readonly ExampleOutcome[]>();
  return (outcome) => void connection.sendProgress(type, partialResultToken, [outcome]);
}

/** The outcome at the place where the example stands in the text that was asked about; nothing where it stands there no more. */
function outcomeOf(
  { context, location }: Snapshot,
  result: ExampleResult,
  milliseconds: number,
): ExampleOutcome | undefined {
  const { project, kinds } = context.checked;
  const metric = project.metrics.get(result.metric.name);
  const example = metric?.examples[result.index];
  if (metric === undefined || example === undefined) return undefined;
  const unit = unitOf(project, kinds, result.metric);
  return {
    metric: metric.name,
    index: result.index,
    outcome: result.passed ? 'passed' : result.refused === undefined ? 'failed' : 'errored',
    expected: result.example.expect === undefined ? null : expectedText(result),
    actual: computedText(result, unit) ?? null,
    message: result.passed ? null : failureMessage(result, unit),
    at: location(expectedAt(metric, example)),
    milliseconds,
  };
}
