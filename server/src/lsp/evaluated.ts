import type { CancellationToken } from 'vscode-languageserver';
import type { Cancel } from '../core/base/cancel.ts';
import { EngineFailure } from '../core/evaluate/engine.ts';
import type { Evaluator } from '../core/evaluate/evaluate.ts';
import type { Metric } from '../core/model/project.ts';
import { Refusal } from '../core/plan/refusal.ts';
import type { MetricParams, Unavailable } from '../protocol/custom-request.ts';
import type { ServerContext } from './feature.ts';
import type { Snapshot } from './snapshot.ts';

/** What work on data may tell and must listen to. */
export interface Work {
  readonly signal: Cancel;
  readonly progress: (done: number, total: number) => void;
}

/**
 * Computes something of a metric on the project's data, with progress told under the request's token. Where it cannot be
 * computed the answer says why: nothing is evaluated here, there is no such metric, it has no value, or the engine failed.
 */
export async function evaluated<T>(
  context: ServerContext,
  snapshot: Snapshot,
  params: MetricParams,
  token: CancellationToken,
  compute: (evaluator: Evaluator, metric: Metric, work: Work) => Promise<T>,
): Promise<T | Unavailable> {
  const unknown = { unavailable: `There is no metric "${params.metric}".` };
  if (!snapshot.context.checked.project.metrics.has(params.metric)) return unknown;
  const asked = { title: `Evaluating ${params.metric}`, workDoneToken: params.workDoneToken };
  return onData<T | Unavailable>(context, snapshot, asked, token, async (evaluator, work) => {
    const metric = evaluator.checked.project.metrics.get(params.metric);
    return metric === undefined ? unknown : compute(evaluator, metric, work);
  });
}

/** What somebody sees while work is being done, and under which token it is told. */
export interface Asked {
  readonly title: string;
  readonly workDoneToken: string | number | undefined;
}

/** Computes something on the project's data, with progress; else says why that cannot be done. */
export async function onData<T>(
  { connection }: ServerContext,
  snapshot: Snapshot,
  { title, workDoneToken }: Asked,
  token: CancellationToken,
  compute: (evaluator: Evaluator, work: Work) => Promise<T>,
): Promise<T | Unavailable> {
  const progress = connection.window.attachWorkDoneProgress(workDoneToken);
  progress.begin(title, 0, undefined, true);
  const stop = new AbortController();
  const listening = token.onCancellationRequested(() => stop.abort());
  const work: Work = {
    signal: stop.signal,
    progress: (done, total) => progress.report(Math.round((100 * done) / Math.max(1, total))),
  };
  try {
    const evaluator = await snapshot.evaluator(token);
    if (evaluator === undefined) return { unavailable: 'Metrics are not evaluated in this workspace.' };
    return await compute(evaluator, work);
  } catch (error) {
    const isAnswer = error instanceof Refusal || (error instanceof EngineFailure && !stop.signal.aborted);
    if (!isAnswer) throw error;
    return { unavailable: error.message };
  } finally {
    listening.dispose();
    progress.done();
  }
}
