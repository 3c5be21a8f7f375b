import type { Checked } from '../check/checked.ts';
import { ownSourceWord } from '../check/metrics.ts';
import type { Needs } from '../check/needs.ts';
import { homesOf } from '../check/reach.ts';
import type { Metric, Segment } from '../model/project.ts';

/**
 * What a segment needs to break down metrics: what its own expressions use, the sources on which it is read, and every way of links to them
 * from the sources of the metrics. Of several ways each counts, as none is taken while there are several.
 */
export function segmentNeeds(
  checked: Checked,
  segment: Segment,
  metrics: readonly Metric[],
): readonly Needs[] {
  const homes = homesOf(segment).filter((home) => checked.project.sources.has(home));
  const ways = [...new Set(metrics.flatMap((metric) => sourcesOf(checked, metric)))].flatMap((source) =>
    homes.flatMap((home) =>
      checked.paths(source, home).map((links) => checked.needs.ofPath(source, links, undefined)),
    ),
  );
  return [checked.needs.ofSegment(segment), { columns: [], links: [], sources: homes }, ...ways];
}

/** The sources whose rows a metric reads itself, those of the steps of a conversion too. */
function sourcesOf({ project, kinds }: Checked, metric: Metric): readonly string[] {
  const kind = kinds.get(metric.type ?? '');
  const steps = kind?.expressions(metric.spec).flatMap(({ source }) => source?.text ?? []) ?? [];
  const own = ownSourceWord(metric, kind)?.text;
  return [...(own === undefined ? [] : [own]), ...steps].filter((name) => project.sources.has(name));
}
