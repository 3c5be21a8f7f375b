import { throwIfCancelled } from '../base/cancel.ts';
import type { Need } from '../evaluate/numbers.ts';
import { targetsOf } from '../ide/targets-of.ts';
import type { Metric } from '../model/project.ts';
import { onData, type PreviewWork } from './preview-work.ts';

/** So many numbers are waited for first; then twice as many, and so on, since every message holds all that is known. */
const FIRST = 48;

/**
 * Has the numbers of metrics and of their targets computed, some at a time, so that those that share a scan share it. Returns why
 * there can be none, in words for users; else `undefined`. Rejects with `Cancelled`.
 *
 * @param arrived called whenever more of them are known
 */
export async function wantNumbers<At>(
  work: PreviewWork<At>,
  metrics: readonly Metric[],
  arrived: () => void,
): Promise<string | undefined> {
  const { context } = work;
  const needs = metrics.flatMap((metric): Need[] => [
    { kind: 'metric', name: metric.name },
    ...targetsOf(context.checked.project, metric.name).map(({ name }): Need => ({ kind: 'target', name })),
  ]);
  const missing = needs.filter((need) => !isKnown(work, need));
  if (missing.length === 0 && context.numbers !== undefined) return undefined;
  return onData(work, async () => {
    for (let done = 0, size = FIRST; done < missing.length; size *= 2) {
      const before = done;
      const next = missing.slice(before, before + size);
      await work.compute(next, (more) => work.progress?.(before + more, missing.length));
      throwIfCancelled(work.signal);
      done += next.length;
      if (done < missing.length) arrived();
    }
  });
}

function isKnown<At>({ context: { numbers } }: PreviewWork<At>, need: Need): boolean {
  if (need.kind !== 'metric' && need.kind !== 'target') return false;
  const known = need.kind === 'metric' ? numbers?.metric(need.name) : numbers?.target(need.name);
  return known?.stale === false;
}
