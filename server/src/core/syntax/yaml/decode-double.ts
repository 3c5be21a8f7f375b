import { type Decoded, DecodedText, fold, isBlank } from './decode.ts';

/** The escapes of one character (YAML 1.2.2, 5.7). */
const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  '\t': '\t',
};

const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/**
 * Decodes a double-quoted scalar, its quotes included in `source` (YAML 1.2.2, 7.3.1). An escape that YAML does
 * not know stays as it is written. `start` is the place of `source` in the file.
 */
export function decodeDouble(source: string, start: number): Decoded {
  const out = new DecodedText(start + 1);
  const end = source.length - 1;
  let i = 1;
  while (i < end) {
    const char = source[i];
    if (char === '\\') i = readEscape(source, i, end, start, out);
    else if (isBlank(char) || isBreak(source, i)) i = readBlanks(source, i, end, start, out);
    else {
      const from = i;
      while (i < end && source[i] !== '\\' && !isBlank(source[i]) && !isBreak(source, i)) i++;
      out.run(source.slice(from, i), start + from);
    }
  }
  return out.finish();
}

/** Reads blanks, and folds the line breaks among them. Returns where to go on. */
function readBlanks(source: string, from: number, end: number, start: number, out: DecodedText): number {
  let i = from;
  while (i < end && isBlank(source[i])) i++;
  if (i >= end || !isBreak(source, i)) {
    out.run(source.slice(from, i), start + from);
    return i;
  }
  const breaks: number[] = [start + from];
  i = behindBreak(source, i);
  for (;;) {
    while (i < end && isBlank(source[i])) i++;
    if (i >= end || !isBreak(source, i)) break;
    breaks.push(start + i);
    i = behindBreak(source, i);
  }
  fold(breaks, start + i, out);
  return i;
}

/** Reads one escape. Returns where to go on. */
function readEscape(source: string, at: number, end: number, start: number, out: DecodedText): number {
  const next = source[at + 1] ?? '';
  const simple = ESCAPES[next];
  if (simple !== undefined && at + 1 < end) {
    out.mark(simple, start + at, start + at + 2);
    return at + 2;
  }
  if (isBreak(source, at + 1)) {
    // An escaped line break joins its lines without a space.
    let i = behindBreak(source, at + 1);
    while (i < end && isBlank(source[i])) i++;
    return i;
  }
  const hex = HEX_LENGTH[next];
  const length = Math.min(hex === undefined ? 2 : 2 + hex, end - at);
  const raw = source.slice(at, at + length);
  const decoded = hex === undefined ? undefined : codePoint(raw.slice(2), hex);
  if (decoded === undefined) out.run(raw, start + at);
  else out.mark(decoded, start + at, start + at + length);
  return at + length;
}

function codePoint(digits: string, length: number): string | undefined {
  if (digits.length !== length || !/^[0-9a-fA-F]+$/.test(digits)) return undefined;
  const code = Number.parseInt(digits, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function isBreak(source: string, i: number): boolean {
  return source[i] === '\n' || (source[i] === '\r' && source[i + 1] === '\n');
}

function behindBreak(source: string, i: number): number {
  return source[i] === '\r' ? i + 2 : i + 1;
}
