import { isMap, type Path, valueAtPath } from '../../schema/applicable.ts';
import { knownKeys } from '../../schema/describe.ts';
import { type SchemaKind, type SchemaObject, schemaOf } from '../../schema/json-schema.ts';
import type { IdeContext } from '../ide-context.ts';
import { defaultAt } from './defaults.ts';
import { type Insert, plainOf } from './item.ts';
import { placeAtPlain, typesAt } from './item-context.ts';
import { scalarText } from './scalar-edit.ts';

/** Where and how something new is written. */
export interface Writing {
  readonly context: IdeContext;
  readonly kind: SchemaKind;
  /** What the file says, as plain values. */
  readonly plain: unknown;
  /** The column of the key whose value is written. */
  readonly column: number;
  readonly flow: boolean;
  readonly lineBreak: string;
}

/** Values of keys that are fixed; the empty text for keys that are to be there and filled in. */
export type Given = Readonly<Record<string, string>>;

/** What stands behind the colon of a new key: what the format requires there, with holes; for a scalar just the blank. */
export function newValue(writing: Writing, path: Path): Insert {
  return isScalar(writing, writing.plain, path) ? [' '] : requiredValue(writing, path);
}

/** What stands behind the colon of a key that must be there. */
function requiredValue(writing: Writing, path: Path): Insert {
  const place = placeAtPlain(writing.kind, writing.plain, path);
  if (isScalar(writing, writing.plain, path))
    return [' ', { hole: scalarText(defaultAt(writing, place), writing.flow, 'any') }];
  return typesAt(place).includes('array') ? listOf(writing, path) : mapBehindColon(writing, path);
}

/** A map in braces for a place where the format takes one, with the keys that it must have. */
export function braces(writing: Writing, path: Path): Insert {
  const plain = withValue(writing.plain, path, {});
  const [first = '', ...rest] = mapBehindColon({ ...writing, plain, flow: true }, path);
  return [typeof first === 'string' ? first.trimStart() : first, ...rest].filter((piece) => piece !== '');
}

function mapBehindColon(writing: Writing, path: Path): Insert {
  const { column, flow, lineBreak } = writing;
  const inner = { ...writing, column: column + 2 };
  const name = nameInMap(writing, path);
  if (name !== undefined) {
    const entry = [...path, name];
    const value = requiredValue({ ...inner, plain: withValue(writing.plain, entry, null) }, entry);
    if (flow) return [' { ', { hole: name }, ':', ...value, ' }'];
    return [lineBreak + ' '.repeat(column + 2), { hole: name }, ':', ...value];
  }
  const given = placeAtPlain(writing.kind, writing.plain, path).schemas.includes('stage') ? STAGE : {};
  const filled = withRequired(writing, path, given);
  const keys = keysIn(filled, path);
  const fitsLine = keys.length > 1 && keys.every((key) => isScalar(writing, filled, [...path, key]));
  if (flow || fitsLine || given === STAGE) return [' ', ...flowMap(writing, path, given)];
  if (keys.length === 0) return [lineBreak + ' '.repeat(column + 2)];
  return [lineBreak, ...blockMap(inner, path)];
}

/** A stage needs nothing, and says nothing without its metrics. */
const STAGE: Given = { metrics: '' };

/** The keys that must be in a map as lines of their own, each at the writing's column. */
export function blockMap(writing: Writing, path: Path, given: Given = {}): Insert {
  const { column, lineBreak } = writing;
  return entriesOf(writing, path, given).flatMap(([key, value], index): Insert => {
    return [`${index > 0 ? lineBreak : ''}${' '.repeat(column)}${key}:`, ...value];
  });
}

/** The keys that must be in a map, in braces. */
export function flowMap(writing: Writing, path: Path, given: Given = {}): Insert {
  const entries = entriesOf({ ...writing, flow: true }, path, given);
  if (entries.length === 0) return ['{ ', { hole: '' }, ' }'];
  const parts = entries.flatMap(
    ([key, value], index): Insert => [`${index > 0 ? ', ' : ''}${key}:`, ...value],
  );
  return ['{ ', ...parts, ' }'];
}

/** The keys that a map must have, each with what stands behind its colon. */
function entriesOf(writing: Writing, path: Path, given: Given): readonly (readonly [string, Insert])[] {
  let plain = withRequired(writing, path, given);
  return keysIn(plain, path).map((key) => {
    const fixed = given[key];
    const at = [...path, key];
    const value: Insert = fixed ? [` ${fixed}`] : requiredValue({ ...writing, plain }, at);
    // What is chosen for one key, such as the source, tells what fits the next.
    if (isScalar(writing, plain, at)) plain = withValue(plain, at, plainOf(value).trim());
    return [key, value];
  });
}

function listOf(writing: Writing, path: Path): Insert {
  const { plain, column, lineBreak } = writing;
  const least = Math.max(0, ...sizes(writing, path));
  const count = Math.max(1, least);
  const items = Array.from({ length: count }, (_, index) => [...path, index]);
  const inList = { ...writing, plain: withValue(plain, path, Array(count).fill(null)) };
  const types = typesAt(placeAtPlain(writing.kind, inList.plain, [...path, 0]));
  const isMaps = types.includes('object') && !types.includes('string');
  if (!isMaps || writing.flow) {
    const written = items.flatMap((item, index): Insert => {
      const value = isMaps ? flowMap(inList, item) : requiredValue({ ...inList, flow: true }, item).slice(1);
      return index === 0 ? value : [', ', ...value];
    });
    // An empty list says nothing wrong, and one hole is where the first item goes.
    return least > 0 || isMaps ? [' [', ...written, ']'] : [' [', { hole: '' }, ']'];
  }
  return items.flatMap((item) => [
    `${lineBreak}${' '.repeat(column + 2)}- `,
    ...flowOrKey(inList, item, requiredKeys(inList, item)),
  ]);
}

/** An item of a list: in braces where it needs several keys, else the one key. */
function flowOrKey(writing: Writing, path: Path, keys: readonly string[]): Insert {
  const [first] = keys;
  if (first === undefined || keys.length > 1) return flowMap(writing, path);
  const plain = withRequired(writing, path, {});
  return [`${first}:`, ...requiredValue({ ...writing, plain, column: writing.column + 4 }, [...path, first])];
}

/** How many items a list must have. */
function sizes(writing: Writing, path: Path): number[] {
  return placeAtPlain(writing.kind, writing.plain, path).applied.flatMap(({ schema }) => {
    const { minItems } = schema as SchemaObject & { readonly minItems?: number };
    return minItems ?? [];
  });
}

/** The name of a first entry, for maps whose keys people choose. */
function nameInMap(writing: Writing, path: Path): string | undefined {
  const { applied, schemas } = placeAtPlain(writing.kind, withValue(writing.plain, path, {}), path);
  const isNamed = applied.some(({ schema }) => typeof schema.additionalProperties === 'object');
  const hasKeys = applied.some(({ schema }) => schema.properties !== undefined);
  if (!isNamed || hasKeys || schemas.includes('columns_contract')) return undefined;
  if (schemas.includes('union') || schemas.includes('given')) {
    return [...writing.context.checked.project.sources.keys()][0] ?? 'source_name';
  }
  return NAMES[schemas[0] ?? ''] ?? (path.at(-1) === 'stages' ? 'first_stage' : 'name');
}

const NAMES: Readonly<Record<string, string>> = {
  groups: 'group_name',
  links: 'link_name',
  parts: 'part_name',
  union_member: 'id',
};

function isScalar({ kind }: Writing, plain: unknown, path: Path): boolean {
  const types = typesAt(placeAtPlain(kind, plain, path));
  return types.length === 0 || types.some((type) => type !== 'object' && type !== 'array');
}

/** The keys that an empty map at a path would lack, in the format's order. */
function requiredKeys(writing: Writing, path: Path): readonly string[] {
  return keysIn(withRequired(writing, path, {}), path);
}

function keysIn(plain: unknown, path: Path): readonly string[] {
  const map = valueAtPath(plain, path);
  return Object.keys(isMap(map) ? map : {});
}

/** The file's plain value with a map at a path that holds what is given and every key required beside it. */
function withRequired(writing: Writing, path: Path, given: Given): unknown {
  const schema = schemaOf(writing.kind);
  let map: Readonly<Record<string, unknown>> = { ...given };
  // One key at a time: each may make others necessary or needless.
  for (let count = 0; count < 20; count++) {
    const plain = withValue(writing.plain, path, map);
    const missing = knownKeys(schema, plain, path).find(({ required, present }) => required && !present);
    if (missing === undefined) return plain;
    map = { ...map, [missing.key]: '' };
  }
  return withValue(writing.plain, path, map);
}

/** A plain value with another in place of what stands at a path. */
export function withValue(plain: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list = Array.isArray(plain) ? [...plain] : [];
    list[step] = withValue(list[step], rest, value);
    return list;
  }
  const map = isMap(plain) ? plain : {};
  return { ...map, [step]: withValue(Object.hasOwn(map, step) ? map[step] : undefined, rest, value) };
}
