import { pathOf } from '../syntax/units/unit-id.ts';
import type { AnyDefinition, DefinitionKind, MetricsFile, Project, Settings } from './project.ts';

/**
 * Joins the files under one root to a project. Files are put in the order of their paths, the units of one file staying in
 * theirs; of several definitions of one kind with one name, the first in that order is the one in the maps.
 *
 * @param folder absolute path of the root folder
 * @param previous an earlier state of the project: maps of names that have not changed are kept
 */
export function readProject(
  folder: string,
  settings: Settings,
  files: readonly MetricsFile[],
  previous?: Project,
): Project {
  const sorted = inOrder(files);
  const maps = (previous && patchedMaps(previous, sorted)) ?? mapsOf(sorted);
  return { folder, settings, files: sorted, ...maps };
}

type Maps = Pick<Project, 'sources' | 'segments' | 'metrics' | 'targets' | 'journeys'>;

function mapsOf(files: readonly MetricsFile[]): Maps {
  const all = files.flatMap((file) => file.definitions);
  return {
    sources: firstByName(all, 'source'),
    segments: firstByName(all, 'segment'),
    metrics: firstByName(all, 'metric'),
    targets: firstByName(all, 'target'),
    journeys: firstByName(all, 'journey'),
  };
}

/**
 * The maps of a project of which only the bodies of definitions have changed: those of a kind that has no change are the same
 * objects. `undefined` where a file or a name has come or gone.
 */
function patchedMaps(previous: Project, files: readonly MetricsFile[]): Maps | undefined {
  if (previous.files.length !== files.length) return undefined;
  const changed: AnyDefinition[] = [];
  for (const [index, file] of files.entries()) {
    const before = previous.files[index];
    if (before === file) continue;
    if (before?.path !== file.path || before.definitions.length !== file.definitions.length) return undefined;
    for (const [at, definition] of file.definitions.entries()) {
      const old = before.definitions[at];
      if (old?.name !== definition.name || old.definition !== definition.definition) return undefined;
      if (definitionsOf(previous, definition.definition).get(definition.name) === old)
        changed.push(definition);
    }
  }
  const patch = <Kind extends DefinitionKind>(
    kind: Kind,
    map: ReadonlyMap<string, OfKind<Kind>>,
  ): ReadonlyMap<string, OfKind<Kind>> => {
    const own = changed.filter((definition) => isOfKind(definition, kind));
    if (own.length === 0) return map;
    const patched = new Map(map);
    for (const definition of own) patched.set(definition.name, definition);
    return patched;
  };
  return {
    sources: patch('source', previous.sources),
    segments: patch('segment', previous.segments),
    metrics: patch('metric', previous.metrics),
    targets: patch('target', previous.targets),
    journeys: patch('journey', previous.journeys),
  };
}

/** The definitions of a kind, by name. */
export function definitionsOf(project: Project, kind: DefinitionKind): ReadonlyMap<string, AnyDefinition> {
  switch (kind) {
    case 'source':
      return project.sources;
    case 'segment':
      return project.segments;
    case 'metric':
      return project.metrics;
    case 'target':
      return project.targets;
    case 'journey':
      return project.journeys;
  }
}

function inOrder(files: readonly MetricsFile[]): readonly MetricsFile[] {
  const isSorted = files.every(({ path }, index) => {
    const before = files[index - 1]?.path ?? '';
    return before <= path || pathOf(before) === pathOf(path);
  });
  if (isSorted) return files;
  return [...files].sort((a, b) => {
    const [one, other] = [pathOf(a.path), pathOf(b.path)];
    return one < other ? -1 : one > other ? 1 : 0;
  });
}

type OfKind<Kind extends DefinitionKind> = Extract<AnyDefinition, { readonly definition: Kind }>;

function firstByName<Kind extends DefinitionKind>(
  definitions: readonly AnyDefinition[],
  kind: Kind,
): ReadonlyMap<string, OfKind<Kind>> {
  const named = new Map<string, OfKind<Kind>>();
  for (const definition of definitions) {
    if (isOfKind(definition, kind) && !named.has(definition.name)) named.set(definition.name, definition);
  }
  return named;
}

function isOfKind<Kind extends DefinitionKind>(
  definition: AnyDefinition,
  kind: Kind,
): definition is OfKind<Kind> {
  return definition.definition === kind;
}
