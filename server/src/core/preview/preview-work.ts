import { throwIfCancelled } from '../base/cancel.ts';
import type { Place } from '../base/span.ts';
import type { ReportedDiff } from '../diff/reported-diff.ts';
import { EngineFailure } from '../evaluate/engine.ts';
import type { EvaluationOptions, Evaluator } from '../evaluate/evaluate.ts';
import type { Need } from '../evaluate/numbers.ts';
import type { IdeContext } from '../ide/ide-context.ts';
import type { PlanHook } from '../plan/metric-plan.ts';
import { Refusal } from '../plan/refusal.ts';
import type { Base } from './comparison.ts';
import type { PlaceWriter } from './comparison-of.ts';
import type { DefinitionPreview, Preview } from './preview.ts';

/** What previews are made with. `At` is how the face writes places. */
export interface PreviewWork<At> extends EvaluationOptions {
  /** The project as it is written, and the numbers that are known of it. */
  readonly context: IdeContext;
  readonly kinds: ReadonlyMap<string, PlanHook<unknown>>;
  readonly at: (place: Place) => At;
  /** The project on its data; `undefined` where nothing is evaluated. Rejects with `EngineFailure` and `Cancelled`. */
  evaluator(): Promise<Evaluator | undefined>;
  /** Has numbers computed, telling how many are there: the context's `numbers` know them then, unless they cannot be. */
  compute(needs: readonly Need[], progress: (done: number) => void): Promise<void>;
  /** Compares the project with another version of it; absent where that cannot be done. Rejects with `EngineFailure`, `Refusal` and `Cancelled`. */
  compare?(base: Base): Promise<{ readonly report: ReportedDiff; readonly at: PlaceWriter<At> }>;
  /** Told the preview as far as it is known, again with each section. */
  show(preview: Preview<At>): void;
}

/** Why there are no values where the face evaluates nothing. */
export const NOT_EVALUATED = 'Metrics are not evaluated in this workspace.';

/**
 * Does what needs data. Returns why it could not be done, in words for users, and `undefined` where it was. Rejects with `Cancelled`,
 * and with what is a defect.
 */
export async function onData<At>(
  work: PreviewWork<At>,
  use: (evaluator: Evaluator) => Promise<void>,
): Promise<string | undefined> {
  try {
    const evaluator = await work.evaluator();
    if (evaluator === undefined) return NOT_EVALUATED;
    await use(evaluator);
    throwIfCancelled(work.signal);
    return undefined;
  } catch (error) {
    throwIfCancelled(work.signal);
    if (error instanceof Refusal || error instanceof EngineFailure) return error.message;
    throw error;
  }
}

/**
 * Makes a preview section by section, beginning with what needs no data. Where the rest cannot be had, `about` says why.
 *
 * @param steps how many sections `fill` adds, for the progress
 */
export async function inSections<At, P extends DefinitionPreview<At>>(
  work: PreviewWork<At>,
  outline: P,
  steps: number,
  fill: (evaluator: Evaluator, add: (section: Partial<P>) => void) => Promise<void>,
): Promise<P> {
  let preview = outline;
  let done = 0;
  const show = (section: Partial<P>): void => {
    preview = { ...preview, ...section };
    work.progress?.(Math.min(++done, steps + 1), steps + 1);
    work.show(preview);
  };
  show({});
  const reason = await onData(work, (evaluator) => fill(evaluator, show));
  if (reason === undefined || preview.about.unavailable !== null) return preview;
  return { ...preview, about: { ...preview.about, unavailable: reason } };
}

/** `undefined` for what is refused: something else says why. */
export async function orRefused<T>(promise: Promise<T>): Promise<T | undefined> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
