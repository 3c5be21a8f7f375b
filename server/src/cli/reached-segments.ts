import type { Checked } from '../core/check/checked.ts';
import { homesOf } from '../core/check/reach.ts';
import type { Metric } from '../core/model/project.ts';
import { sourcesOf } from '../core/open-data.ts';

/** The segments that every source of a metric reaches, in the order of the files. */
export function reachedSegments(checked: Checked, metric: Metric): readonly string[] {
  const sources = [...sourcesOf(checked, [metric])];
  const { segments } = checked.project;
  return [...segments.values()]
    .filter((segment) => {
      const homes = homesOf(segment);
      return sources.every((source) => homes.some((home) => checked.paths(source, home).length > 0));
    })
    .map(({ name }) => name);
}
