/** The value of a key: its text as a cell would hold it, `null` for `null`. */
export interface JsonCell {
  readonly text: string | null;
  /** It is an object or a list; the text is its JSON as written. */
  readonly isNested: boolean;
}

/** One object of a JSON text, or how far it can be read. */
export type JsonRecord =
  | { readonly kind: 'record'; readonly cells: ReadonlyMap<string, JsonCell>; readonly next: number }
  /** The text ends inside of it: with more of the file there is more of it. */
  | { readonly kind: 'incomplete' }
  | { readonly kind: 'fault'; readonly message: string; readonly at: number };

/** Raised inside of this file. */
class Stop {
  readonly record: JsonRecord;
  constructor(record: JsonRecord) {
    this.record = record;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[A-Za-z]+/y;
/** What numbers and words are made of. */
const LETTERS = /[-+.\w]+/y;
const WORDS: ReadonlyMap<string, string | null> = new Map([
  ['true', 'true'],
  ['false', 'false'],
  ['null', null],
]);

/**
 * Reads the object that begins at `start`, by RFC 8259. Numbers keep the text that they are written with, so that none loses digits; of a
 * key that stands twice the last value counts. Never throws.
 */
export function readJsonRecord(text: string, start: number): JsonRecord {
  try {
    return readObject(text, start);
  } catch (error) {
    if (error instanceof Stop) return error.record;
    throw error;
  }
}

/** The position of the first character that is no white space of JSON, at `from` or behind it. */
export function skipJsonSpace(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) break;
  }
  return at;
}

function readObject(text: string, start: number): JsonRecord {
  const cells = new Map<string, JsonCell>();
  if (text[start] !== '{') throw fault('Each row must be an object, `{ … }`', start);
  let at = skip(text, start + 1);
  if (text[at] === '}') return { kind: 'record', cells, next: at + 1 };
  for (;;) {
    if (text[at] !== '"') throw fault('A key in double quotes is expected', at);
    const keyEnd = endOfString(text, at);
    const key = stringAt(text, at, keyEnd);
    at = skip(text, keyEnd);
    if (text[at] !== ':') throw fault(`A colon is expected after the key "${key}"`, at);
    at = skip(text, at + 1);
    const value = readValue(text, at);
    cells.set(key, value.cell);
    at = skip(text, value.end);
    if (text[at] === '}') return { kind: 'record', cells, next: at + 1 };
    if (text[at] !== ',')
      throw fault(`A comma or a closing brace is expected after the value of "${key}"`, at);
    at = skip(text, at + 1);
  }
}

function readValue(text: string, at: number): { readonly cell: JsonCell; readonly end: number } {
  const first = text[at];
  if (first === '"') {
    const end = endOfString(text, at);
    return { cell: { text: stringAt(text, at, end), isNested: false }, end };
  }
  if (first === '{' || first === '[') {
    const end = endOfNested(text, at);
    const written = text.slice(at, end);
    if (!isJson(written)) throw fault('A nested value is not valid JSON', at);
    return { cell: { text: written, isNested: true }, end };
  }
  const isNumber = first === '-' || (first !== undefined && first >= '0' && first <= '9');
  const found = match(isNumber ? NUMBER : WORD, text, at);
  // More of it may follow in the next part of the file.
  if (at + (match(LETTERS, text, at) ?? '').length === text.length) throw new Stop({ kind: 'incomplete' });
  if (isNumber && found !== undefined)
    return { cell: { text: found, isNested: false }, end: at + found.length };
  const word = found === undefined ? undefined : WORDS.get(found);
  if (word === undefined)
    throw fault(found === undefined ? 'A value is expected' : `"${found}" is no value of JSON`, at);
  return { cell: { text: word, isNested: false }, end: at + (found ?? '').length };
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** Behind the closing quote of the string that opens at `at`. */
function endOfString(text: string, at: number): number {
  for (let quote = text.indexOf('"', at + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text[quote - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return quote + 1;
  }
  throw new Stop({ kind: 'incomplete' });
}

function stringAt(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1);
  if (!hasSpecial(inner)) return inner;
  try {
    return String(JSON.parse(text.slice(start, end)));
  } catch {
    throw fault('A text holds a line break or an escape that JSON does not know', start);
  }
}

function hasSpecial(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92 || code < 32) return true;
  }
  return false;
}

/** Behind the bracket that closes the one at `start`. */
function endOfNested(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at) - 1;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  throw new Stop({ kind: 'incomplete' });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function skip(text: string, from: number): number {
  const at = skipJsonSpace(text, from);
  if (at >= text.length) throw new Stop({ kind: 'incomplete' });
  return at;
}

function fault(message: string, at: number): Stop {
  return new Stop({ kind: 'fault', message, at });
}
