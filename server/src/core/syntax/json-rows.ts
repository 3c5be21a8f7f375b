import { type JsonCell, type JsonRecord, readJsonRecord, skipJsonSpace } from './json-record.ts';

/** One row of a JSON text: a value for each key that it has. */
export interface JsonRow {
  readonly cells: ReadonlyMap<string, JsonCell>;
  /** The line that the object begins in, from 1. */
  readonly line: number;
}

/** Text that is not a list of objects, nor one object after another. */
export class JsonFault extends Error {
  readonly line: number;
  constructor(message: string, line: number) {
    super(message);
    this.name = 'JsonFault';
    this.line = line;
  }
}

/** Takes a JSON text in parts. */
export interface JsonRows {
  /** The rows that the text so far completes. Throws `JsonFault` behind the last good one. */
  push(text: string, isLast: boolean): Generator<JsonRow>;
}

/** A row that is longer is none: a bracket was never closed. */
const MAX_RECORD = 64_000_000;

interface State {
  text: string;
  line: number;
  /** `start`: nothing was seen; `list`: between the brackets of a list; `lines`: objects follow each other; `done`: behind the list. */
  mode: 'start' | 'list' | 'lines' | 'done';
  /** In a list, whether a comma or the end must come next. */
  needsComma: boolean;
  /** A row is not looked at again before there is so much text, as looking at a long one for each part would take for ever. */
  wanted: number;
}

/** Reads a list of objects (`[{ … }, { … }]`), or objects one after another (NDJSON), whichever the text begins as. */
export function createJsonRows(): JsonRows {
  const state: State = { text: '', line: 1, mode: 'start', needsComma: false, wanted: 0 };
  return { push: (text, isLast) => push(state, text, isLast) };
}

function* push(state: State, part: string, isLast: boolean): Generator<JsonRow> {
  state.text += part;
  if (!isLast && state.text.length < state.wanted) return;
  let at = 0;
  for (;;) {
    at = moveTo(state, at, skipJsonSpace(state.text, at));
    if (at >= state.text.length) break;
    const next = punctuation(state, at);
    if (next !== undefined) {
      at = next;
      continue;
    }
    const record = readJsonRecord(state.text, at);
    if (record.kind === 'incomplete') break;
    const line = state.line;
    if (record.kind === 'fault') throw faultAt(state, at, record);
    yield { cells: record.cells, line };
    at = moveTo(state, at, record.next);
    state.needsComma = state.mode === 'list';
  }
  state.text = state.text.slice(at);
  state.wanted = state.text.length * 2;
  if (state.text.length > MAX_RECORD) throw new JsonFault('A row does not end', state.line);
  if (isLast) checkEnd(state);
}

/** Steps over what stands between rows; `undefined` where a row begins. */
function punctuation(state: State, at: number): number | undefined {
  const char = state.text[at];
  if (state.mode === 'done') throw new JsonFault('Something follows the end of the list', state.line);
  if (state.mode === 'start') {
    if (char === '\uFEFF') return at + 1;
    state.mode = char === '[' ? 'list' : 'lines';
    return char === '[' ? at + 1 : undefined;
  }
  if (state.mode === 'lines') return undefined;
  if (char === ']') {
    state.mode = 'done';
    return at + 1;
  }
  if (!state.needsComma) return undefined;
  if (char !== ',') throw new JsonFault('A comma is missing between two rows', state.line);
  state.needsComma = false;
  return at + 1;
}

function checkEnd({ mode, text, line }: State): void {
  if (text !== '') throw new JsonFault('The file ends in the middle of a row', line);
  if (mode === 'list') throw new JsonFault('The file ends before the list is closed with "]"', line);
}

function faultAt(state: State, start: number, record: Extract<JsonRecord, { kind: 'fault' }>): JsonFault {
  moveTo(state, start, record.at);
  return new JsonFault(record.message, state.line);
}

/** Counts the lines that are stepped over. */
function moveTo(state: State, from: number, to: number): number {
  for (let at = state.text.indexOf('\n', from); at >= 0 && at < to; at = state.text.indexOf('\n', at + 1))
    state.line += 1;
  return to;
}
