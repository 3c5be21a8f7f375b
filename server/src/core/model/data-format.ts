/** How the rows of a data file are written. */
export type DataFormat = 'csv' | 'json' | 'parquet' | 'xlsx';

/** What the name of a file says of its content. */
export interface FileFormat {
  readonly format: DataFormat;
  /** As people know it: `CSV`, `NDJSON`. */
  readonly label: string;
  /** What usually separates the columns; for `csv` only. */
  readonly delimiter: string;
  /** The file is packed with gzip. */
  readonly gzip: boolean;
}

/** Reader options of the long form of `data`, by their keys in the file. */
export type ReaderOption = 'sheet' | 'delimiter' | 'header_row' | 'nulls' | 'date_format' | 'encoding';

const PLAIN: ReadonlyMap<string, Omit<FileFormat, 'gzip'>> = new Map([
  ['csv', { format: 'csv', label: 'CSV', delimiter: ',' }],
  ['tsv', { format: 'csv', label: 'TSV', delimiter: '\t' }],
  ['json', { format: 'json', label: 'JSON', delimiter: ',' }],
  ['ndjson', { format: 'json', label: 'NDJSON', delimiter: ',' }],
  ['jsonl', { format: 'json', label: 'NDJSON', delimiter: ',' }],
  ['parquet', { format: 'parquet', label: 'Parquet', delimiter: ',' }],
  ['xlsx', { format: 'xlsx', label: 'XLSX', delimiter: ',' }],
]);

const OPTIONS: Readonly<Record<DataFormat, ReadonlySet<ReaderOption>>> = {
  csv: new Set(['delimiter', 'header_row', 'nulls', 'date_format', 'encoding']),
  json: new Set(['nulls', 'date_format', 'encoding']),
  parquet: new Set(['nulls', 'date_format']),
  xlsx: new Set(['sheet', 'header_row', 'nulls', 'date_format']),
};

/** What users may write instead of a file that is not read. */
export const KNOWN_FORMATS = 'Give the data as CSV, TSV, JSON or NDJSON (also as .gz), Parquet or XLSX.';

/** The format of a file, or of all files of a glob, by the ending of its name; `undefined` where no such format is read. */
export function fileFormatOf(path: string): FileFormat | undefined {
  const extension = extensionOf(path);
  const gzip = extension.endsWith('.gz');
  const plain = PLAIN.get(gzip ? extension.slice(0, -'.gz'.length) : extension);
  if (plain === undefined || (gzip && plain.format !== 'csv' && plain.format !== 'json')) return undefined;
  return { ...plain, gzip };
}

/** The ending of a file's name in lower case, without its first dot: `csv`, `csv.gz`; empty where there is none. */
export function extensionOf(path: string): string {
  const name = path.slice(path.search(/[^\\/]*$/)).toLowerCase();
  return /[^.]\.((?:[^.]+\.)?gz|[^.]+)$/.exec(name)?.[1] ?? '';
}

/** Whether a reader option means something for files of a format. */
export function takesOption(format: DataFormat, option: ReaderOption): boolean {
  return OPTIONS[format].has(option);
}
