import type { AnyDefinition, GroupReference } from '../model/project.ts';
import { type Spot, spotIn } from './report.ts';

/**
 * The groups that a definition names: a target, the examples of a metric, a journey. What names a segment alone is among them too, with
 * no group.
 *
 * @param onData leaves out the examples that give their own rows, as the rows of the data have no part in them
 */
export function groupsNamed(definition: AnyDefinition, onData = false): readonly GroupReference[] {
  switch (definition.definition) {
    case 'metric':
      return definition.examples
        .filter(({ given }) => !onData || given === undefined)
        .flatMap(({ segment }) => segment ?? []);
    case 'target':
      return definition.segment === undefined ? [] : [definition.segment];
    case 'journey': {
      if (definition.segment === undefined) return [];
      const { text } = definition.segment;
      const dot = text.indexOf('.');
      if (dot < 0) return [];
      return [{ ...definition.segment, segment: text.slice(0, dot), group: text.slice(dot + 1) }];
    }
    default:
      return [];
  }
}

/** The characters of the group in `segment.group`; `undefined` where only the segment is written. */
export function groupSpot(file: string, { text, segment, node }: GroupReference): Spot | undefined {
  const start = segment.length + 1;
  return text.length < start ? undefined : spotIn(file, node, { start, end: text.length });
}
