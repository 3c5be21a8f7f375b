import { type Applied, child, expand, stepInto } from '../schema/applicable.ts';
import { type SchemaKind, type SchemaObject, schemaOf } from '../schema/json-schema.ts';
import type { Collection, Entry, Value } from './layout.ts';

/**
 * The layout with the keys of every map in the schema's order. Keys that the schema does not know, as names of definitions and
 * columns are, stay behind the key that they stand behind. Where an anchor would come to stand behind an alias of it, a map keeps
 * its order.
 *
 * @param plain the plain value of the root: the type of a metric decides which keys it has
 */
export function inOrder(kind: SchemaKind, root: Collection, plain: unknown): Collection {
  const schema = schemaOf(kind);
  return sorted({ root: schema, applied: expand(schema, schema, plain), plain }, root);
}

/** What the schema says of a place. */
interface Place {
  readonly root: SchemaObject;
  readonly applied: readonly Applied[];
  readonly plain: unknown;
}

function sorted(place: Place, collection: Collection): Collection {
  if (collection.asWritten !== undefined) return collection;
  const entries = collection.entries.map((entry, index): Entry => {
    const value = entry.value && sortedValue(place, entry.key?.name ?? index, entry.value);
    return value === entry.value ? entry : { ...entry, value };
  });
  const isSortable = collection.kind === 'map' && !collection.cut;
  return { ...collection, entries: isSortable ? byRank(entries, keyOrder(place.applied)) : entries };
}

function sortedValue({ root, applied, plain }: Place, step: string | number, value: Value): Value {
  if (value.kind !== 'map' && value.kind !== 'list') return value;
  const inner = child(plain, step);
  return sorted({ root, applied: stepInto(root, applied, step, inner), plain: inner }, value);
}

/**
 * The order of the keys of a map. What only its type of metric takes (`value`, `numerator`) stands behind what every metric
 * may have down to `owner`: first what it is, then how it is computed, then how it is shown.
 */
function keyOrder(applied: readonly Applied[]): readonly string[] {
  const lists = applied.map(({ schema }) => Object.keys(schema.properties ?? {}));
  const common = lists.find((keys) => keys.length > 0) ?? [];
  const own = [...new Set(lists.flat())].filter((key) => !common.includes(key));
  const at = common.includes('type') ? common.indexOf('owner') + 1 : common.length;
  return [...common.slice(0, at), ...own, ...common.slice(at)];
}

function byRank(entries: readonly Entry[], order: readonly string[]): readonly Entry[] {
  if (order.length === 0) return entries;
  const ranks = new Map(order.map((key, rank) => [key, rank]));
  let last = -1;
  const ranked = entries.map((entry) => {
    last = ranks.get(entry.key?.name ?? '') ?? last;
    return { entry, rank: last };
  });
  const result = ranked.toSorted((a, b) => a.rank - b.rank).map(({ entry }) => entry);
  return keepsAnchors(entries, result) ? result : entries;
}

/** Whether every alias still means the same: anchors and aliases of one name follow each other as before. */
function keepsAnchors(before: readonly Entry[], after: readonly Entry[]): boolean {
  const marks = before.flatMap(marksOf);
  const anchors = new Set(marks.filter((mark) => mark.startsWith('&')).map((mark) => mark.slice(1)));
  if (anchors.size === 0) return true;
  const relevant = (all: readonly string[]): string =>
    [...anchors].map((name) => all.filter((mark) => mark.slice(1) === name).join()).join(';');
  return relevant(marks) === relevant(after.flatMap(marksOf));
}

/** The anchors (`&name`) and aliases (`*name`) in an entry, in order. */
function marksOf({ key, anchor, value }: Entry): readonly string[] {
  const ofKey = key?.source.match(/^[&*]\S+|\*\S+(?= $)/g) ?? [];
  const own = anchor === '' ? [] : [anchor];
  if (value === undefined || value.kind === 'block') return [...ofKey, ...own];
  if (value.kind !== 'words') return [...ofKey, ...own, ...value.entries.flatMap(marksOf)];
  const [text = ''] = value.lines;
  return text.startsWith('*') ? [...ofKey, ...own, text] : [...ofKey, ...own];
}
