import { type Applied, isMap, ownProperty, type Path, valueAtPath } from '../../schema/applicable.ts';
import { type AllowedKey, allowedKeys } from '../../schema/describe.ts';
import { toPlain, type YamlNode } from '../../syntax/yaml/tree.ts';
import { columnCandidate } from './columns.ts';
import type { KeyCursor } from './cursor.ts';
import { definitionCandidates } from './definitions.ts';
import { columnsBehind, homeAt } from './home.ts';
import type { Candidate, Insert } from './item.ts';
import { type Completing, type PlaceInFormat, placeAt, placeAtPlain, typesAt } from './item-context.ts';
import { sourceNames } from './names.ts';
import { scalarText } from './scalar-edit.ts';
import { newValue, type Writing, withValue } from './skeleton.ts';

/** The keys that may be written at the cursor: those of the format, or names where the format leaves them free. */
export function keyCandidates(completing: Completing, cursor: KeyCursor): readonly Candidate[] {
  const place = placeAt(completing.kind, cursor.root, cursor.path);
  const writing: Writing = {
    context: completing.context,
    kind: completing.kind,
    plain: place.plain,
    column: cursor.column,
    flow: cursor.flow,
    lineBreak: completing.text.includes('\r\n') ? '\r\n' : '\n',
  };
  const isSection = completing.kind === 'metrics' && cursor.path.length === 1;
  const definitions = isSection && !cursor.colon ? definitionCandidates(writing, cursor.path) : [];
  return [
    ...definitions,
    ...formatKeys(completing, cursor, place).map((candidate) => written(writing, cursor, candidate)),
    ...freeNames(completing, cursor, place).map((candidate) => written(writing, cursor, candidate)),
  ];
}

/** A key with what stands behind it; only the key where a colon is there already. */
function written(writing: Writing, { path, colon, flow }: KeyCursor, candidate: Candidate): Candidate {
  const key = scalarText(candidate.label, flow);
  if (colon) return { ...candidate, insert: [key] };
  const at = [...path, candidate.label];
  const value = newValue({ ...writing, plain: withValue(writing.plain, at, null) }, at);
  return { ...candidate, insert: [key, ':', ...value] satisfies Insert };
}

function formatKeys(
  { kind, text, options }: Completing,
  { root, path, value, span }: KeyCursor,
  place: PlaceInFormat,
): Candidate[] {
  // The key at the cursor is there too, and may stay.
  const own = text.slice(span.start, span.end).trim();
  const elsewhere = new Set(path.length === 0 ? options.topKeys?.filter((key) => key !== own) : []);
  const keys = allowedKeys(kind, root, path).filter(({ key, present }) => !present && !elsewhere.has(key));
  return keys
    .filter(({ key }) => value === undefined || takes(kind, root, [...path, key], value))
    .map((key) => keyCandidate(key, kind, place));
}

function keyCandidate(
  { key, required }: AllowedKey,
  schema: Completing['kind'],
  { applied }: PlaceInFormat,
): Candidate {
  return {
    label: key,
    kind: 'key',
    detail: required ? 'required' : undefined,
    rank: required ? 2 : 5,
    data: { of: 'key', schema, owner: ownerOf(applied, key), key },
  };
}

/** The name of the schema that describes a key, the most special one; empty for the top of the file. */
export function ownerOf(applied: readonly Applied[], key: string): string {
  const describing = applied.filter(({ schema }) => {
    const own = ownProperty(schema, key);
    return typeof own === 'object';
  });
  return describing.findLast(({ name }) => name !== undefined)?.name ?? '';
}

/** Whether the format takes the kind of value that stands behind the cursor for a key. */
function takes(kind: Completing['kind'], root: YamlNode | undefined, path: Path, value: YamlNode): boolean {
  const place = placeAtPlain(kind, withValue(toPlain(root), path, toPlain(value)), path);
  const listed = place.applied.find(({ schema }) => schema.enum !== undefined)?.schema.enum;
  if (value.kind === 'scalar' && listed !== undefined) return listed.includes(value.value);
  const types = typesAt(place);
  if (types.length === 0) return true;
  if (value.kind !== 'scalar') return types.includes(value.kind === 'map' ? 'object' : 'array');
  if (typeof value.value === 'string') return types.includes('string');
  if (typeof value.value === 'boolean') return types.includes('boolean');
  return types.includes('number') || types.includes('integer');
}

/** Names that fit where the format lets people choose: sources, columns, rules. */
function freeNames(completing: Completing, { path }: KeyCursor, place: PlaceInFormat): Candidate[] {
  const { context, kind, options } = completing;
  const has = (name: string): boolean => place.schemas.includes(name);
  const there = new Set(keysAt(place.plain, path));
  const fresh = (candidates: readonly Candidate[]) => candidates.filter(({ label }) => !there.has(label));
  if (kind === 'project' && path.length === 1 && path[0] === 'rules') {
    return fresh(
      (options.problemKinds ?? []).map(({ id, summary }) => ({
        label: id,
        kind: 'rule',
        detail: summary,
        data: { of: 'rule', name: id },
      })),
    );
  }
  if (has('union') || has('given') || has('segment_by')) {
    // A stack does not hold itself.
    return fresh(sourceNames(context)).filter(({ label }) => !has('union') || label !== path[1]);
  }
  if (has('given_row') || has('columns_contract') || has('link_columns')) {
    const inside = placeAtPlain(kind, place.plain, has('link_columns') ? path.slice(0, -1) : [...path, '']);
    const { home, columns } = columnsBehind(context, homeAt(context, inside).sources, []);
    const stored = columns.filter(({ origin }) => origin === 'file');
    return fresh(stored.map((column) => columnCandidate(column, home, false)));
  }
  if (has('union_member')) return fresh(columnsOfOtherMembers(place));
  return [];
}

function keysAt(plain: unknown, path: Path): string[] {
  const value = valueAtPath(plain, path);
  return isMap(value) ? Object.keys(value) : [];
}

/** The columns that other members of a union have. */
function columnsOfOtherMembers({ plain, path }: PlaceInFormat): Candidate[] {
  const union = path.slice(0, -1);
  const names = keysAt(plain, union).flatMap((member) => keysAt(plain, [...union, member]));
  return [...new Set(names)].map((label) => ({ label, kind: 'column' }));
}
