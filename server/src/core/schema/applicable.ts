import { definitionOf, type JsonSchema, type SchemaObject } from './json-schema.ts';

/** A schema that speaks of a value, and the name under `$defs` that it was reached by. */
export interface Applied {
  readonly schema: SchemaObject;
  readonly name: string | undefined;
}

export type Path = readonly (string | number)[];

/**
 * Every schema that speaks of the value at a path, the nearest first: what stands under the key itself, then the
 * definitions it refers to, then the branches (`if`) that the value chooses. Empty where no schema speaks of it.
 */
export function schemasAt(root: SchemaObject, value: unknown, path: Path): Applied[] {
  let applied = expand(root, root, value);
  let current = value;
  for (const step of path) {
    current = child(current, step);
    applied = stepInto(root, applied, step, current);
  }
  return unique(applied);
}

/** The schemas that speak of `value`, which stands under a key or an index of what `applied` speak of. */
export function stepInto(
  root: SchemaObject,
  applied: readonly Applied[],
  step: string | number,
  value: unknown,
): Applied[] {
  return applied.flatMap(({ schema }) =>
    schemasUnder(schema, step).flatMap((each) => expand(root, each, value)),
  );
}

/** The part of a value under a key or an index; `undefined` where it has none. */
export function child(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
  if (!isMap(value)) return undefined;
  return Object.hasOwn(value, step) ? value[step] : undefined;
}

/** The value at a path; `undefined` where the path leaves the value. */
export function valueAtPath(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(child, value);
}

/** Whether a value is a map, as opposed to a list or a scalar. */
export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A schema with all that it brings in by reference, by `allOf` and by the branch of `if` that a value chooses. */
export function expand(root: SchemaObject, schema: JsonSchema, value: unknown, name?: string): Applied[] {
  if (typeof schema === 'boolean') return [];
  const found: Applied[] = [{ schema, name }];
  const target = schema.$ref === undefined ? undefined : definitionOf(root, schema.$ref);
  if (target !== undefined) found.push(...expand(root, target.schema, value, target.name));
  for (const part of schema.allOf ?? []) found.push(...expand(root, part, value));
  if (schema.if !== undefined) {
    const branch = matches(schema.if, value) ? schema.then : schema.else;
    if (branch !== undefined) found.push(...expand(root, branch, value));
  }
  return found;
}

/** The schemas that one schema holds for the value under a key or an index. */
function schemasUnder(schema: SchemaObject, step: string | number): JsonSchema[] {
  if (typeof step === 'number') return schema.items === undefined ? [] : [schema.items];
  const found: JsonSchema[] = [];
  const own = ownProperty(schema, step);
  if (own !== undefined) found.push(own);
  for (const [pattern, each] of Object.entries(schema.patternProperties ?? {})) {
    if (new RegExp(pattern, 'u').test(step)) found.push(each);
  }
  if (found.length === 0 && schema.additionalProperties !== undefined)
    found.push(schema.additionalProperties);
  return found;
}

/** What `properties` says of a key; inherited names such as `constructor` are no keys. */
export function ownProperty(schema: SchemaObject, key: string): JsonSchema | undefined {
  return schema.properties !== undefined && Object.hasOwn(schema.properties, key)
    ? schema.properties[key]
    : undefined;
}

/** Whether a schema refuses a key: by `false`, or by being closed without it. */
export function refuses(schema: SchemaObject, key: string): boolean {
  return schemasUnder(schema, key).includes(false);
}

/** Evaluates the few keywords that the conditions (`if`) of our schemas consist of. */
function matches(schema: JsonSchema, value: unknown): boolean {
  if (typeof schema === 'boolean') return schema;
  if (schema.type !== undefined && ![schema.type].flat().includes(typeName(value))) return false;
  if (schema.const !== undefined && schema.const !== value) return false;
  if (schema.enum !== undefined && !schema.enum.includes(value)) return false;
  if (schema.not !== undefined && matches(schema.not, value)) return false;
  if (schema.anyOf !== undefined && !schema.anyOf.some((each) => matches(each, value))) return false;
  if (!isMap(value)) return true;
  if (schema.required?.some((key) => !Object.hasOwn(value, key))) return false;
  return Object.entries(schema.properties ?? {}).every(
    ([key, each]) => !Object.hasOwn(value, key) || matches(each, value[key]),
  );
}

/** The name that JSON Schema gives to the type of a value; integers count as `number`. */
function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

function unique(applied: readonly Applied[]): Applied[] {
  const seen = new Set<SchemaObject>();
  return applied.filter(({ schema }) => {
    if (seen.has(schema)) return false;
    seen.add(schema);
    return true;
  });
}
