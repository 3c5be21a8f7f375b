import { toPlain, type YamlNode } from '../syntax/yaml/tree.ts';
import {
  type Applied,
  child,
  expand,
  isMap,
  ownProperty,
  type Path,
  refuses,
  schemasAt,
  valueAtPath,
} from './applicable.ts';
import { definitionOf, metricBranches, type SchemaKind, type SchemaObject, schemaOf } from './json-schema.ts';

/** What the format says of a key. */
export interface KeyDescription {
  /** What kind of thing stands there, such as `Net Promoter Score` or `Condition or conditions`. */
  readonly title: string | undefined;
  /** Markdown, one to three sentences. */
  readonly description: string;
  /** Further Markdown from more general definitions, such as how an expression is written. */
  readonly details: readonly string[];
  /** The default as the schema states it; `undefined` where there is none or it depends on other keys. */
  readonly default: unknown;
}

/** A key that may be written at a place. */
export interface AllowedKey {
  readonly key: string;
  readonly description: string;
  /** Whether the definition is incomplete without it. */
  readonly required: boolean;
  /** Whether it stands there already. */
  readonly present: boolean;
}

/** A value that may be written at a place. */
export interface AllowedValue {
  readonly value: string | number | boolean;
  /** Set for the types of metrics; other values are explained by their key's description. */
  readonly title: string | undefined;
  readonly description: string | undefined;
}

/**
 * What the format says of the last key of a path, considering what is written (the type of a metric decides what
 * `value` means). For the name of a definition it speaks of that definition. `undefined` where the format knows no such key.
 */
export function describeKey(
  kind: SchemaKind,
  root: YamlNode | undefined,
  path: Path,
): KeyDescription | undefined {
  const key = path.at(-1);
  if (typeof key !== 'string') return undefined;
  const plain = toPlain(root);
  const applied = schemasAt(schemaOf(kind), plain, path);
  const described = applied.filter(({ schema }) => schema.description !== undefined);
  const all = described.length > 0 ? described : describedByAnyType(kind, plain, path.slice(0, -1), key);
  const [first, ...others] = isDefinitionName(path) ? [...all].reverse() : all;
  if (first?.schema.description === undefined) return undefined;
  return {
    title: first.schema.title ?? others.find(({ schema }) => schema.title !== undefined)?.schema.title,
    description: first.schema.description,
    details: others.flatMap(({ schema }) => schema.description ?? []),
    default: [first, ...others].find(({ schema }) => schema.default !== undefined)?.schema.default,
  };
}

/** The keys that may be written in the map at a path, in the schema's order. Keys that would contradict those written are left out. */
export function allowedKeys(kind: SchemaKind, root: YamlNode | undefined, path: Path): AllowedKey[] {
  const schema = schemaOf(kind);
  const plain = toPlain(root);
  return knownKeys(schema, plain, path).filter(
    ({ key, present }) => present || canAdd(schema, plain, path, key),
  );
}

/** The keys that the definition at a path knows, also those that others written there exclude. */
export function knownKeys(root: SchemaObject, plain: unknown, path: Path): AllowedKey[] {
  const applied = schemasAt(root, plain, path);
  const value = valueAtPath(plain, path);
  const names = new Set(applied.flatMap(({ schema }) => Object.keys(schema.properties ?? {})));
  return [...names]
    .filter((key) => !applied.some(({ schema }) => refuses(schema, key)))
    .map((key) => ({
      key,
      description: descriptionUnder(root, applied, key),
      required: applied.some(({ schema }) => schema.required?.includes(key)),
      present: isMap(value) && Object.hasOwn(value, key),
    }));
}

/** Whether a key could be added to the map at a path without making a written key, or itself, refused. */
export function canAdd(root: SchemaObject, plain: unknown, path: Path, key: string): boolean {
  const applied = schemasAt(root, plain, path);
  const value = valueAtPath(plain, path);
  const written = isMap(value) ? value : {};
  // A text stands for the value to come: no condition of our schemas turns on which text it is, but for keys with
  // listed values, and those do not exclude others.
  const then = applied.flatMap(({ schema }) => expand(root, schema, { ...written, [key]: '' }));
  const before = (each: string) => applied.some(({ schema }) => refuses(schema, each));
  const broken = (each: string) => then.some(({ schema }) => refuses(schema, each));
  return !broken(key) && !Object.keys(written).some((each) => broken(each) && !before(each));
}

/** The values that may be written at a path, where the format lists them. */
export function allowedValues(kind: SchemaKind, root: YamlNode | undefined, path: Path): AllowedValue[] {
  const applied = schemasAt(schemaOf(kind), toPlain(root), path);
  const listed = applied.find(({ schema }) => schema.enum !== undefined)?.schema.enum ?? [];
  const types = new Map(metricBranches().map(({ type, schema }) => [type, schema]));
  const isType = path.at(-1) === 'type' && listed.includes('count');
  const values: AllowedValue[] = listed.flatMap((value) => {
    if (typeof value !== 'string') return [];
    const branch = isType ? types.get(value) : undefined;
    return [{ value, title: branch?.title, description: branch?.description }];
  });
  if (values.length > 0) return values;
  if (!applied.some(({ schema }) => schema.type === 'boolean')) return [];
  return [true, false].map((value) => ({ value, title: undefined, description: undefined }));
}

/** The types of metric that take a key, in the format's order. */
export function typesWithKey(key: string): string[] {
  return metricBranches().flatMap(({ type, schema }) =>
    ownProperty(schema, key) === undefined ? [] : [type],
  );
}

/** The keys that a type of metric takes beyond those of every metric; empty for no type of ours. */
export function keysOfType(type: string): string[] {
  const branch = metricBranches().find((each) => each.type === type)?.schema;
  return Object.entries(branch?.properties ?? {}).flatMap(([key, schema]) => (schema === true ? [] : [key]));
}

function descriptionUnder(root: SchemaObject, applied: readonly Applied[], key: string): string {
  for (const { schema } of applied) {
    const own = ownProperty(schema, key);
    if (own === undefined || typeof own === 'boolean') continue;
    const text = own.description ?? (own.$ref && definitionOf(root, own.$ref)?.schema.description);
    if (text) return text;
  }
  return '';
}

/** The name of a metric, a source and so on: a key directly under one of the maps of definitions. */
function isDefinitionName(path: Path): boolean {
  return (
    path.length === 2 && ['sources', 'segments', 'metrics', 'targets', 'journeys'].includes(String(path[0]))
  );
}

/** While `type` is still to be written, a key is described by the first type of metric that takes it. */
function describedByAnyType(kind: SchemaKind, plain: unknown, parent: Path, key: string): Applied[] {
  const root = schemaOf(kind);
  const holder = schemasAt(root, plain, parent);
  const value = valueAtPath(plain, parent);
  if (!holder.some(({ name }) => name === 'metric') || typeof child(value, 'type') === 'string') return [];
  const type = typesWithKey(key)[0];
  const branch = metricBranches().find((each) => each.type === type)?.schema;
  const own = branch && ownProperty(branch, key);
  return own === undefined ? [] : expand(root, own, child(value, key));
}
