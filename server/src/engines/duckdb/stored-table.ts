import type { TableSpec } from '../../core/ports.ts';
import { execute, query, type Session } from './session.ts';
import { quoteName } from './sql-text.ts';

/** The schema of the tables that hold values. */
export const STORED = 'stored';
export const CREATE_SCHEMA = `create schema if not exists ${STORED}`;
/** The column of every loaded table that numbers its rows, from 1, in the order of the files. */
const ROW_COLUMN = '__row';

/**
 * The SQL name of the table that holds a spec's values. Queries see it through a view that adds the number of the row, which is
 * DuckDB's own number for it: rows are stored in the order of the files, and deleting some leaves the others' numbers.
 */
export function storedName(spec: TableSpec): string {
  return `${STORED}.${quoteName(spec.table)}`;
}

/** Makes the table of a spec from a query that gives its columns under their names. */
export async function storeFrom(session: Session, spec: TableSpec, select: string): Promise<void> {
  await execute(session, CREATE_SCHEMA);
  await execute(session, `create table ${storedName(spec)} as ${select}`);
}

/** Shows the finished table to queries, under its own name. The schema is named, as the name may be one of DuckDB's own. */
export async function showStored(session: Session, spec: TableSpec): Promise<void> {
  const columns = spec.columns.map(({ name }) => quoteName(name));
  const rowNumber = `rowid + 1 as ${quoteName(ROW_COLUMN)}`;
  await execute(
    session,
    `create view main.${quoteName(spec.table)} as select ${[...columns, rowNumber].join(', ')} from ${storedName(spec)}`,
  );
}

/** Removes what a failed load may have left of a table. */
export async function dropStored(session: Session, spec: TableSpec): Promise<void> {
  await execute(session, CREATE_SCHEMA);
  await execute(session, `drop table if exists ${storedName(spec)}`);
}

export async function countStored(session: Session, spec: TableSpec): Promise<number> {
  return Number((await query(session, `select count(*) from ${storedName(spec)}`))[0]?.[0] ?? 0);
}
