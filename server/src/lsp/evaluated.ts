import type { CancellationToken } from 'vscode-languageserver';
import { type Cancel, Cancelled } from '../core/base/cancel.ts';
import { EngineFailure } from '../core/evaluate/engine.ts';
import type { Evaluator } from '../core/evaluate/evaluate.ts';
import type { Metric } from '../core/model/project.ts';
import { Refusal } from '../core/plan/refusal.ts';
import { NOT_EVALUATED } from '../core/preview/preview-work.ts';
import type { MetricParams, Unavailable } from '../protocol/custom-request.ts';
import type { ServerContext } from './feature.ts';
import type { Snapshot } from './snapshot.ts';

/** What long work may tell and must listen to. */
export interface Work {
  readonly signal: Cancel;
  readonly progress: (done: number, total: number) => void;
  /** Says what is being done, in words for users. */
  readonly tell: (text: string) => void;
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
  return withProgress(context, params, `Evaluating ${params.metric}`, token, async (work) => {
    try {
      const evaluator = await snapshot.evaluator(token);
      if (evaluator === undefined) return { unavailable: NOT_EVALUATED };
      const metric = evaluator.checked.project.metrics.get(params.metric);
      return metric === undefined ? unknown : await compute(evaluator, metric, work);
    } catch (error) {
      return unavailableBy(error, work);
    }
  });
}

/** Says in the answer why something cannot be computed: it is refused, or the engine failed. Throws what is no answer. */
export function unavailableBy(error: unknown, { signal }: Work): Unavailable {
  if (signal.aborted) throw new Cancelled();
  if (error instanceof Refusal || error instanceof EngineFailure) return { unavailable: error.message };
  throw error;
}

/** Does long work whose progress the client sees under its token; cancelling the request stops it. */
export async function withProgress<T>(
  { connection }: ServerContext,
  { workDoneToken }: { readonly workDoneToken?: string | number },
  title: string,
  token: CancellationToken,
  run: (work: Work) => Promise<T>,
): Promise<T> {
  const progress = connection.window.attachWorkDoneProgress(workDoneToken);
  progress.begin(title, 0, undefined, true);
  const stop = new AbortController();
  const listening = token.onCancellationRequested(() => stop.abort());
  if (token.isCancellationRequested) stop.abort();
  try {
    return await run({
      signal: stop.signal,
      tell: (text) => progress.report(text),
      progress: (done, total) => progress.report(Math.round((100 * done) / Math.max(1, total))),
    });
  } finally {
    listening.dispose();
    progress.done();
  }
}
