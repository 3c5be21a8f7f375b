import type { Checked } from '../check/checked.ts';
import { dependenciesOf } from '../model/metric-references.ts';
import type { AnyDefinition, Example, Metric } from '../model/project.ts';

/** An example of a metric, by its place. */
export interface ExampleAt {
  readonly metric: Metric;
  readonly index: number;
  readonly example: Example;
}

/**
 * Finds the examples that rest on a definition, or on one part of it: a computed column of a source, a group of a segment that an example names. The quick ones come
 * first: those of the metric itself, and those that give their rows.
 */
export function reachOf(
  checked: Checked,
  examples: readonly ExampleAt[],
): (definition: AnyDefinition, part: string | undefined) => readonly ExampleAt[] {
  const uses = new Map(examples.map((at) => [at, usesOf(checked, at)]));
  return (definition, part) => {
    const key = keyOf(definition, part);
    const own = ({ metric }: ExampleAt): number => (metric === definition ? 0 : 1);
    const slow = ({ example }: ExampleAt): number => (example.given === undefined ? 1 : 0);
    return examples
      .filter((at) => uses.get(at)?.has(key))
      .toSorted((one, other) => slow(one) - slow(other) || own(one) - own(other));
  };
}

/** Keys of all that an example's value rests on. */
function usesOf(checked: Checked, { metric, example }: ExampleAt): ReadonlySet<string> {
  const { project, kinds, needs } = checked;
  const keys = new Set<string>();
  const parts = [metric, ...dependenciesOf(project, kinds, metric)];
  const segment = project.segments.get(example.segment?.segment ?? '');
  const all = parts.map((part) => needs.ofMetric(part));
  if (segment !== undefined) all.push(needs.ofSegment(segment));
  for (const part of parts) keys.add(keyOf(part, undefined));
  for (const { sources, columns } of all) {
    for (const source of sources) keys.add(JSON.stringify(['source', source]));
    for (const { source, column } of columns) keys.add(JSON.stringify(['source', source, column]));
  }
  if (example.segment !== undefined) {
    keys.add(JSON.stringify(['segment', example.segment.segment]));
    keys.add(JSON.stringify(['segment', example.segment.segment, example.segment.group]));
  }
  return keys;
}

function keyOf(
  { definition, name }: Pick<AnyDefinition, 'definition' | 'name'>,
  part: string | undefined,
): string {
  return JSON.stringify(part === undefined ? [definition, name] : [definition, name, part]);
}
