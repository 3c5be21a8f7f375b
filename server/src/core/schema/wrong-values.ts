import { didYouMean, suggest } from '../base/suggest.ts';
import type { ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';
import type { Path } from './applicable.ts';
import { expectedAt, wordsAt } from './expectations.ts';
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
import { missingValue, wrongValue } from './problems.ts';

/** A complaint about the value at a path: the keyword of the schema that it breaks, with that keyword's details. */
export interface Complaint {
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A value of the wrong form. Null is a value that has still to be written. */
export function wrongValueFinding(
  context: SchemaContext,
  path: Path,
  complaint: Complaint,
): Finding | undefined {
  const node = nodeAt(context.root, path);
  if (node === undefined) return undefined;
  if (node.kind === 'scalar' && node.value === null) return missingValueFinding(context, path);
  const { message, fix } = explain(context, path, node, complaint);
  return { kind: wrongValue, path, spot: node, message, ...(fix === undefined ? {} : { fix }) };
}

/** A key with nothing behind it, or an empty item of a list. */
export function missingValueFinding(context: SchemaContext, path: Path): Finding | undefined {
  const entry = entryAt(context.root, path);
  const spot = entry?.key ?? nodeAt(context.root, path);
  if (spot === undefined) return undefined;
  const expected = expectedAt(appliedAt(context, path));
  const hint = expected === '' || expected === 'text' ? '' : ` Write ${expected}.`;
  return { kind: missingValue, path, spot, message: `${subjectOf(path)} has no value yet.${hint}` };
}

type Explained = Pick<Finding, 'message' | 'fix'>;

function explain(
  context: SchemaContext,
  path: Path,
  node: YamlNode,
  { keyword, params }: Complaint,
): Explained {
  const subject = subjectOf(path);
  const limit = Number(params.limit);
  switch (keyword) {
    case 'enum':
      return notListed(
        subject,
        node,
        (params.allowedValues as readonly unknown[]).filter((each) => each !== null).map(String),
      );
    case 'minLength':
      return { message: `${subject} is empty. Write ${expectedAt(appliedAt(context, path))}.` };
    case 'minProperties':
      return { message: `${subject} is empty. It needs at least one entry.` };
    case 'minItems':
    case 'maxItems':
      return { message: wrongLength(subject, expectedAt(appliedAt(context, path)), keyword, limit) };
    default: {
      const applied = appliedAt(context, path);
      const expected = expectedAt(applied);
      const range =
        keyword === 'minimum' ? `${limit} or more` : keyword === 'maximum' ? `${limit} or less` : '';
      const must = range !== '' && /^a (whole )?number$/.test(expected) ? `${expected}, ${range}` : expected;
      const message = `${subject} must be ${must}, not ${written(node)}.`;
      return { message, ...repair(node, params, expected), ...nearWord(message, node, wordsAt(applied)) };
    }
  }
}

/** A value that is not among those listed. */
function notListed(subject: string, node: YamlNode, allowed: readonly string[]): Explained {
  const message = `${subject} must be ${allowed.length > 1 ? 'one of ' : ''}${listed(allowed.map(quoted), 'or')}, not ${written(node)}.`;
  return { message, ...nearWord(message, node, allowed) };
}

/** A message with the word that was meant, and the fix that writes it; nothing where none is near. */
function nearWord(message: string, node: YamlNode, allowed: readonly string[]): Partial<Explained> {
  if (node.kind !== 'scalar') return {};
  const [best, ...others] = suggest(node.text, allowed);
  if (best === undefined) return {};
  const fix = { title: `Change to \`${best}\``, text: best, sure: others.length === 0 };
  return { message: `${message}${didYouMean(node.text, allowed)}`, fix };
}

/** A list with too few or too many items. */
function wrongLength(subject: string, expected: string, keyword: string, limit: number): string {
  if (expected.startsWith('two ')) return `${subject} must be ${expected}.`;
  if (limit === 1) return `${subject} is empty. It needs at least one item.`;
  return `${subject} needs ${limit} items or ${keyword === 'minItems' ? 'more' : 'fewer'}.`;
}

/** What stands there, for the end of a message. */
function written(node: YamlNode): string {
  if (node.kind === 'map') return 'a map';
  if (node.kind === 'seq') return 'a list';
  return node.text === '' ? 'an empty text' : quoted(node.text);
}

/** Repairs that only change how a value is written: quotes, brackets, `yes` for `true`. */
function repair(node: YamlNode, params: Complaint['params'], expected: string): Pick<Finding, 'fix'> {
  if (node.kind !== 'scalar') return {};
  const { text } = node;
  if (params.type === 'string')
    return expected === 'text' && node.style === 'plain' ? fixTo('Put it in quotes', `"${text}"`) : {};
  if (params.type === 'array') return isSimple(node) ? fixTo('Write it as a list', `[${text}]`) : {};
  if (params.type === 'boolean' && /^(yes|no|on|off)$/i.test(text)) {
    const value = /^(yes|on)$/i.test(text) ? 'true' : 'false';
    return fixTo(`Change to \`${value}\``, value);
  }
  const isNumber =
    params.type === 'number'
      ? /^-?\d+([.]\d+)?$/.test(text)
      : params.type === 'integer' && /^-?\d+$/.test(text);
  return isNumber && node.style !== 'plain' ? fixTo('Remove the quotes', text) : {};
}

function fixTo(title: string, text: string): Pick<Finding, 'fix'> {
  return { fix: { title, text, sure: true } };
}

/** Whether a scalar's text keeps its meaning between brackets. */
function isSimple(node: ScalarNode): boolean {
  return node.style === 'plain' && /^[\w.][\w. -]*$/.test(node.text);
}
