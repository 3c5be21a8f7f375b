import type { ValueType } from '../../../server/src/core/base/value-type.ts';
import type { QueryEngine } from '../../../server/src/core/ports.ts';
import type { NameRef, Scalar } from '../../../server/src/core/syntax/expression/scalar.ts';
import { sqlOf } from '../duckdb-oracle.ts';
import type { JsValue } from '../interpret.ts';
import { columnsIn } from './columns-in.ts';
import { FAILED } from './explained.ts';
import { type ParityRow, relationOf } from './rows.ts';

export interface BothWays {
  readonly scalar: Scalar<NameRef>;
  /** The text for DuckDB's own parser. */
  readonly theirs: string;
  readonly timezone: string;
  /** The rows of each answer: one, or those that an aggregate is over. */
  readonly groups: readonly (readonly ParityRow[])[];
  readonly isAggregate: boolean;
}

export interface Oracles {
  readonly engine: QueryEngine;
  /** DuckDB in this process. */
  readonly run: (sql: string) => Promise<unknown[][]>;
}

type Answer = readonly [here: JsValue, there: JsValue | typeof FAILED];

/** What an expression gives as we render it, run by the engine, and as DuckDB reads its text: a pair for each group of rows. */
export async function bothWays({ engine, run }: Oracles, asked: BothWays): Promise<Answer[]> {
  const { scalar, theirs, timezone, groups, isAggregate } = asked;
  await run(`SET TimeZone = '${timezone}'`);
  const [mine, text] = [sqlOf(scalar, timezone), readable(theirs, scalar.type)];
  const here = async (rows: readonly ParityRow[]): Promise<JsValue[]> => {
    const answer = await engine.run(`SELECT ${mine} AS v FROM ${from(rows, 'TIMESTAMP', asked)}`);
    return answer.map(({ v }) => cellValue(v, scalar.type));
  };
  const there = async (rows: readonly ParityRow[], sql = text): Promise<JsValue[]> => {
    const answer = await run(`SELECT ${sql} FROM ${from(rows, 'TIMESTAMPTZ', asked)}`);
    return answer.map(([cell]) => cellValue(cell, scalar.type));
  };
  const alone = (rows: readonly ParityRow[]): Promise<JsValue | typeof FAILED> =>
    there(rows).then(
      ([value = null]) => value,
      () => FAILED,
    );
  if (isAggregate) {
    const answers: Answer[] = [];
    for (const rows of groups) answers.push([(await here(rows))[0] ?? null, await alone(rows)]);
    return answers;
  }
  const all = groups.flat();
  const ours = await here(all);
  const other: readonly (JsValue | typeof FAILED)[] = await there(all).catch(() => oneByOne());
  return all.map((_, index) => [ours[index] ?? null, other[index] ?? null]);

  /** Where a row makes the statement fail, all are tried, and those without a value are asked alone. */
  async function oneByOne(): Promise<(JsValue | typeof FAILED)[]> {
    const tried = await there(all, `TRY(${text})`).catch(() => []);
    const answers: (JsValue | typeof FAILED)[] = [];
    for (const [index, row] of all.entries()) answers.push(tried[index] ?? (await alone([row])));
    return answers;
  }
}

/** The rows in their order; without rows, no row of the columns. */
function from(
  rows: readonly ParityRow[],
  timestamps: 'TIMESTAMP' | 'TIMESTAMPTZ',
  { theirs, isAggregate }: BothWays,
): string {
  const columns = columnsIn(theirs);
  const relation = relationOf(rows, timestamps, columns);
  return isAggregate ? relation : `${relation} ORDER BY n`;
}

/** Times as text that has no time zone: instants in UTC, dates as they are. */
function readable(sql: string, type: ValueType): string {
  if (type === 'timestamp')
    return `strftime(timezone('UTC', CAST(${sql} AS TIMESTAMPTZ)), '%Y-%m-%dT%H:%M:%S.%gZ')`;
  return type === 'date' ? `strftime(CAST(${sql} AS TIMESTAMP), '%Y-%m-%d')` : sql;
}

/** A cell of either as the interpreter writes it. */
function cellValue(cell: unknown, type: ValueType): JsValue {
  if (cell === null || cell === undefined) return null;
  if (type === 'integer')
    return Number.isInteger(cell) || typeof cell !== 'number' ? BigInt(String(cell)) : cell;
  if (type === 'number') return Number(cell);
  if (type === 'boolean') return cell === true;
  const text = String(cell);
  return type === 'timestamp' && !text.endsWith('Z') ? new Date(`${text}Z`).toISOString() : text;
}
