import { formatPeriod } from '../base/period.ts';
import type { Problem } from '../base/problem.ts';
import type { Place } from '../base/span.ts';
import { homesOf } from '../check/reach.ts';
import { formatValue } from '../evaluate/format-value.ts';
import { headlinePeriod } from '../evaluate/series.ts';
import { statusRank, type TargetStatus } from '../evaluate/target-status.ts';
import { labelOf } from '../model/label-of.ts';
import { decimalsOf, unitOf } from '../model/metric-unit.ts';
import type { Definition, Journey, Metric } from '../model/project.ts';
import { pathOf } from '../syntax/units/unit-id.ts';
import { relativeTo } from '../workspace/paths.ts';
import type { IdeContext } from './ide-context.ts';
import { targetsOf } from './targets-of.ts';

/** A project as an explorer shows it: its definitions, and three ways to group its metrics. `At` is how places are written. */
export interface ProjectTree<At = Place> {
  /** The project's `name`; null where it has none. */
  readonly name: string | null;
  /** Absolute path of the root. */
  readonly folder: string;
  /** In the order of the files. */
  readonly metrics: readonly MetricItem<At>[];
  readonly segments: readonly SegmentItem<At>[];
  readonly targets: readonly TargetItem<At>[];
  readonly sources: readonly SourceItem<At>[];
  readonly journeys: readonly JourneyItem<At>[];
  /** Metrics by the file in which they stand, a path from the root. */
  readonly byFile: readonly MetricGroup[];
  /** Metrics by owner, those without one last under null. */
  readonly byOwner: readonly MetricGroup[];
}

/** Names of metrics under one heading. */
export interface MetricGroup {
  readonly name: string | null;
  readonly metrics: readonly string[];
}

export interface TreeItem<At = Place> {
  readonly name: string;
  readonly label: string;
  readonly description: string | null;
  readonly owner: string | null;
  /** The worst that is wrong in it, as far as it is known; null where that is nothing. */
  readonly problem: 'error' | 'warning' | null;
  /** Its name in the text. */
  readonly at: At;
}

export interface MetricItem<At = Place> extends TreeItem<At> {
  readonly type: string | null;
  readonly status: 'draft' | 'active' | 'deprecated';
  readonly tags: readonly string[];
  /** The headline, ready to be read; null where it is not known. */
  readonly headline: HeadlineText | null;
  /** Of its targets whose status is known the one that stands worst; null where there is none. */
  readonly target: TargetStand | null;
}

export interface TargetStand {
  readonly name: string;
  readonly label: string;
  readonly status: TargetStatus;
  /** As for a headline. */
  readonly stale: boolean;
}

export interface HeadlineText {
  /** `42.0 %`. */
  readonly text: string;
  /** `2025-05`. */
  readonly period: string;
  /** Whether the text or the data have changed since in a way that may change it. */
  readonly stale: boolean;
}

export interface SegmentItem<At = Place> extends TreeItem<At> {
  /** The sources on which it is read. */
  readonly sources: readonly string[];
}

export interface TargetItem<At = Place> extends TreeItem<At> {
  readonly metric: string | null;
  /** Where it stands now; null where it is not known. */
  readonly status: TargetStatus | null;
  readonly stale: boolean;
}

export interface SourceItem<At = Place> extends TreeItem<At> {
  /** The file or glob as it is written; null for a union. */
  readonly data: string | null;
}

export interface JourneyItem<At = Place> extends TreeItem<At> {
  readonly segment: string | null;
  readonly stages: readonly StageItem<At>[];
}

export interface StageItem<At = Place> {
  readonly name: string;
  readonly label: string;
  readonly pains: readonly string[];
  readonly at: At;
  /** Names, also of metrics that do not exist. */
  readonly metrics: readonly string[];
}

/**
 * The tree of a project, from its maps of definitions, and from what is known of its numbers and problems.
 *
 * @param at writes a place as the face tells it to its client
 */
export function projectTree<At>(context: IdeContext, at: (place: Place) => At): ProjectTree<At> {
  const { project } = context.checked;
  const metrics = [...project.metrics.values()];
  const worst = worstProblems(context.problems);
  const item = (definition: Definition): TreeItem<At> => treeItem(definition, worst, at);
  return {
    name: project.settings.name ?? null,
    folder: project.folder,
    metrics: metrics.map((metric) => ({
      ...item(metric),
      type: metric.type ?? null,
      status: metric.status,
      tags: metric.tags,
      headline: headlineText(context, metric),
      target: worstTarget(context, metric),
    })),
    segments: [...project.segments.values()].map((segment) => ({
      ...item(segment),
      sources: homesOf(segment),
    })),
    targets: [...project.targets.values()].map((target) => {
      const known = context.numbers?.target(target.name);
      return {
        ...item(target),
        metric: target.metric?.text ?? null,
        status: known?.value.current?.status ?? null,
        stale: known?.stale ?? false,
      };
    }),
    sources: [...project.sources.values()].map((source) => ({
      ...item(source),
      data: source.data?.file.text ?? null,
    })),
    journeys: [...project.journeys.values()].map((journey) => ({
      ...item(journey),
      segment: journey.segment?.text ?? null,
      stages: stageItems(journey, at),
    })),
    byFile: groups(metrics, ({ file }) => relativeTo(project.folder, pathOf(file)) ?? pathOf(file)),
    byOwner: groups(metrics, ({ owner }) => owner ?? null),
  };
}

function treeItem<At>(
  definition: Definition,
  worst: (definition: Definition) => TreeItem['problem'],
  at: (place: Place) => At,
): TreeItem<At> {
  const { name, description, owner, file, nameNode } = definition;
  return {
    name,
    label: labelOf(definition),
    description: description ?? null,
    owner: owner ?? null,
    problem: worst(definition),
    at: at({ file, span: nameNode.span }),
  };
}

/** Finds the worst problem that stands in a definition: on its name, or anywhere in its body. */
function worstProblems(problems: readonly Problem[]): (definition: Definition) => TreeItem['problem'] {
  const byFile = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.severity === 'info') continue;
    const others = byFile.get(problem.file);
    if (others === undefined) byFile.set(problem.file, [problem]);
    else others.push(problem);
  }
  return ({ file, nameNode, node }) => {
    const start = nameNode.span.start;
    const end = Math.max(nameNode.span.end, node?.span.end ?? 0);
    const own = byFile.get(file)?.filter(({ span }) => start <= span.start && span.start <= end) ?? [];
    if (own.some(({ severity }) => severity === 'error')) return 'error';
    return own.length > 0 ? 'warning' : null;
  };
}

function stageItems<At>(journey: Journey, at: (place: Place) => At): readonly StageItem<At>[] {
  return [...journey.stages.values()].map((stage) => ({
    name: stage.name,
    label: labelOf(stage),
    pains: stage.pains,
    at: at({ file: journey.file, span: stage.nameNode.span }),
    metrics: stage.metrics.map(({ text }) => text),
  }));
}

function worstTarget({ checked, numbers }: IdeContext, metric: Metric): TargetStand | null {
  const stands = targetsOf(checked.project, metric.name).flatMap((target): TargetStand[] => {
    const known = numbers?.target(target.name);
    const status = known?.value.current?.status;
    if (known === undefined || status === undefined) return [];
    return [{ name: target.name, label: labelOf(target), status, stale: known.stale }];
  });
  const [worst] = stands.sort((one, other) => statusRank(one.status) - statusRank(other.status));
  return worst ?? null;
}

function headlineText({ checked, numbers }: IdeContext, metric: Metric): HeadlineText | null {
  const known = numbers?.metric(metric.name);
  const series = known?.value.total;
  const period = series === undefined ? undefined : headlinePeriod(series);
  if (known === undefined || series === undefined || period === undefined) return null;
  const { project, kinds } = checked;
  const text = formatValue(series.at(period, []).value, {
    unit: unitOf(project, kinds, metric),
    decimals: decimalsOf(project, kinds, metric),
    currency: project.settings.currency,
  });
  return { text, period: formatPeriod(period), stale: known.stale };
}

/** Groups in alphabetical order, that without a name last; metrics as they come. */
function groups(
  metrics: readonly Metric[],
  nameOf: (metric: Metric) => string | null,
): readonly MetricGroup[] {
  const found = new Map<string | null, string[]>();
  for (const metric of metrics) {
    const name = nameOf(metric);
    const group = found.get(name);
    if (group === undefined) found.set(name, [metric.name]);
    else group.push(metric.name);
  }
  return [...found]
    .map(([name, names]) => ({ name, metrics: names }))
    .sort((a, b) => (a.name === null ? 1 : b.name === null ? -1 : a.name < b.name ? -1 : 1));
}
