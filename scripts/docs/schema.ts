import { readFileSync } from 'node:fs';

/** What the pages say of a node of a JSON Schema. */
export interface SchemaNode {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode | true>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  /** What an object must be, where the value may be something else too. */
  readonly then?: SchemaNode;
  readonly allOf?: readonly SchemaNode[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

/** A schema with its definitions, and `file` for the root itself. */
export type Definitions = ReadonlyMap<string, SchemaNode>;

/** The definitions of a schema file by their name in `$defs`; the root of the file is `root`. */
export function readDefinitions(path: string, root: string): Definitions {
  const schema: SchemaNode = JSON.parse(readFileSync(path, 'utf8'));
  return new Map([[root, schema], ...Object.entries(schema.$defs ?? {})]);
}

/** The name of the definition that a node refers to. */
export function refOf({ $ref }: SchemaNode): string | undefined {
  return $ref?.replace('#/$defs/', '');
}

/** The name of a metric type's definition: its keys beside those that every metric has. */
export function isTypeOfMetric(name: string): boolean {
  return name.startsWith('metric_') && name !== 'metric_or_name';
}
