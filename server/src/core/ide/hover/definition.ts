import { labelOf } from '../../model/label-of.ts';
import type { Definition, Metric } from '../../model/project.ts';
import { describeColumn } from '../describe/column.ts';
import { describeJourney } from '../describe/journey.ts';
import { describeMetric } from '../describe/metric.ts';
import { describeGroup, describeSegment } from '../describe/segment.ts';
import { describeLink, describeSource } from '../describe/source.ts';
import { describeTarget } from '../describe/target.ts';
import type { IdeContext } from '../ide-context.ts';
import { type Block, paragraph, type Words } from '../prose/prose.ts';
import { benchmarks } from './benchmarks.ts';
import { columnValues } from './column-values.ts';
import { metricLineage, segmentUsers, sourceUsers } from './lineage.ts';
import { metricTargets, targetStand } from './metric-targets.ts';
import { metricValue } from './metric-value.ts';
import { segmentRows, sourceRows } from './rows.ts';

/** All that is said of a metric: what it is, its value and trend, targets and benchmarks, and where it stands among the others. */
export function metricBlocks(context: IdeContext, metric: Metric): readonly Block[] {
  const { checked } = context;
  return [
    ...aboutBlocks(metric, metricTags(metric)),
    ...describeMetric(checked, metric),
    ...metricValue(context, metric),
    ...(metric.parent === undefined ? metricTargets(context, metric.name) : []),
    ...benchmarks(context, metric),
    ...metricLineage(checked, metric),
  ];
}

function metricTags({ status, deprecated, parent }: Metric): Words {
  if (parent !== undefined) return [' (part of ', { code: parent.name }, ')'];
  if (status !== 'deprecated') return status === 'draft' ? [' (draft)'] : [];
  return [
    ' (deprecated',
    ...(deprecated?.since === undefined ? [] : [` since ${deprecated.since}`]),
    ...(deprecated?.use === undefined ? [] : ['; use ', { code: deprecated.use.text }]),
    ')',
  ];
}

/** The label of a definition with its own words about itself. */
function aboutBlocks(definition: Definition, tags: Words = []): readonly Block[] {
  const { description, why, owner } = definition;
  const reason: Words = [
    ...(why === undefined ? [] : ['Why: ', why]),
    ...(owner === undefined ? [] : [why === undefined ? 'Owner: ' : ' Owner: ', owner]),
  ];
  return [
    paragraph({ strong: labelOf(definition) }, ...tags),
    ...(description === undefined ? [] : [paragraph(description)]),
    ...(reason.length === 0 ? [] : [paragraph(...reason)]),
  ];
}

/** All that is said of a source, segment, target or journey by its name; nothing where there is none. */
export function namedBlocks(
  context: IdeContext,
  kind: 'source' | 'segment' | 'target' | 'journey',
  name: string,
): readonly Block[] {
  const { checked } = context;
  const { project } = checked;
  switch (kind) {
    case 'source': {
      const source = project.sources.get(name);
      if (source === undefined) return [];
      return [
        ...aboutBlocks(source),
        ...describeSource(project, source),
        ...sourceRows(context, name),
        ...sourceUsers(checked, name),
      ];
    }
    case 'segment': {
      const segment = project.segments.get(name);
      if (segment === undefined) return [];
      return [
        ...aboutBlocks(segment),
        ...describeSegment(project, segment),
        ...segmentRows(context, name),
        ...segmentUsers(checked, name),
      ];
    }
    case 'target': {
      const target = project.targets.get(name);
      if (target === undefined) return [];
      return [...aboutBlocks(target), ...describeTarget(checked, target), ...targetStand(context, target)];
    }
    case 'journey': {
      const journey = project.journeys.get(name);
      return journey === undefined ? [] : [...aboutBlocks(journey), ...describeJourney(project, journey)];
    }
  }
}

/** All that is said of a group of a segment. */
export function groupBlocks(context: IdeContext, name: string, group: string): readonly Block[] {
  const { checked } = context;
  const segment = checked.project.segments.get(name);
  if (segment === undefined) return [];
  return [
    paragraph({ strong: group }, ', a group of ', labelOf(segment)),
    ...describeGroup(checked.project, segment, group),
    ...segmentRows(context, name, group),
    ...segmentUsers(checked, name, group),
  ];
}

/** All that is said of a column. */
export function columnBlocks(context: IdeContext, source: string, column: string): readonly Block[] {
  const found = context.numbers?.column(source, column)?.value.type;
  return [
    ...describeColumn(context.checked, source, column, found),
    ...columnValues(context, source, column),
  ];
}

/** All that is said of a link: where it leads, and what there is. */
export function linkBlocks({ checked }: IdeContext, source: string, link: string): readonly Block[] {
  const from = checked.project.sources.get(source);
  if (from === undefined) return [];
  const to = checked.project.sources.get(from.links.get(link)?.to?.text ?? '');
  return [
    paragraph({ strong: link }, ', a link of ', labelOf(from)),
    ...describeLink(checked.project, from, link),
    ...(to === undefined ? [] : describeSource(checked.project, to)),
  ];
}
