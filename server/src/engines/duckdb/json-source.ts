import { basename } from 'node:path/posix';
import { type DataNotice, EngineFailure, type TableSpec } from '../../core/ports.ts';
import { createJsonRows, JsonFault, type JsonRow } from '../../core/syntax/json-rows.ts';
import { jsonProblem } from '../../core/workspace/json-columns.ts';
import { appendCells } from './append-cells.ts';
import { checkContent, readTextParts } from './csv-file.ts';
import { createNotices, type Notices } from './notices.ts';
import { reportRead, type Session, throwIfInterrupted } from './session.ts';
import { type CellKind, createTextCells } from './staging.ts';

export interface StagedJson {
  readonly kinds: readonly CellKind[];
  readonly notices: readonly DataNotice[];
}

/**
 * Stages the values of all JSON files of a table as text, in the order of the files. A key that an object lacks is null; nested values
 * are their JSON. DuckDB's own reader is not used: it takes what is no JSON, and does not say in which line a fault is. Rejects with `data`.
 */
export async function stageJson(session: Session, spec: TableSpec): Promise<StagedJson> {
  await createTextCells(session, spec.columns.length);
  const notices = createNotices();
  let row = 0;
  for (const file of spec.files) {
    throwIfInterrupted(session);
    await checkContent(spec, file);
    const count = (): number => {
      row += 1;
      return row;
    };
    await appendCells(session, spec.columns.length, readCells(session, spec, file, notices, count));
  }
  return { kinds: spec.columns.map(() => 'text'), notices: notices.all() };
}

async function* readCells(
  session: Session,
  spec: TableSpec,
  file: string,
  notices: Notices,
  nextRow: () => number,
): AsyncGenerator<readonly (string | null)[]> {
  const keys = spec.columns.map(({ header }) => (typeof header === 'number' ? '' : header));
  const known = new Set(keys);
  for await (const { cells } of readRows(session, spec, file)) {
    const row = nextRow();
    let found = 0;
    const texts = keys.map((key) => {
      const cell = cells.get(key);
      if (cell === undefined) return null;
      found += 1;
      if (cell.isNested) notices.add('nested', key, row, cell.text ?? '');
      return cell.text;
    });
    if (found < cells.size)
      for (const [key, { text }] of cells) if (!known.has(key)) notices.add('later', key, row, text ?? '');
    yield texts;
  }
}

async function* readRows(session: Session, spec: TableSpec, file: string): AsyncGenerator<JsonRow> {
  const reader = createJsonRows();
  try {
    for await (const part of readTextParts(spec, file, reportRead(session, file)))
      yield* reader.push(part, false);
    yield* reader.push('', true);
  } catch (error) {
    if (error instanceof JsonFault) throw new EngineFailure('data', jsonProblem(basename(file), error));
    throw error;
  }
}
