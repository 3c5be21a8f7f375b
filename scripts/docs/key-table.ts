import { table } from './markdown.ts';
import { type Definitions, isTypeOfMetric, refOf, type SchemaNode } from './schema.ts';

/** Where a page explains a definition of the schema, seen from the page that the table is for. */
export type LinkTo = (definition: string) => string | undefined;

/**
 * The table of the keys that a definition of the schema takes. Of a metric type these are the keys that no other type explains; those that
 * several types share follow in a line, and stand in a table of their own.
 */
export function keyTable(definitions: Definitions, name: string, linkTo: LinkTo): string {
  const node = definitions.get(name);
  if (node?.properties === undefined) throw new Error(`The schema has no keys "${name}".`);
  const required = new Set(node.required);
  const own = Object.entries(node.properties).flatMap(([key, value]) =>
    value === true || isShared(value) ? [] : [{ key, value }],
  );
  const rows = own.map(({ key, value }) => [
    `\`${key}\`${required.has(key) ? ' (required)' : ''}`,
    takes(definitions, value, linkTo),
    meaning(definitions, value),
  ]);
  const shared = sharedKeys(node).map((key) => `\`${key}\``);
  const also =
    shared.length === 0 ? [] : [`It also takes ${shared.join(', ')}: see [${SHARED}](#${SHARED_ANCHOR}).`];
  return [...(rows.length === 0 ? [] : [table(['key', 'takes', 'meaning'], rows)]), ...also].join('\n\n');
}

const SHARED = 'Keys that several types take';
const SHARED_ANCHOR = 'keys-that-several-types-take';

/** The keys that several metric types take, with these types. */
export function sharedKeyTable(definitions: Definitions, linkTo: LinkTo): string {
  const types = [...definitions].filter(([name]) => isTypeOfMetric(name));
  const keys = new Set(types.flatMap(([, node]) => sharedKeys(node)));
  const rows = [...keys].map((key) => {
    const takers = types.filter(([, node]) => sharedKeys(node).includes(key)).map(([name]) => name);
    const node = { $ref: `#/$defs/${key}` };
    return [
      `\`${key}\``,
      takes(definitions, node, linkTo),
      meaning(definitions, node),
      takers.map(typeLink).join(', '),
    ];
  });
  return table(['key', 'takes', 'meaning', 'types'], rows);
}

function typeLink(definition: string): string {
  const type = definition.replace('metric_', '');
  return `\`${type}\``;
}

function sharedKeys({ properties }: SchemaNode): readonly string[] {
  return Object.entries(properties ?? {}).flatMap(([key, value]) =>
    value !== true && isShared(value) ? [key] : [],
  );
}

/** A key that says nothing of itself means the same wherever it stands. */
function isShared({ $ref, description }: SchemaNode): boolean {
  return $ref !== undefined && description === undefined;
}

/** The forms that values take, such as a period: what the tables of keys link to. */
export function formTable(definitions: Definitions, names: readonly string[]): string {
  const rows = names.map((name) => {
    const node = definitions.get(name);
    if (node === undefined) throw new Error(`The schema has no form "${name}".`);
    return [node.title ?? name, node.description ?? ''];
  });
  return table(['form', 'what may be written'], rows);
}

/** What may stand at a key, in words: the words of a list, or the form of the value with a link to where that is explained. */
function takes(definitions: Definitions, node: SchemaNode, linkTo: LinkTo): string {
  const name = refOf(node);
  const target = name === undefined ? undefined : definitions.get(name);
  if (name !== undefined && target !== undefined) {
    const link = linkTo(name);
    return link === undefined ? takes(definitions, target, linkTo) : `[${wordsOf(target, name)}](${link})`;
  }
  if (node.enum !== undefined) return node.enum.map((word) => `\`${word}\``).join(', ');
  const types = typeof node.type === 'string' ? [node.type] : (node.type ?? []);
  const forms = formsOf(node);
  if (forms.length > 0 && types.length === 2) {
    const words = forms.map((form) => takes(definitions, form, linkTo));
    return [...(forms.length < 2 ? ['text'] : []), ...words].join(' or ');
  }
  if (types[0] === 'array') return listOf(definitions, node, linkTo);
  if (types[0] === 'object') return mapOf(definitions, node, linkTo);
  return types.map((type) => typeWords(type, node)).join(' or ');
}

/** The definitions that a value must meet by what it is: a text that is a name, a map that is an inline metric. */
function formsOf({ then, allOf = [] }: SchemaNode): readonly SchemaNode[] {
  return [then, ...allOf.map((each) => each.then)].flatMap((each) =>
    each?.$ref === undefined ? [] : [each],
  );
}

function listOf(definitions: Definitions, { items }: SchemaNode, linkTo: LinkTo): string {
  return items === undefined ? 'list' : `list of: ${takes(definitions, items, linkTo)}`;
}

function mapOf(
  definitions: Definitions,
  { additionalProperties, patternProperties = {} }: SchemaNode,
  linkTo: LinkTo,
): string {
  const [named] = Object.values(patternProperties);
  const entry = named ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
  return entry === undefined ? 'map' : `map of names to: ${takes(definitions, entry, linkTo)}`;
}

function typeWords(type: string, { minimum, maximum }: SchemaNode): string {
  if (type === 'boolean') return '`true` or `false`';
  if (type === 'string') return 'text';
  if (type === 'object' || type === 'array') return type === 'object' ? 'map' : 'list';
  const kind = type === 'integer' ? 'whole number' : type;
  if (minimum === undefined) return kind;
  return maximum === undefined ? `${kind} from ${minimum}` : `${kind}, ${minimum} to ${maximum}`;
}

/** The title of a definition as it stands inside a sentence. */
function wordsOf({ title }: SchemaNode, name: string): string {
  const words = title ?? name;
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

function meaning(definitions: Definitions, node: SchemaNode): string {
  return node.description ?? definitions.get(refOf(node) ?? '')?.description ?? '';
}
