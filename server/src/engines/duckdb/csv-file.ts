import { basename } from 'node:path/posix';
import { TextDecoder } from 'node:util';
import { EngineFailure, type TableSpec } from '../../core/ports.ts';
import { contentProblem } from '../../core/syntax/content-kind.ts';
import { parseCsvHeader } from '../../core/syntax/csv-header.ts';
import { skipLines } from '../../core/syntax/skip-lines.ts';
import { isGzip, type OnRead, readFileBytes, readFirstBytes } from './read-bytes.ts';

/** A header longer than this is no header: the file is something else, or a quote was never closed. */
const MAX_HEADER = 4_000_000;
/** As many bytes as tell what a file is. */
const FIRST_BYTES = 4096;

export interface CsvFileHeader {
  readonly headers: readonly string[];
  /** The header stands in the very first line. */
  readonly startsPlainly: boolean;
}

/** The record of a delimited file that names its columns. Rejects with `data` where there is none, or the file cannot be read. */
export async function readCsvFileHeader(spec: TableSpec, file: string): Promise<CsvFileHeader> {
  const { headerRow = 1 } = spec;
  await checkContent(spec, file);
  let text = '';
  for await (const part of readTextParts(spec, file)) {
    text += part;
    const start = text.slice(skipLines(text, headerRow - 1));
    const { headers, complete } = parseCsvHeader(start, spec.delimiter);
    if (complete) return { headers, startsPlainly: headerRow === 1 && startsPlainly(text) };
    if (text.length > MAX_HEADER)
      throw new EngineFailure('data', `The header of ${basename(file)} does not end.`);
  }
  const { headers } = parseCsvHeader(text.slice(skipLines(text, headerRow - 1)), spec.delimiter);
  if (headers.length === 0) throw new EngineFailure('data', `${basename(file)} is empty: it has no header.`);
  return { headers, startsPlainly: headerRow === 1 && startsPlainly(text) };
}

function startsPlainly(text: string): boolean {
  return !/^[ \t]*[\r\n]/.test(text);
}

/** Rejects with `data` for a file that is not of the format that its name says. */
export async function checkContent(spec: TableSpec, file: string): Promise<void> {
  const bytes = await readFirstBytes(file, FIRST_BYTES);
  const { format, encoding = 'utf-8' } = spec;
  const name = basename(file);
  const problem = contentProblem({ name, format, gzip: isGzip(file), encoding }, bytes);
  if (problem !== undefined) throw new EngineFailure('data', problem);
}

/**
 * The text of a file in its encoding (unpacked where its name says so), in parts. Rejects with `data` when it cannot be read, or is not
 * of that encoding.
 */
export async function* readTextParts(
  { encoding = 'utf-8' }: TableSpec,
  file: string,
  onRead?: OnRead,
): AsyncGenerator<string> {
  const decoder = decoderOf(encoding, file);
  let line = 1;
  for await (const part of readFileBytes(file, onRead)) {
    yield decodePart(decoder, part, encoding, file, line);
    // Line feeds are single bytes in nearly every encoding, and the line is only a hint.
    for (let at = part.indexOf(10); at >= 0; at = part.indexOf(10, at + 1)) line += 1;
  }
  yield decodePart(decoder, undefined, encoding, file, line);
}

function decoderOf(encoding: string, file: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new EngineFailure(
      'data',
      `The encoding ${encoding} of ${basename(file)} is not known on this machine. Save it as UTF-8.`,
    );
  }
}

function decodePart(
  decoder: TextDecoder,
  part: Uint8Array | undefined,
  encoding: string,
  file: string,
  line: number,
): string {
  try {
    return part === undefined ? decoder.decode() : decoder.decode(part, { stream: true });
  } catch {
    const name = basename(file);
    const within = part === undefined ? '' : ` (line ${line + badLineOf(part)})`;
    throw new EngineFailure(
      'data',
      encoding === 'utf-8'
        ? `${name} is not UTF-8 text${within}. Say what it is, such as \`encoding: windows-1252\`, or save it as UTF-8.`
        : `${name} is not ${encoding} text. Correct its \`encoding\`.`,
    );
  }
}

/** Line feeds before the first byte of a part that is not UTF-8; a character cut off by the part's start is not looked at. */
function badLineOf(part: Uint8Array): number {
  let lines = 0;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let start = 0; start < part.length; ) {
    const feed = part.indexOf(10, start);
    const end = feed < 0 ? part.length : feed + 1;
    try {
      decoder.decode(part.subarray(start, end));
    } catch {
      // The first bytes may belong to a character that began before.
      if (start > 0) return lines;
    }
    if (feed < 0) break;
    lines += 1;
    start = end;
  }
  return 0;
}
