import { parquetMetadata, parquetSchema } from 'hyparquet/src/metadata.js';
import type { SchemaElement, SchemaTree } from 'hyparquet/src/types.js';
import type { ColumnType } from '../base/value-type.ts';

/** A file's last eight bytes: the length of the footer, and the mark `PAR1`. */
const TAIL = 8;
/** A longer footer is a broken file: one of a thousand columns and row groups takes some megabytes. */
const MAX_FOOTER = 256 * 1024 * 1024;

export interface ParquetColumn {
  readonly name: string;
  /** The type that the column has when none is declared. Lists, structures, times and bytes are text. */
  readonly type: ColumnType;
}

export type ParquetHeader =
  | { readonly columns: readonly ParquetColumn[]; readonly rows: number }
  /** What is wrong with the file. */
  | { readonly problem: string };

/**
 * The columns of a Parquet file, from its footer, so that checking needs no engine. `read` gives `length` bytes from `start`;
 * its rejection is passed on. `size` is the file's, in bytes.
 */
export async function readParquetHeader(
  read: (start: number, length: number) => Promise<Uint8Array>,
  size: number,
): Promise<ParquetHeader> {
  if (size < TAIL) return { problem: 'The file is not Parquet: it is too short.' };
  const tail = await read(size - TAIL, TAIL);
  const mark = String.fromCharCode(...tail.subarray(4, TAIL));
  if (mark === 'PARE') return { problem: 'The file is encrypted Parquet, which cannot be read.' };
  if (tail.length < TAIL || mark !== 'PAR1') return { problem: 'The file is not Parquet, or was cut short.' };
  const length = new DataView(tail.buffer, tail.byteOffset, TAIL).getUint32(0, true) + TAIL;
  if (length > Math.min(size, MAX_FOOTER))
    return { problem: 'The Parquet file is broken: its footer is too long.' };
  const footer = await read(size - length, length);
  try {
    const metadata = parquetMetadata(footer, { geoparquet: false });
    const columns = parquetSchema(metadata).children.map((tree) => ({
      name: tree.element.name,
      type: typeOf(tree),
    }));
    return { columns, rows: Number(metadata.num_rows) };
  } catch {
    return { problem: 'The Parquet file is broken: its footer cannot be read.' };
  }
}

function typeOf({ element, children }: SchemaTree): ColumnType {
  if (children.length > 0 || element.repetition_type === 'REPEATED') return 'text';
  return annotatedType(element) ?? physicalType(element);
}

/** The type that an annotation gives: the newer logical types first, then the older converted ones. */
function annotatedType({ logical_type, converted_type, scale }: SchemaElement): ColumnType | undefined {
  switch (logical_type?.type ?? converted_type) {
    case 'DECIMAL':
      return (scale ?? 0) === 0 ? 'integer' : 'number';
    case 'FLOAT16':
      return 'number';
    case 'DATE':
      return 'date';
    case 'TIMESTAMP':
    case 'TIMESTAMP_MILLIS':
    case 'TIMESTAMP_MICROS':
      return 'timestamp';
    case 'TIME':
    case 'TIME_MILLIS':
    case 'TIME_MICROS':
      return 'text';
    default:
      return undefined;
  }
}

function physicalType({ type }: SchemaElement): ColumnType {
  switch (type) {
    case 'BOOLEAN':
      return 'boolean';
    case 'INT32':
    case 'INT64':
      return 'integer';
    case 'INT96':
      return 'timestamp';
    case 'FLOAT':
    case 'DOUBLE':
      return 'number';
    default:
      return 'text';
  }
}
