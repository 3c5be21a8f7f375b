import { sourceOf } from '../model/metric-defaults.ts';
import type { Fact } from './fact.ts';
import type { Renames } from './renames.ts';
import type { DiffSide } from './side.ts';

/**
 * The facts of metrics that may move the last day of a source: where nothing says until when its data count, it is the latest of its
 * own `time` and of every `time` that metrics name, so that a metric with a time of its own can move the numbers of others.
 */
export function movedEnds(
  before: DiffSide,
  after: DiffSide,
  facts: readonly Fact[],
  renames: Renames,
): ReadonlyMap<string, readonly Fact[]> {
  const moved = new Map<string, Fact[]>();
  for (const fact of facts) {
    if (fact.subject.kind !== 'metric') continue;
    const isTime = fact.path.at(-1) === 'time' || fact.change === 'added' || fact.change === 'removed';
    if (!isTime) continue;
    const side = fact.change === 'removed' ? before : after;
    const name = sourceWithOpenEnd(side, fact.subject.name);
    if (name === undefined) continue;
    const now = side === before ? (renames.of('source', name) ?? name) : name;
    moved.set(now, [...(moved.get(now) ?? []), fact]);
  }
  return moved;
}

function sourceWithOpenEnd({ checked }: DiffSide, name: string): string | undefined {
  const { project } = checked;
  const metric = project.metrics.get(name);
  if (metric === undefined || project.settings.asOf !== undefined) return undefined;
  const source = sourceOf(project, metric);
  const isOwn = metric.time !== undefined && metric.time.text !== source?.time?.text;
  return source === undefined || source.asOf !== undefined || !isOwn ? undefined : source.name;
}
