import { groupsNamed } from '../../core/check/groups-named.ts';
import { kinds } from '../../core/kinds/index.ts';
import type { AnyDefinition, Metric, Project } from '../../core/model/project.ts';
import { pathOf } from '../../core/syntax/units/unit-id.ts';
import { type LoadedProject, readUnit } from '../../core/workspace.ts';
import type { BookNeed, FindingsOf } from './numbers-book.ts';

/**
 * The numbers of the open documents, whoever looks at them: values of their metrics, with what the data break of what is declared
 * of them, targets and examples. The sources come first, as their findings explain the values.
 */
export function backgroundNeeds(loaded: LoadedProject, open: ReadonlySet<string>): readonly BookNeed[] {
  const shown = shownDefinitions(loaded, open);
  return [
    ...[...sourcesOf(shown)].flatMap((name): BookNeed[] => [
      { kind: 'source', name },
      { kind: 'source-findings', name },
    ]),
    ...shown.flatMap(needsOf),
  ];
}

/** Tells whether a number is one of those, without making a list of all of them. */
export function isBackground(loaded: LoadedProject, open: ReadonlySet<string>): (need: BookNeed) => boolean {
  const { sources, metrics, targets, segments, journeys } = loaded.project;
  const isOpen = (definition: AnyDefinition | undefined): boolean =>
    definition !== undefined && open.has(pathOf(definition.file));
  let named: ReadonlySet<string> | undefined;
  const isNamed = (source: string): boolean => {
    named ??= sourcesOf(shownDefinitions(loaded, open));
    return named.has(source);
  };
  return (need) => {
    switch (need.kind) {
      case 'metric':
      case 'metric-findings':
      case 'example-groups':
        return isOpen(metrics.get(need.name));
      case 'example':
        return isOpen(metrics.get(need.metric));
      case 'target':
      case 'target-groups':
        return isOpen(targets.get(need.name));
      case 'journey-groups':
        return isOpen(journeys.get(need.name));
      case 'segment':
      case 'segment-findings':
        return isOpen(segments.get(need.name));
      case 'source':
      case 'source-findings':
        return isOpen(sources.get(need.name)) || isNamed(need.name);
      default:
        return false;
    }
  };
}

/** The definitions of the open documents that have numbers. */
function shownDefinitions(
  { texts, project }: LoadedProject,
  open: ReadonlySet<string>,
): readonly AnyDefinition[] {
  return [...open]
    .flatMap((path) => texts.get(path)?.units ?? [])
    .flatMap((unit) => readUnit(unit, kinds).file.definitions)
    .filter((definition) => isFirst(project, definition));
}

/** The sources among definitions, and those that metrics among them are computed from. */
function sourcesOf(definitions: readonly AnyDefinition[]): ReadonlySet<string> {
  const sources = new Set<string>();
  for (const definition of definitions) {
    if (definition.definition === 'source') sources.add(definition.name);
    if (definition.definition !== 'metric') continue;
    if (definition.source !== undefined) sources.add(definition.source.text);
    for (const name of stepSources(definition)) sources.add(name);
  }
  return sources;
}

/** The sources that only steps of a conversion name. */
function stepSources({ type, spec }: Metric): readonly string[] {
  const steps = kinds.get(type ?? '')?.steps?.(spec).steps ?? [];
  return steps.flatMap(({ source }) => source?.text ?? []);
}

/** Of several definitions with one name only the first has numbers. */
function isFirst(project: Project, definition: AnyDefinition): boolean {
  switch (definition.definition) {
    case 'source':
      return project.sources.get(definition.name) === definition;
    case 'metric':
      return project.metrics.get(definition.name) === definition;
    case 'target':
      return project.targets.get(definition.name) === definition;
    case 'segment':
      return project.segments.get(definition.name) === definition;
    case 'journey':
      return project.journeys.get(definition.name) === definition;
    default:
      return true;
  }
}

function needsOf(definition: AnyDefinition): readonly BookNeed[] {
  const { name } = definition;
  switch (definition.definition) {
    case 'metric':
      return [
        { kind: 'metric', name },
        { kind: 'metric-findings', name },
        ...definition.examples.map((_, index) => ({ kind: 'example' as const, metric: name, index })),
        ...namingNeeds(definition, 'example-groups'),
      ];
    case 'target':
      return [{ kind: 'target', name }, ...namingNeeds(definition, 'target-groups')];
    case 'journey':
      return namingNeeds(definition, 'journey-groups');
    case 'segment':
      return [
        { kind: 'segment', name },
        { kind: 'segment-findings', name },
      ];
    default:
      return [];
  }
}

/** Whoever names no group needs nothing of them. */
function namingNeeds(definition: AnyDefinition, kind: FindingsOf): readonly BookNeed[] {
  return groupsNamed(definition, true).length === 0 ? [] : [{ kind, name: definition.name }];
}
