import { didYouMean, suggest } from '../base/suggest.ts';
import type { MapEntry } from '../syntax/yaml/tree.ts';
import type { Applied, Path } from './applicable.ts';
import { child, valueAtPath } from './applicable.ts';
import { canAdd, keysOfType, knownKeys, typesWithKey } from './describe.ts';
import {
  appliedAt,
  entryAt,
  type Finding,
  listed,
  nodeAt,
  quoted,
  type SchemaContext,
  subjectOf,
} from './locate.ts';
import { conflictingKeys, unknownKey, wrongName } from './problems.ts';

/** A key that its place does not know. */
export function unknownKeyFinding(context: SchemaContext, path: Path, key: string): Finding | undefined {
  const entry = entryAt(context.root, [...path, key]);
  if (entry === undefined) return undefined;
  const allowed = knownKeys(context.schema, context.plain, path);
  const raw = rawColumnMessage(context, path, key);
  const cut = raw === undefined ? cutText(context, path, key) : undefined;
  const absent = raw === undefined ? allowed.filter(({ present }) => !present).map((each) => each.key) : [];
  const near = suggest(key, absent).filter((each) => canAdd(context.schema, context.plain, path, each));
  const names = allowed.map((each) => each.key);
  const message =
    near.length > 0
      ? `${subjectOf(path)} has no key ${quoted(key)}.${didYouMean(key, near)}`
      : (raw ?? strangerMessage(context, path, key, names));
  const [best] = near;
  if (best === undefined && cut !== undefined) {
    const why = `YAML ends the text of ${quoted(cut.key)} at the comma before it, because it stands inside braces. If it is one text, put it in quotes.`;
    const said = `${subjectOf(path)} has no key ${quoted(key)}. ${why}`;
    return { kind: unknownKey, path: [...path, key], spot: entry.key, message: said, fix: cut.fix };
  }
  const fix =
    best === undefined
      ? {}
      : { fix: { title: `Change to \`${best}\``, text: best, sure: near.length === 1 } };
  return { kind: unknownKey, path: [...path, key], spot: entry.key, message, ...fix };
}

/**
 * The text before a key without a value in braces (`{ description: Scores, 0 to 10 }`), which was most likely meant to go on there;
 * `undefined` where no text stands before it.
 */
function cutText(
  { root }: SchemaContext,
  path: Path,
  key: string,
): { readonly key: string; readonly fix: NonNullable<Finding['fix']> } | undefined {
  const map = nodeAt(root, path);
  if (map?.kind !== 'map' || !map.flow) return undefined;
  const isCutOff = ({ value }: MapEntry): boolean => value.kind === 'scalar' && value.style === 'missing';
  const at = map.entries.findIndex((entry) => entry.key.text === key);
  const from = map.entries.findLastIndex((entry, index) => index <= at && !isCutOff(entry));
  const first = map.entries[from];
  if (from < 0 || from === at || first?.value.kind !== 'scalar' || first.value.style !== 'plain')
    return undefined;
  if (typeof first.value.value !== 'string' || first.value.origin !== undefined) return undefined;
  const after = map.entries.findIndex((entry, index) => index > at && !isCutOff(entry));
  const rest = map.entries.slice(from + 1, after < 0 ? undefined : after).map((entry) => entry.key);
  const text = [first.value.text, ...rest.map((each) => each.text)].join(', ');
  const span = { start: first.value.span.start, end: rest.at(-1)?.span.end ?? first.value.span.end };
  const fix = { title: 'Quote the text', sure: false, text: JSON.stringify(text), span };
  return { key: first.key.text, fix };
}

/** For a key that resembles none: where it belongs, or what may stand here. */
function strangerMessage(context: SchemaContext, path: Path, key: string, keys: readonly string[]): string {
  const names = appliedAt(context, path).map(({ name }) => name);
  const type = child(valueAtPath(context.plain, path), 'type');
  const owners = names.includes('metric') && typeof type === 'string' ? typesWithKey(key) : [];
  if (owners.length > 8) return `${quoted(key)} means nothing for a metric of type \`${type}\`. Remove it.`;
  if (owners.length > 0) {
    return `${quoted(key)} belongs to ${listed(owners, 'and')}; a metric of type \`${type}\` does not use it.`;
  }
  const what = `${subjectOf(path)} has no key ${quoted(key)}.`;
  const own = typeof type === 'string' && names.includes('metric') ? keysOfType(type) : [];
  if (own.length > 0) {
    return `${what} Besides the keys of every metric, type \`${type}\` takes ${listed(own.map(quoted), 'and')}.`;
  }
  return keys.length === 0 || keys.length > 12
    ? what
    : `${what} Its keys are ${listed(keys.map(quoted), 'and')}.`;
}

/** A computed column must have a name; under a raw header neither `value` nor `of` is known. */
function rawColumnMessage(context: SchemaContext, path: Path, key: string): string | undefined {
  if (key !== 'value' && key !== 'of') return undefined;
  if (!appliedAt(context, path).some(({ name }) => name === 'raw_column_contract')) return undefined;
  return `A column with ${quoted(key)} is computed, so it needs a name such as \`arr\`: lower-case letters, digits and underscores.`;
}

/** A name that breaks the rule for names. */
export function wrongNameFinding(context: SchemaContext, path: Path, name: string): Finding | undefined {
  const entry = entryAt(context.root, [...path, name]);
  if (entry === undefined) return undefined;
  const better = nameFrom(name);
  const isRule = path[0] === 'rules';
  const message = isRule
    ? `${quoted(name)} is not the id of a rule, which is written like \`metric-needs-owner\`.`
    : name === ''
      ? 'A name is missing here. Write one such as `monthly_revenue`.'
      : `${quoted(name)} cannot be a name: names are lower-case letters, digits and underscores, beginning with a letter${better === '' ? '' : `, such as \`${better}\``}.`;
  const free = valueAtPath(context.plain, [...path, better]) === undefined;
  const fix =
    isRule || better === '' || !free
      ? {}
      : { fix: { title: `Change to \`${better}\``, text: better, sure: false } };
  return { kind: wrongName, path: [...path, name], spot: entry.key, message, ...fix };
}

/** `Net Promoter Score` → `net_promoter_score`; empty where nothing is left. */
function nameFrom(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '');
}

/** Why a key cannot stand beside others, by the definition that refuses it. */
const conflicts: Readonly<Record<string, string>> = {
  'source.data': 'A source has either `data` or `union`, not both.',
  'segment.by': 'A segment has one of `groups`, `by` and `where`.',
  'segment.where': 'A segment has one of `groups`, `by` and `where`.',
  'segment.source': '`by` names the sources here. Remove `source`.',
  'column_contract.header': 'A column with a `value` is computed: it has no `header` in the file.',
  'target.at_most': 'A target has one goal: `at_least`, `at_most` or `between`.',
  'target.between': 'A target has one goal: `at_least`, `at_most` or `between`.',
  'target.each': 'A target has either `due` (one period) or `each` (every period), not both.',
  'metric_tenure.entity': 'A tenure has either `entity`, or `duration` and `ended`.',
  'metric_tenure.horizon': '`horizon` goes with `report: mean`.',
  'metric_tenure.at': '`at` goes with `report: survival`.',
};

/** A key that the other keys of its definition exclude. */
export function conflictFinding(context: SchemaContext, path: Path): Finding | undefined {
  const entry = entryAt(context.root, path);
  if (entry === undefined) return undefined;
  const key = entry.key.text;
  const applied = appliedAt(context, path.slice(0, -1));
  const known = applied.map(({ name }) => conflicts[`${name}.${key}`]).find((text) => text !== undefined);
  const message = known ?? otherConflict(applied, key);
  return { kind: conflictingKeys, path, spot: entry.key, message };
}

function otherConflict(applied: readonly Applied[], key: string): string {
  if (applied.some(({ name }) => name === 'inline_metric')) {
    return `${quoted(key)} belongs to a metric with a name of its own; an inline metric cannot have it.`;
  }
  return `${quoted(key)} cannot stand beside the other keys here. Remove it.`;
}
