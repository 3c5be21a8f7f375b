import { namedTimes } from '../evaluate/extents.ts';
import type { Metric } from '../model/project.ts';
import type { Fact } from './fact.ts';
import type { Renames } from './renames.ts';
import type { DiffSide } from './side.ts';

/** A time other than a source's own that reaches the last day of that source, as a metric puts its rows into periods by it. */
export interface EndTime {
  /** The metric that names it, by itself, in a step or in a metric that stands inside it. */
  readonly metric: string;
  readonly source: string;
  /** As it is written. */
  readonly time: string;
}

/**
 * The times that tell until when the data of sources count, beside their own: where nothing says it, the last day is the latest of the
 * source's `time` and of every `time` that metrics name, so that a metric with a time of its own can move the numbers of others. Each
 * time of a source is listed once for each metric that names it.
 */
export function endTimes({ checked }: DiffSide): readonly EndTime[] {
  const { project } = checked;
  if (project.settings.asOf !== undefined) return [];
  return namedTimes(checked).flatMap(({ metric, source: name, time }) => {
    const source = project.sources.get(name);
    const isOpen = source !== undefined && source.asOf === undefined && time !== source.time?.text;
    return isOpen ? [{ metric: outermost(metric).name, source: name, time }] : [];
  });
}

/** The facts of metrics that name another time than before, by the sources whose last day that may move; names are those after the change. */
export function movedEnds(
  before: DiffSide,
  after: DiffSide,
  facts: readonly Fact[],
  renames: Renames,
): ReadonlyMap<string, readonly Fact[]> {
  const then = endTimes(before).map(({ metric, source, time }) => ({
    metric: renames.of('metric', metric) ?? metric,
    source: renames.of('source', source) ?? source,
    time,
  }));
  const now = endTimes(after);
  const [was, is] = [new Set(then.map(endKey)), new Set(now.map(endKey))];
  const others = [
    ...then.filter((end) => !is.has(endKey(end))),
    ...now.filter((end) => !was.has(endKey(end))),
  ];
  const moved = new Map<string, readonly Fact[]>();
  for (const source of new Set(others.map((end) => end.source))) {
    const metrics = new Set(others.flatMap((end) => (end.source === source ? [end.metric] : [])));
    const told = aboutTimes(facts, metrics);
    if (told.length > 0) moved.set(source, told);
  }
  return moved;
}

/** A time that another metric names too moves nothing when it comes or goes. */
function endKey({ source, time }: EndTime): string {
  return `${source}\u0000${time}`;
}

/** What says which times some metrics name: where nothing does so by itself, such as another type, all that can move them. */
function aboutTimes(facts: readonly Fact[], metrics: ReadonlySet<string>): readonly Fact[] {
  const own = facts.filter(
    ({ subject, change, class: of }) =>
      subject.kind === 'metric' && metrics.has(subject.name) && (of === 'values' || WHOLE.has(change)),
  );
  const named = own.filter(({ path, change }) => WHOLE.has(change) || TIMES.has(path.at(-1) ?? ''));
  return named.length > 0 ? named : own;
}

/** A metric that comes or goes takes its times with it. */
const WHOLE: ReadonlySet<Fact['change']> = new Set(['added', 'removed']);
const TIMES: ReadonlySet<string> = new Set(['time', 'source']);

function outermost(metric: Metric): Metric {
  return metric.parent === undefined ? metric : outermost(metric.parent);
}
