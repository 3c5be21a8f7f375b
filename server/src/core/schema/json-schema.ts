import { metricsSchema, projectSchema } from 'plumbline:schemas';

/** The part of JSON Schema 2020-12 that our schemas use. */
export interface SchemaObject {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaObject>>;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema;
  readonly items?: JsonSchema;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
}

export type JsonSchema = boolean | SchemaObject;

/** The two kinds of file that people write: `plumbline.yaml` and `*.metrics.yaml`. */
export type SchemaKind = 'project' | 'metrics';

// The plugin reads the schema files, whose form the tests check against the meta-schema.
const schemas: Readonly<Record<SchemaKind, SchemaObject>> = {
  project: projectSchema as SchemaObject,
  metrics: metricsSchema as SchemaObject,
};

/** The schema of a kind of file, as published. */
export function schemaOf(kind: SchemaKind): SchemaObject {
  return schemas[kind];
}

/** The name and the schema of a `#/$defs/…` reference. */
export function definitionOf(
  root: SchemaObject,
  ref: string,
): { name: string; schema: SchemaObject } | undefined {
  const name = ref.replace('#/$defs/', '');
  const schema = root.$defs?.[name];
  return schema === undefined ? undefined : { name, schema };
}

/** The types of metric that the format knows, in its order, each with the schema of its branch. */
export function metricBranches(): readonly { readonly type: string; readonly schema: SchemaObject }[] {
  const root = schemaOf('metrics');
  return Object.entries(root.$defs ?? {}).flatMap(([name, schema]) => {
    const type = /^metric_(.+)$/.exec(name)?.[1];
    return type === undefined || type === 'or_name' ? [] : [{ type, schema }];
  });
}
