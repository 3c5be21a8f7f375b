import { type Span, touches } from '../base/span.ts';
import type { Checked } from '../check/checked.ts';
import type { AnyDefinition, MetricsFile } from '../model/project.ts';
import { valueAt, wordAt } from '../model/words.ts';
import { pathOf } from '../syntax/units/unit-id.ts';
import { nodeAt } from '../syntax/yaml/walk.ts';
import type { IdeContext, IdeFile } from './ide-context.ts';
import { occurrencesIn } from './names/in-definition.ts';
import { keyOf, type Named, type Occurrence, occurrenceOf, placeKeyOf, wholeOf } from './names/occurrence.ts';

export { occurrencesIn } from './names/in-definition.ts';
export { keyOf, type Named, type NamedKind, type Occurrence } from './names/occurrence.ts';

/**
 * The occurrences under the cursor: one for each thing that the characters there stand for. There are several where one word
 * is read on several sources, such as the `time` of a ratio. Only the definition that holds the cursor is looked at.
 */
export function occurrencesAt({ checked }: IdeContext, file: IdeFile, offset: number): readonly Occurrence[] {
  if (nodeAt(file.tree, offset)?.node.kind !== 'scalar') return [];
  const around = file.file.definitions.filter((definition) => touches(extentOf(definition), offset));
  // Anchored text may stand outside of every definition that uses it.
  const looked = around.length > 0 ? around : file.file.definitions;
  const found = [
    ...looked.flatMap((definition) => occurrencesIn(checked, definition)),
    ...defaultSource(file.file),
  ].filter(({ span }) => touches(span, offset));
  const [first] = found;
  if (first === undefined) return [];
  const same = found.filter((other) => placeKeyOf(other) === placeKeyOf(first));
  return [...new Map(same.map((occurrence) => [keyOf(occurrence.named), occurrence])).values()];
}

/** From the name of a definition to the end of its body. */
export function extentOf({ nameNode, node }: AnyDefinition): Span {
  return { start: nameNode.span.start, end: Math.max(nameNode.span.end, node?.span.end ?? 0) };
}

/** Every occurrence of a project. */
export interface OccurrenceIndex {
  /** In the order of files and definitions. A source from `defaults:` is there once for each metric that has it. */
  readonly all: readonly Occurrence[];
  /** The places of something, each once and declarations first. */
  of(named: Named): readonly Occurrence[];
  /** What else the same characters stand for, itself included. */
  at(occurrence: Occurrence): readonly Occurrence[];
}

const kept = new WeakMap<Checked, OccurrenceIndex>();

/** The index of all names of a whole project, made once for each state of it, when it is first asked for. */
export function occurrenceIndex(checked: Checked): OccurrenceIndex {
  const index = kept.get(checked) ?? indexOf(checked);
  kept.set(checked, index);
  return index;
}

function indexOf(checked: Checked): OccurrenceIndex {
  const { files } = checked.project;
  const all = [
    ...defaultSources(files),
    ...files.flatMap(({ definitions }) => definitions.flatMap((each) => occurrencesIn(checked, each))),
  ];
  const written = all.filter(({ inherited }) => !inherited);
  const byName = grouped(written, ({ named }) => keyOf(named));
  const byPlace = grouped(written, placeKeyOf);
  return {
    all,
    of: (named) => inOrder(byName.get(keyOf(named)) ?? []),
    at: (occurrence) => byPlace.get(placeKeyOf(occurrence)) ?? [],
  };
}

/** Each place once: anchored text that several definitions use is written only once. */
function inOrder(occurrences: readonly Occurrence[]): readonly Occurrence[] {
  const places = new Map<string, Occurrence>();
  for (const occurrence of occurrences) {
    const id = placeKeyOf(occurrence);
    if (!places.has(id) || occurrence.declares) places.set(id, occurrence);
  }
  const once = [...places.values()];
  return [...once.filter(({ declares }) => declares), ...once.filter(({ declares }) => !declares)];
}

function grouped(
  occurrences: readonly Occurrence[],
  idOf: (occurrence: Occurrence) => string,
): ReadonlyMap<string, readonly Occurrence[]> {
  const groups = new Map<string, Occurrence[]>();
  for (const occurrence of occurrences) {
    const group = groups.get(idOf(occurrence));
    if (group === undefined) groups.set(idOf(occurrence), [occurrence]);
    else group.push(occurrence);
  }
  return groups;
}

/** The sources that `defaults:` name. Files that are parts of one document repeat its `defaults`, which count once. */
export function defaultSources(files: readonly MetricsFile[]): readonly Occurrence[] {
  const found = new Map<string, readonly Occurrence[]>();
  for (const file of files) {
    const path = pathOf(file.path);
    if ((found.get(path) ?? []).length === 0) found.set(path, defaultSource(file));
  }
  return [...found.values()].flat();
}

/** The source that `defaults:` names. */
function defaultSource(file: MetricsFile): readonly Occurrence[] {
  const word = wordAt(valueAt(file.root, 'defaults'), 'source');
  if (word === undefined) return [];
  const named = { kind: 'source', owner: undefined, name: word.text } as const;
  return [occurrenceOf({ file: file.path, definition: undefined }, named, word, wholeOf(word))];
}
