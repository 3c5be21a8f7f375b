import type { Span } from '../../base/span.ts';
import { parseYaml } from '../../syntax/yaml/parse.ts';
import type { ScalarNode } from '../../syntax/yaml/tree.ts';
import { type Insert, mapInsert, plainOf } from './item.ts';

/** A scalar of a text in which the cursor stands, or the place where one is missing. */
export interface Slot {
  /** The whole text of the file. */
  readonly file: string;
  readonly style: ScalarNode['style'];
  /** What the scalar says. */
  readonly text: string;
  /** Where the cursor is in what it says. */
  readonly at: number;
  /** Where the scalar stands, with its quotes. */
  readonly span: Span;
  /** The offset in the file of a character of `text`. */
  offsetAt(index: number): number;
  /** Whether it stands inside brackets, where a comma or a bracket would end it. */
  readonly flow: boolean;
  /** What has to be written before a new scalar: a blank behind a colon, indentation. */
  readonly before: string;
  /** What has to be written behind a new scalar: a comma before the next one. */
  readonly after: string;
}

/** What a scalar must be read as: a text whatever it looks like, or anything that is not null. */
export type Reading = 'text' | 'any';

/** A replacement of part of a file by a text with holes. */
export interface SlotEdit {
  readonly span: Span;
  readonly insert: Insert;
}

/**
 * The edit that puts an insert in the place of the characters `from` to `to` of what a scalar says, with the escapes of its
 * quotes. A plain scalar that could not be read any more is replaced as a whole by a quoted one. `undefined` where no edit
 * of one line does it.
 */
export function putInto(
  slot: Slot,
  from: number,
  to: number,
  insert: Insert,
  reading: Reading,
): SlotEdit | undefined {
  const { style, text } = slot;
  if (style === 'missing') {
    return {
      span: slot.span,
      insert: [slot.before, ...writeScalar(insert, slot.flow, reading), slot.after].filter((x) => x !== ''),
    };
  }
  const span = { start: slot.offsetAt(from), end: slot.offsetAt(to) };
  if (style !== 'plain') return oneLine(slot, { span, insert: mapInsert(insert, escapeFor(style)) });
  const whole: Insert = [text.slice(0, from), ...insert, text.slice(to)];
  if (isPlain(plainOf(whole), slot.flow, reading)) return oneLine(slot, { span, insert });
  return oneLine(slot, { span: slot.span, insert: quoteInsert(whole) });
}

function oneLine(slot: Slot, edit: SlotEdit): SlotEdit | undefined {
  return /[\r\n]/.test(slot.file.slice(edit.span.start, edit.span.end)) ? undefined : edit;
}

/** A text as a scalar of its own: plain where that reads back as the same text, else quoted. */
export function writeScalar(insert: Insert, flow: boolean, reading: Reading): Insert {
  return isPlain(plainOf(insert), flow, reading) ? insert : quoteInsert(insert);
}

/** A text without holes as a scalar of its own. */
export function scalarText(text: string, flow: boolean, reading: Reading = 'text'): string {
  return plainOf(writeScalar([text], flow, reading));
}

/** In double quotes, as people would write it, unless that needs escapes. */
function quoteInsert(insert: Insert): Insert {
  const text = plainOf(insert);
  const single = /["\\]/.test(text) && !/[\n\r\t]/.test(text);
  const quote = single ? "'" : '"';
  return [quote, ...mapInsert(insert, escapeFor(single ? 'single' : 'double')), quote];
}

function escapeFor(style: ScalarNode['style']): (text: string) => string {
  if (style === 'single') return (text) => text.replaceAll("'", "''");
  if (style !== 'double') return (text) => text;
  return (text) =>
    text.replaceAll(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}

/** Words that stand for no text in YAML. */
const NO_TEXT = /^(?:true|false|null|~|[-+.]?\d.*|[-+]?\.(?:inf|nan)|<<)$/i;
const HARMLESS = /^[A-Za-z_(][\w .()<>=+*/'|-]*$/;

/** Whether a text can stand without quotes and is read as it should be. */
function isPlain(written: string, flow: boolean, reading: Reading): boolean {
  // Blanks around an expression mean nothing, and are there while it is typed.
  const text = reading === 'any' ? written.trim() : written;
  if (text === '' || text.trim() !== text) return false;
  if (HARMLESS.test(text) && !NO_TEXT.test(text)) return true;
  // A range or a line of its own has rules enough that only the reader knows them all.
  const { root, issues } = parseYaml(flow ? `[${text}]` : `- ${text}`);
  const node = root?.kind === 'seq' && root.items.length === 1 ? root.items[0] : undefined;
  if (issues.length > 0 || node?.kind !== 'scalar' || node.style !== 'plain' || node.text !== text)
    return false;
  return reading === 'text' ? typeof node.value === 'string' : node.value !== null;
}
