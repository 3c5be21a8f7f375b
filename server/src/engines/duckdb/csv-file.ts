import { createReadStream } from 'node:fs';
import { basename } from 'node:path/posix';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { EngineFailure } from '../../core/ports.ts';
import { parseCsvHeader } from '../../core/syntax/csv-header.ts';

/** A header longer than this is no header: the file is something else, or a quote was never closed. */
const MAX_HEADER = 4_000_000;

export interface CsvFileHeader {
  readonly headers: readonly string[];
  /** The header stands in the very first line. */
  readonly startsPlainly: boolean;
}

/** The first record of a delimited file. Rejects with `data` where there is none, or the file cannot be read. */
export async function readCsvFileHeader(file: string, delimiter: string): Promise<CsvFileHeader> {
  let text = '';
  for await (const part of readTextParts(file)) {
    text += part;
    const { headers, complete } = parseCsvHeader(text, delimiter);
    if (complete) return { headers, startsPlainly: startsPlainly(text) };
    if (text.length > MAX_HEADER)
      throw new EngineFailure('data', `The header of ${basename(file)} does not end.`);
  }
  const { headers } = parseCsvHeader(text, delimiter);
  if (headers.length === 0) throw new EngineFailure('data', `${basename(file)} is empty: it has no header.`);
  return { headers, startsPlainly: startsPlainly(text) };
}

function startsPlainly(text: string): boolean {
  return !/^[ \t]*[\r\n]/.test(text);
}

/** The text of a file (gzipped where its name says so), in parts. Rejects with `data` when it cannot be read or is not UTF-8. */
export async function* readTextParts(file: string): AsyncGenerator<string> {
  const raw = createReadStream(file);
  let bytes: Readable = raw;
  if (file.endsWith('.gz')) {
    bytes = raw.pipe(createGunzip());
    // A pipe does not hand on errors.
    raw.on('error', (error) => bytes.destroy(error));
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const part of bytes) yield decoder.decode(part, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw new EngineFailure('data', problemOf(file, error));
  } finally {
    raw.destroy();
    bytes.destroy();
  }
}

function problemOf(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const name = basename(file);
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return `${name} is not UTF-8 text. Save it as UTF-8.`;
  if (code === 'ENOENT') return `${name} does not exist.`;
  if (code === 'EACCES' || code === 'EPERM') return `There is no permission to read ${name}.`;
  if (code === 'EISDIR') return `${name} is a folder.`;
  return `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
