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
    for (const name of openEnds(before, after, fact, renames))
      moved.set(name, [...(moved.get(name) ?? []), fact]);
  }
  return moved;
}

/** The sources whose last day the metric of a fact moves, on the one side or the other; by their names after the change. */
function openEnds(
  before: DiffSide,
  after: DiffSide,
  { subject }: Fact,
  renames: Renames,
): ReadonlySet<string> {
  const old = [...before.checked.project.metrics.keys()].find(
    (name) => (renames.of('metric', name) ?? name) === subject.name,
  );
  const was = old === undefined ? undefined : sourceWithOpenEnd(before, old);
  const is = sourceWithOpenEnd(after, subject.name);
  const then = was === undefined ? [] : [renames.of('source', was) ?? was];
  return new Set(is === undefined ? then : [...then, is]);
}

function sourceWithOpenEnd({ checked }: DiffSide, name: string): string | undefined {
  const { project } = checked;
  const metric = project.metrics.get(name);
  if (metric === undefined || project.settings.asOf !== undefined) return undefined;
  const source = sourceOf(project, metric);
  const isOwn = metric.time !== undefined && metric.time.text !== source?.time?.text;
  return source === undefined || source.asOf !== undefined || !isOwn ? undefined : source.name;
}
