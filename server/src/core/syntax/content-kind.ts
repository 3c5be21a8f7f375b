/** What the first bytes of a file say that it is; `undefined` where it may be text of any kind. */
export type ContentKind = 'gzip' | 'zip' | 'ole' | 'parquet' | 'utf-16le' | 'utf-16be' | 'binary';

const MARKS: readonly (readonly [kind: ContentKind, bytes: readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  // The container of older Office files, and of encrypted ones.
  ['ole', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['parquet', [0x50, 0x41, 0x52, 0x31]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** How many bytes `contentKind` looks at. */
export const CONTENT_BYTES = 4096;

export function contentKind(bytes: Uint8Array): ContentKind | undefined {
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked !== undefined) return marked[0];
  const first = bytes.subarray(0, CONTENT_BYTES);
  return first.includes(0) ? 'binary' : undefined;
}

/** What a file is expected to hold. `encoding` is that of its text, where it is text. */
export interface ExpectedContent {
  /** Of the file, for messages. */
  readonly name: string;
  readonly format: 'csv' | 'json' | 'parquet' | 'xlsx';
  readonly gzip: boolean;
  readonly encoding: string;
}

/** Why a file does not hold what its name says, in words for users, by its first bytes as they lie on the disk. */
export function contentProblem(
  { name, format, gzip, encoding }: ExpectedContent,
  bytes: Uint8Array,
): string | undefined {
  if (bytes.length === 0) return undefined;
  const kind = contentKind(bytes);
  if (gzip)
    return kind === 'gzip'
      ? undefined
      : `"${name}" is not packed with gzip, though its name ends in .gz. Name it without .gz, or pack it.`;
  if (format === 'xlsx') return workbookProblem(name, kind);
  if (format === 'parquet') return undefined;
  if (encoding.startsWith('utf-16'))
    return kind === 'zip' || kind === 'gzip' ? described(name, kind) : undefined;
  if (kind === 'utf-16le' || kind === 'utf-16be')
    return `"${name}" is UTF-16 text. Write \`encoding: ${kind}\` beside the file, or save it as UTF-8.`;
  return kind === undefined ? undefined : described(name, kind);
}

function workbookProblem(name: string, kind: ContentKind | undefined): string | undefined {
  if (kind === 'zip') return undefined;
  if (kind === 'ole')
    return `"${name}" is protected by a password, or is a workbook of the older format .xls. Save it without a password as .xlsx.`;
  return `"${name}" is not an XLSX workbook. Save it as .xlsx, or give it the ending of what it is.`;
}

function described(name: string, kind: ContentKind): string {
  switch (kind) {
    case 'gzip':
      return `"${name}" is packed with gzip. Let its name end in .gz.`;
    case 'zip':
      return `"${name}" is a workbook or a zip archive, not text. Let its name end in .xlsx, or unpack it.`;
    case 'ole':
      return `"${name}" is an older Office file, not text. Save it as .xlsx or as CSV.`;
    case 'parquet':
      return `"${name}" is a Parquet file. Let its name end in .parquet.`;
    default:
      return `"${name}" holds bytes that are no text. Where it is text in UTF-16, say so with \`encoding: utf-16le\`.`;
  }
}
