import type { Needs } from '../check/needs.ts';
import { segmentsOf } from '../model/metric-defaults.ts';
import { dependenciesOf } from '../model/metric-references.ts';
import { unitOf } from '../model/metric-unit.ts';
import type { Metric, Project, Segment } from '../model/project.ts';
import { blockedOnOneSide } from './blocked.ts';
import { type ChangeClass, type Fact, gravest, type Subject } from './fact.ts';
import { endTimes, movedEnds } from './moved-ends.ts';
import type { ProjectFacts } from './project-facts.ts';
import { segmentNeeds } from './segment-needs.ts';
import type { DiffSide } from './side.ts';

/** Why the numbers of a metric may be others though its own text says the same. */
export interface Cause {
  readonly fact: Fact;
  /** What leads from the metric to what changed, the nearest first; what changed is the last. */
  readonly through: readonly Subject[];
  /** Whether the change can reach the total, or only the groups of a breakdown. */
  readonly reaches: 'total' | 'groups';
}

/** A metric of the version after whose numbers may be others than before, or whose own definition says something else. */
export interface AffectedMetric {
  readonly name: string;
  /** Its name before; `undefined` where it is new. */
  readonly was: string | undefined;
  /** What its own text says otherwise. */
  readonly own: readonly Fact[];
  readonly causes: readonly Cause[];
  /** The sources whose data are others, of those that it rests on. */
  readonly data: readonly string[];
  /** Whether errors keep it from being evaluated in one of the versions only. */
  readonly isBlocked: boolean;
  /** The gravest of its own facts; `values` where only something below it changed. */
  readonly class: ChangeClass;
}

/**
 * The metrics that a change reaches, in the order of the files: those whose definition can compute another value than before, and those
 * that rest on a segment, source, metric, setting or data that changed. A change of a column or link reaches those that use it.
 *
 * @param data names (after the change) of the sources whose data differ
 */
export function affectedMetrics(
  before: DiffSide,
  after: DiffSide,
  { facts, renames }: ProjectFacts,
  data: ReadonlySet<string>,
): readonly AffectedMetric[] {
  const oldNames = new Map(
    [...before.checked.project.metrics.keys()].map((name) => [renames.of('metric', name) ?? name, name]),
  );
  const ends = movedEnds(before, after, facts, renames);
  const [endsNow, endsThen] = [endsIn(after), endsIn(before)];
  return [...after.checked.project.metrics.values()].flatMap((metric) => {
    const was = oldNames.get(metric.name);
    const old = before.checked.project.metrics.get(was ?? '');
    const own = facts.filter(({ subject }) => subject.kind === 'metric' && subject.name === metric.name);
    if (old === undefined) return own.length === 0 ? [] : [affected(metric.name, undefined, own, [], [])];
    const now = restsOn(after, metric, (_, name) => name, endsNow);
    const then = restsOn(before, old, (kind, name) => renames.of(kind, name) ?? name, endsThen);
    const rests: Rests = {
      uses: [...now.uses, ...then.uses],
      metrics: new Map([...then.metrics, ...now.metrics]),
    };
    const blocked = blockedOnOneSide(before, old, after, metric, facts);
    const found = [
      ...causesOf(rests, facts, ends),
      ...settingCauses(after, metric, facts),
      ...blocked.causes,
    ];
    const causes = found.filter(({ fact }) => !own.includes(fact) && !own.some((one) => isToldBy(one, fact)));
    const read = new Set(rests.uses.flatMap(({ needs }) => needs.sources));
    const changed = [...data].filter((source) => read.has(source));
    return own.length + causes.length + changed.length === 0 && !blocked.isOther
      ? []
      : [{ ...affected(metric.name, was, own, distinct(causes), changed), isBlocked: blocked.isOther }];
  });
}

/** Whether what came or went is what a metric names now, or named before: then its own text says why it moved. */
function isToldBy({ was = '', is = '' }: Fact, { change, subject }: Fact): boolean {
  if (change !== 'added' && change !== 'removed') return false;
  return `${was} ${is}`.split(/[^A-Za-z0-9_]+/).includes(subject.name);
}

/** Whether the numbers of a metric may be others than before, so that it has to be evaluated. */
export function mayMove({ own, causes, data, was, isBlocked }: AffectedMetric): boolean {
  return (
    was === undefined ||
    isBlocked ||
    causes.length + data.length > 0 ||
    own.some((fact) => isAboutNumbers(fact))
  );
}

/** A name says nothing about numbers; a unit or a grain does, as values are read and told by them. */
export function isAboutNumbers(fact: Fact): boolean {
  return (fact.class === 'values' || fact.class === 'breaking') && fact.change !== 'renamed';
}

function affected(
  name: string,
  was: string | undefined,
  own: readonly Fact[],
  causes: readonly Cause[],
  data: readonly string[],
): AffectedMetric {
  const below = causes.length + data.length > 0 ? [{ class: 'values' as const }] : [];
  return { name, was, own, causes, data, isBlocked: false, class: gravest([...own, ...below]) };
}

/** What a metric rests on, in names after the change. */
interface Rests {
  readonly uses: readonly Use[];
  /** The named metrics that it is made of, each with what leads to it. */
  readonly metrics: ReadonlyMap<string, readonly Subject[]>;
}

/** Something that reads sources: a metric, one that it is made of, or a segment that breaks it down. */
interface Use {
  readonly through: readonly Subject[];
  readonly needs: Needs;
  readonly reaches: Cause['reaches'];
  readonly segment?: string;
}

type NewName = (kind: 'metric' | 'segment' | 'source', name: string) => string;

/** What each source's last day rests on beside its own time, by source: section 5.1 on the default `as_of`. */
type Ends = ReadonlyMap<string, readonly { readonly metric: string; readonly needs: Needs }[]>;

function endsIn(side: DiffSide): Ends {
  const ends = new Map<string, { readonly metric: string; readonly needs: Needs }[]>();
  const seen = new Set<string>();
  for (const { metric, source, time } of endTimes(side)) {
    const key = `${source}\u0000${time}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const { checked } = side;
    const needs = checked.needs.ofPath(source, [], checked.resolvePath(time, source));
    ends.set(source, [...(ends.get(source) ?? []), { metric, needs }]);
  }
  return ends;
}

function restsOn({ checked }: DiffSide, metric: Metric, named: NewName, ends: Ends): Rests {
  const { project, kinds } = checked;
  const metrics = new Map<string, readonly Subject[]>();
  const uses: Use[] = [];
  const parts = [metric, ...dependenciesOf(project, kinds, metric)];
  for (const part of parts) {
    const outer = outermost(part);
    const through: readonly Subject[] =
      outer === metric ? [] : [{ kind: 'metric', name: named('metric', outer.name) }];
    if (outer !== metric) metrics.set(named('metric', outer.name), through);
    uses.push({ through, needs: renamedNeeds(checked.needs.ofMetric(part), named), reaches: 'total' });
  }
  for (const source of new Set(parts.flatMap((part) => checked.needs.ofMetric(part).sources))) {
    for (const { metric: other, needs } of ends.get(source) ?? []) {
      if (other === metric.name) continue;
      const through: readonly Subject[] = [
        { kind: 'source', name: named('source', source) },
        { kind: 'metric', name: named('metric', other) },
      ];
      uses.push({ through, needs: renamedNeeds(needs, named), reaches: 'total' });
    }
  }
  for (const segment of segmentsAbout(project, metric)) {
    const name = named('segment', segment.name);
    for (const needs of segmentNeeds(checked, segment, parts)) {
      const own = renamedNeeds(needs, named);
      uses.push({ through: [{ kind: 'segment', name }], needs: own, reaches: 'groups', segment: name });
    }
  }
  return { uses, metrics };
}

/** The segments that a metric is broken down by, and those of whose groups its examples and the targets on it speak. */
function segmentsAbout(project: Project, metric: Metric): readonly Segment[] {
  const targets = [...project.targets.values()].filter((target) => target.metric?.text === metric.name);
  const names = [
    ...segmentsOf(project, metric).map(({ segment }) => segment.text),
    ...[...targets, ...metric.examples].flatMap(({ segment }) => segment?.segment ?? []),
  ];
  return [...new Set(names)].flatMap((name) => project.segments.get(name) ?? []);
}

function outermost(metric: Metric): Metric {
  return metric.parent === undefined ? metric : outermost(metric.parent);
}

function renamedNeeds({ sources, columns, links }: Needs, named: NewName): Needs {
  return {
    sources: sources.map((source) => named('source', source)),
    columns: columns.map(({ source, column }) => ({ source: named('source', source), column })),
    links: links.map(({ source, link }) => ({ source: named('source', source), link })),
  };
}

function causesOf(
  { uses, metrics }: Rests,
  facts: readonly Fact[],
  ends: ReadonlyMap<string, readonly Fact[]>,
): readonly Cause[] {
  const causes: Cause[] = [];
  for (const fact of facts) {
    if (!canMoveOthers(fact)) continue;
    const { kind, name } = fact.subject;
    const through = kind === 'metric' ? metrics.get(name) : undefined;
    if (through !== undefined) causes.push({ fact, through, reaches: 'total' });
    for (const { segment, reaches } of uses) {
      if (kind === 'segment' && segment === name) causes.push({ fact, through: [fact.subject], reaches });
    }
    if (kind !== 'source') continue;
    for (const use of uses) {
      if (usesPart(use.needs, fact))
        causes.push({ fact, through: [...use.through, fact.subject], reaches: use.reaches });
    }
  }
  for (const { needs, through, reaches } of uses) {
    for (const source of needs.sources) {
      for (const fact of ends.get(source) ?? []) {
        causes.push({ fact, through: [...through, { kind: 'source', name: source }, fact.subject], reaches });
      }
    }
  }
  return causes;
}

/** What comes or goes moves those that name it: they could be computed, or no more. Another name moves nobody. */
function canMoveOthers({ class: of, change }: Fact): boolean {
  return of === 'values' || change === 'added' || change === 'removed';
}

/** Whether what a fact says of a source is about something that is used of it. */
function usesPart({ sources, columns, links }: Needs, { subject, path }: Fact): boolean {
  const [key, part] = path;
  if (key === 'columns' && part !== undefined)
    return columns.some(({ source, column }) => source === subject.name && column === part);
  if (key === 'links' && part !== undefined)
    return links.some(({ source, link }) => source === subject.name && link === part);
  return sources.includes(subject.name);
}

function settingCauses({ checked }: DiffSide, metric: Metric, facts: readonly Fact[]): readonly Cause[] {
  const { project, kinds } = checked;
  return facts.flatMap((fact): readonly Cause[] => {
    if (fact.subject.kind !== 'settings' || fact.class === 'cosmetic') return [];
    if (fact.path[0] === 'grain' && metric.grain !== undefined) return [];
    if (fact.path[0] === 'currency' && unitOf(project, kinds, metric) !== 'currency') return [];
    return [{ fact, through: [fact.subject], reaches: 'total' }];
  });
}

/** Each fact once, by the shortest way; one that reaches the total reaches the groups too. */
function distinct(causes: readonly Cause[]): readonly Cause[] {
  const best = new Map<Fact, Cause>();
  for (const cause of causes) {
    const known = best.get(cause.fact);
    const isBetter =
      known === undefined ||
      (known.reaches === 'groups' && cause.reaches === 'total') ||
      (known.reaches === cause.reaches && cause.through.length < known.through.length);
    if (isBetter) best.set(cause.fact, cause);
  }
  return [...best.values()];
}
