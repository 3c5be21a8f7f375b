import type { Span } from '../../base/span.ts';
import type { SyntaxCode } from '../problems.ts';
import type { LibraryError } from './chunk.ts';
import { lineEnd, type Report, report } from './report.ts';

interface Plain {
  readonly code: SyntaxCode;
  readonly span: Span;
  readonly message: string;
}

/** Reports a complaint of the `yaml` library in words for people who do not know YAML's grammar. */
export function reportError(to: Report, error: LibraryError): void {
  const { code, span, message } = explain(to.text, error);
  report(to, code, span, message);
}

/** Reports a warning of the library, where it means something to us. */
export function reportWarning(to: Report, warning: LibraryError): void {
  if (warning.code !== 'TAG_RESOLVE_FAILED') return;
  const span = spanOf(warning);
  const tag = to.text.slice(span.start, span.end);
  const message = `Tags such as "${tag}" are not used in metrics files. Quote a text that starts with "!".`;
  report(to, 'yaml-unsupported', span, message);
}

function explain(text: string, error: LibraryError): Plain {
  const span = visible(text, spanOf(error));
  if (text[span.start] === '\t') return { code: 'yaml-indentation', span, message: TAB };
  const rule = RULES.find(
    ({ code, words }) => code === error.code && (words === undefined || words.test(error.message)),
  );
  if (rule === undefined) return { code: 'yaml-syntax', span, message: FALLBACK };
  const place = rule.place?.(text, span) ?? span;
  return {
    code: rule.as ?? 'yaml-syntax',
    span: place,
    message: rule.message.replaceAll('%', () => text.slice(place.start, place.end)),
  };
}

function spanOf(error: LibraryError): Span {
  return { start: error.pos[0], end: Math.max(error.pos[0], error.pos[1]) };
}

/** A span that begins with a blank, moved to what follows it on its line. */
function visible(text: string, span: Span): Span {
  const end = lineEnd(text, span.start);
  let start = span.start;
  while (start < end && text[start] === ' ') start++;
  return start === end ? span : { start, end: Math.max(span.end, start + 1) };
}

const TAB = 'A tab stands here where YAML does not allow one. Use spaces.';
const FALLBACK =
  'YAML cannot read this. Check the indentation, quotes and brackets here and on the line above.';

interface Rule {
  readonly code: string;
  readonly words?: RegExp;
  readonly as?: SyntaxCode;
  /** Finds the offending characters from where the library points. */
  readonly place?: (text: string, span: Span) => Span;
  /** `%` stands for the offending characters. */
  readonly message: string;
}

const LINE_UP =
  'This line does not line up with the entries it belongs to. Indent it with as many spaces as its neighbours.';
const NO_COLON = 'Expected ":" behind this name. Write "name: value", or remove the word.';

/** The first rule that fits an error is taken. */
const RULES: readonly Rule[] = [
  {
    code: 'BLOCK_AS_IMPLICIT_KEY',
    words: /Nested mappings/,
    place: colonFrom,
    message: 'Unexpected ":" within a value. Quote the text if the colon belongs to it.',
  },
  { code: 'BLOCK_AS_IMPLICIT_KEY', as: 'yaml-indentation', message: LINE_UP },
  { code: 'BAD_INDENT', words: /must end with/, message: 'A bracket is not closed before this line.' },
  { code: 'BAD_INDENT', as: 'yaml-indentation', place: wordFrom, message: LINE_UP },
  { code: 'TAB_AS_INDENT', as: 'yaml-indentation', message: TAB },
  {
    code: 'BAD_SCALAR_START',
    message:
      'A text cannot start with "%" without quotes, because the character means something to YAML. Quote the text.',
  },
  {
    code: 'BAD_DQ_ESCAPE',
    place: escapeFrom,
    message: 'YAML does not know the escape "%". Write a backslash as "\\\\", or use single quotes.',
  },
  { code: 'MISSING_CHAR', words: /closing/, message: 'A quote is not closed. Add the missing quote.' },
  { code: 'MISSING_CHAR', words: /Implicit map keys/, message: NO_COLON },
  {
    code: 'MISSING_CHAR',
    words: /^Missing space after :/,
    place: (_, span) => firstOf(span),
    message: 'A space is missing behind this ":".',
  },
  {
    code: 'MISSING_CHAR',
    words: /^Missing , /,
    place: wordFrom,
    message: 'A comma is missing before this. Separate the items with ",", or quote the text.',
  },
  {
    code: 'MISSING_CHAR',
    words: /^Comments/,
    place: (_, span) => firstOf(span),
    message:
      'Unexpected "#". Put a space before it to start a comment, or quote the text if it belongs to it.',
  },
  {
    code: 'MISSING_CHAR',
    words: /Sequence item/,
    as: 'yaml-indentation',
    message: 'Expected "- " here, as in the other items of this list.',
  },
  { code: 'MISSING_CHAR', words: /must end with/, message: 'A bracket is not closed before this line.' },
  { code: 'MULTILINE_IMPLICIT_KEY', place: wordFrom, message: NO_COLON },
  { code: 'KEY_OVER_1024_CHARS', message: 'This name is longer than 1024 characters. Shorten it.' },
  {
    code: 'BAD_ALIAS',
    place: wordFrom,
    message: 'A name is missing behind "%". Quote a text that starts with "*" or "&".',
  },
  { code: 'ALIAS_PROPS', message: 'An alias cannot have an anchor or a tag of its own. Remove one of them.' },
  { code: 'MULTIPLE_ANCHORS', message: 'This has two anchors. Keep one of them.' },
  {
    code: 'BLOCK_IN_FLOW',
    place: wordFrom,
    message:
      'A comma is missing within this. Separate the items in brackets with ",", or quote the text if it belongs together.',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    words: /block-seq-ind|seq-item-ind/,
    message:
      'A list that begins with "-" must begin on a line of its own. Quote the text if the dash belongs to it.',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    words: /^Unexpected , /,
    message: 'Unexpected ",". Remove it, or add the missing item.',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    words: /at node end/,
    place: wordFrom,
    message: 'Unexpected text behind the end of this value. Quote the whole text if it belongs together.',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    words: /(flow-map|flow-seq)-end/,
    place: (_, span) => firstOf(span),
    message: 'Unexpected "%": no bracket is open here. Remove it, or quote the text.',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    words: /map-value-ind|Unexpected : /,
    place: colonFrom,
    message: 'Unexpected ":". Quote the text if the colon belongs to it.',
  },
  {
    code: 'UNEXPECTED_TOKEN',
    words: /Block scalar header|Not a YAML token/,
    place: indicatorBefore,
    message: 'A text that starts with "%" must be quoted: "%" alone begins a text on the lines below.',
  },
];

function firstOf(span: Span): Span {
  return { start: span.start, end: span.start + 1 };
}

/** The first colon from a place on that ends a key, or the place itself. */
function colonFrom(text: string, span: Span): Span {
  const end = lineEnd(text, span.start);
  const found = /:(?=\s|$)/.exec(text.slice(span.start, end));
  const start = found === null ? span.start : span.start + found.index;
  return { start, end: start + 1 };
}

/** The `>` or `|` that stands before a place on its line. */
function indicatorBefore(text: string, span: Span): Span {
  const line = text.slice(text.lastIndexOf('\n', span.start - 1) + 1, span.start);
  const back = /[|>][^|>]*$/.exec(line)?.[0].length;
  return back === undefined ? span : firstOf({ start: span.start - back, end: span.start });
}

/** The word that begins at a place or behind the blanks there. */
function wordFrom(text: string, span: Span): Span {
  const rest = text.slice(span.start, lineEnd(text, span.start));
  const blanks = /^[ \t]*/.exec(rest)?.[0].length ?? 0;
  const word = /^[^\s,[\]{}]+|^\S/.exec(rest.slice(blanks))?.[0] ?? '';
  return word === '' ? span : { start: span.start + blanks, end: span.start + blanks + word.length };
}

/** The escape that begins at a place. */
function escapeFrom(_: string, span: Span): Span {
  return { start: span.start, end: span.start + 2 };
}
