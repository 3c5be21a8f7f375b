import { Frame } from '../plan/frame.ts';
import type { PlanScalar, RelationColumn, Select } from '../plan/relation.ts';
import { all, isNotNull, literal, nameOf, test } from '../plan/scalars.ts';
import { orNothing } from './or-nothing.ts';
import { type RunContext, runSelect } from './run-demands.ts';

/** How many rows a finding names. */
export const SHOWN_ROWS = 3;

/** The relation of the first row of each key. */
const FIRSTS = '_firsts';

/** Rows whose values in some columns, all of them filled, an earlier row has: how many, and the first of them. */
export interface Repeated {
  readonly count: number;
  readonly shown: readonly number[];
}

/** `undefined` where there are none, or a column cannot be read, which has been reported at its own place. */
export async function repeatedRows(
  context: RunContext,
  source: string,
  names: readonly string[],
): Promise<Repeated | undefined> {
  const frame = new Frame(context.checked, context.storage, source);
  const known = names.flatMap((name) => context.checked.resolvePath(name, source) ?? []);
  if (known.length === 0 || known.length < names.length) return undefined;
  const columns = orNothing(() => known.map((scalar) => frame.lower(scalar)));
  if (columns === undefined) return undefined;
  const complete = all(columns.map(isNotNull)) ?? literal(true);
  const select: Select = {
    from: frame.from,
    joins: frame.joins,
    where: [complete],
    keys: [],
    aggregates: [
      { name: 'count', value: { fn: 'count', args: [] } },
      { name: 'keys', value: { fn: 'count_distinct', args: columns } },
    ],
  };
  const [row] = await runSelect(context, select);
  const count = Number(row?.count ?? 0) - Number(row?.keys ?? 0);
  return count > 0 ? { count, shown: await laterRows(context, frame, columns) } : undefined;
}

/** The numbers of the first rows whose key an earlier row has. */
async function laterRows(
  context: RunContext,
  frame: Frame,
  key: readonly PlanScalar[],
): Promise<readonly number[]> {
  const keys = key.map((value, index) => ({ name: `key_${index}`, value }));
  const firsts: Select = {
    from: frame.from,
    joins: frame.joins,
    where: [],
    keys,
    aggregates: [{ name: 'first', value: { fn: 'min', args: [frame.rowNumber] } }],
  };
  const ofFirsts = (column: string, type: PlanScalar['type']): PlanScalar =>
    nameOf<RelationColumn>({ relation: FIRSTS, column }, type);
  const same = keys.map(({ name, value }) => test('=', value, ofFirsts(name, value.type)));
  const found = await runSelect(context, {
    from: frame.from,
    joins: [...frame.joins, { kind: 'inner', to: { kind: 'select', select: firsts, as: FIRSTS }, on: same }],
    where: [test('>', frame.rowNumber, ofFirsts('first', 'integer'))],
    keys: [{ name: 'row', value: frame.rowNumber }],
    aggregates: [],
    limit: SHOWN_ROWS,
  });
  return found.map(({ row }) => Number(row));
}
