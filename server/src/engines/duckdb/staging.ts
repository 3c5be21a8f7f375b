import type { ColumnType } from '../../core/base/value-type.ts';
import type { Session } from './session.ts';
import { execute } from './session.ts';

const SCHEMA = 'staging';
/** The table that holds the cells of the files of one table, as they are, before they are typed. Its rowid is their order. */
export const CELLS = `${SCHEMA}.cells`;

/** The name of a column of the staged cells, by its position among the columns to keep. */
export function cellName(index: number): string {
  return `c${index}`;
}

/** How the staged cells of a column are read, when the file has already typed them. */
export interface NativeReading {
  readonly type: ColumnType;
  /** SQL of the value. */
  readonly value: string;
  /** SQL that says whether the cell holds something. */
  readonly filled: string;
  readonly mayMisfit: boolean;
}

/** What the staged cells of a column are: text to be typed by its grammar, or values that the file has typed. */
export type CellKind = 'text' | { readonly read: (declared: ColumnType | undefined) => NativeReading };

/** Makes the empty staging table for cells of text. */
export async function createTextCells(session: Session, count: number): Promise<void> {
  const columns = Array.from({ length: count }, (_, index) => `${cellName(index)} varchar`);
  await execute(session, `create schema if not exists ${SCHEMA}`);
  await execute(session, `create or replace table ${CELLS} (${columns.join(', ')})`);
}

/** Makes the staging table from a query whose columns are named by `cellName`. */
export async function createCellsFrom(session: Session, select: string): Promise<void> {
  await execute(session, `create schema if not exists ${SCHEMA}`);
  await execute(session, `create or replace table ${CELLS} as ${select}`);
}

export async function dropCells(session: Session): Promise<void> {
  await execute(session, `drop schema if exists ${SCHEMA} cascade`);
}
