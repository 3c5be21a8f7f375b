import type { Checked } from '../check/checked.ts';
import { timedMetrics } from '../evaluate/extents.ts';
import { dependenciesOf } from '../model/metric-references.ts';
import type { AnyDefinition, Metric, Project } from '../model/project.ts';
import { readProject } from '../model/read-project.ts';

/**
 * The part of a project on which some metrics rest, so that a change in it is checked quickly: the metrics with all that they name, every source and segment, and the metrics
 * with a time of their own, as these say up to which day a source counts.
 */
export function projectAround(checked: Checked, metrics: readonly Metric[]): Project {
  const { project, kinds } = checked;
  const needed = new Set<AnyDefinition>(metrics);
  for (const metric of metrics) for (const part of dependenciesOf(project, kinds, metric)) needed.add(part);
  for (const metric of timedMetrics(checked)) needed.add(outermost(metric));
  const isNeeded = (definition: AnyDefinition): boolean =>
    definition.definition === 'source' || definition.definition === 'segment' || needed.has(definition);
  const files = project.files.filter(({ definitions }) => definitions.some(isNeeded));
  return readProject(project.folder, project.settings, files);
}

function outermost(metric: Metric): Metric {
  return metric.parent === undefined ? metric : outermost(metric.parent);
}
