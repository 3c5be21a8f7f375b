import type { AnyDefinition, DefinitionKind } from '../model/project.ts';
import type { DiffSide } from './side.ts';

/** The definitions of a kind, by name. */
export function definitionsOf(
  { checked }: DiffSide,
  kind: DefinitionKind,
): ReadonlyMap<string, AnyDefinition> {
  const { sources, segments, metrics, targets, journeys } = checked.project;
  switch (kind) {
    case 'source':
      return sources;
    case 'segment':
      return segments;
    case 'metric':
      return metrics;
    case 'target':
      return targets;
    case 'journey':
      return journeys;
  }
}
