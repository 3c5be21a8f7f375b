/** Where a file lies in a zip archive. */
export interface ZipEntry {
  readonly name: string;
  /** 0: as it is; 8: deflated. */
  readonly method: number;
  /** Bytes in the archive, and unpacked as the archive says. */
  readonly packed: number;
  readonly size: number;
  /** Of its header in the archive. */
  readonly offset: number;
}

/** Bytes of a file; fewer where it ends. */
export type ReadBytes = (start: number, length: number) => Promise<Uint8Array>;
/** The first `length` bytes that deflated bytes unpack to; fewer where they end. */
export type Inflate = (bytes: Uint8Array, length: number) => Promise<Uint8Array>;

/** Why an archive cannot be read, in words for users that follow the name of the file. */
export class ZipProblem extends Error {}

const END_MARK = 0x06054b50;
const ENTRY_MARK = 0x02014b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const HEADER_SIZE = 30;
/** The end of the archive may be followed by a comment of so many bytes. */
const MAX_COMMENT = 65_535;
/** A workbook has some tens of files in it. */
const MAX_DIRECTORY = 16 * 1024 * 1024;

/** The files in a zip archive by their names, from its directory at the end. Rejects with `ZipProblem`. */
export async function readZipEntries(read: ReadBytes, size: number): Promise<ReadonlyMap<string, ZipEntry>> {
  const tailLength = Math.min(size, END_SIZE + MAX_COMMENT);
  const tail = viewOf(await read(size - tailLength, tailLength));
  let end = tail.byteLength - END_SIZE;
  while (end >= 0 && tail.getUint32(end, true) !== END_MARK) end -= 1;
  if (end < 0) throw new ZipProblem('was cut short: the end of the workbook is missing');
  const length = tail.getUint32(end + 12, true);
  const offset = tail.getUint32(end + 16, true);
  if (length > MAX_DIRECTORY || offset + length > size)
    throw new ZipProblem('is broken: the list of what is in it does not fit');
  const bytes = await read(offset, length);
  const view = viewOf(bytes);
  const entries = new Map<string, ZipEntry>();
  for (let at = 0; at + ENTRY_SIZE <= bytes.length && view.getUint32(at, true) === ENTRY_MARK; ) {
    const nameLength = view.getUint16(at + 28, true);
    const rest = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    const name = latin(bytes.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength));
    if ((view.getUint16(at + 8, true) & 1) === 1) throw new ZipProblem('is protected by a password');
    entries.set(name, {
      name,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    });
    at += ENTRY_SIZE + nameLength + rest;
  }
  return entries;
}

/** The first `length` unpacked bytes of a file in an archive. Rejects with `ZipProblem`. */
export async function readZipEntry(
  read: ReadBytes,
  inflate: Inflate,
  entry: ZipEntry,
  length: number,
): Promise<Uint8Array> {
  const header = viewOf(await read(entry.offset, HEADER_SIZE));
  if (header.byteLength < HEADER_SIZE) throw new ZipProblem('was cut short');
  const start = entry.offset + HEADER_SIZE + header.getUint16(26, true) + header.getUint16(28, true);
  // What deflate packs is longer than unpacked by a few bytes at most.
  const packed = await read(start, Math.min(entry.packed, length + 4096));
  if (entry.method === 0) return packed.subarray(0, length);
  if (entry.method !== 8) throw new ZipProblem('is packed in a way that is not read');
  return inflate(packed, length);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Names inside workbooks are ASCII. */
function latin(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
