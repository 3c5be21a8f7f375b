import type { AnyDefinition, DefinitionKind, MetricsFile, Project, Settings } from './project.ts';

/**
 * Joins the files under one root to a project. Files are put in the order of their paths; of several definitions
 * of one kind with one name, the first in that order and then in its file is the one in the maps.
 *
 * @param folder absolute path of the root folder
 */
export function readProject(folder: string, settings: Settings, files: readonly MetricsFile[]): Project {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const all = sorted.flatMap((file) => file.definitions);
  return {
    folder,
    settings,
    files: sorted,
    sources: firstByName(all, 'source'),
    segments: firstByName(all, 'segment'),
    metrics: firstByName(all, 'metric'),
    targets: firstByName(all, 'target'),
    journeys: firstByName(all, 'journey'),
  };
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
