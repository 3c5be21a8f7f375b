import { replacedItems } from '../base/replaced-items.ts';
import { withReplaced } from '../base/replaced-map.ts';
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
  const replaced = previous && replacedItems(previous.files, files, ({ path }) => path);
  const sorted = replaced === undefined ? inOrder(files) : files;
  const maps = (replaced && patchedMaps(previous, sorted, replaced)) ?? mapsOf(sorted);
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
 * objects. `undefined` where a name has come or gone.
 *
 * @param replaced places in `files` of those that are other ones than before
 */
function patchedMaps(
  previous: Project,
  files: readonly MetricsFile[],
  replaced: readonly number[],
): Maps | undefined {
  const changed: AnyDefinition[] = [];
  for (const index of replaced) {
    const [before, file] = [previous.files[index], files[index]];
    if (before === undefined || file === undefined) return undefined;
    if (before.definitions.length !== file.definitions.length) return undefined;
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
    return withReplaced(map, new Map(own.map((definition) => [definition.name, definition])));
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
