import type { ColumnInfo } from '../check/checked.ts';
import type { Source } from '../model/project.ts';
import { Frame } from '../plan/frame.ts';
import { Refusal } from '../plan/refusal.ts';
import type { PlanScalar, Select } from '../plan/relation.ts';
import { isNotNull, literal, nameOf, test } from '../plan/scalars.ts';
import { cellText, MAX_CELL } from './cell-text.ts';
import { binOf, layBins } from './column-bins.ts';
import type { Value } from './engine.ts';
import { type EvaluationOptions, type Evaluator, runContext } from './evaluate.ts';
import { requireOneArrival } from './links.ts';
import type { ColumnProfile } from './numbers.ts';
import { type RunContext, runSelect } from './run-demands.ts';

const MAX_TOP = 100;

/**
 * What a column of a source holds, stored or computed, over all rows of the source. Rejects with `Refusal` where there is no such
 * column or it cannot be computed, with `EngineFailure` and `Cancelled`.
 */
export async function columnProfile(
  evaluator: Evaluator,
  source: Source,
  column: string,
  options: EvaluationOptions = {},
): Promise<ColumnProfile> {
  const context = runContext(evaluator, options);
  const read = await readColumn(evaluator, context, source, column);
  const [whole] = await readWhole(context, read.from, [read.value]);
  return profileOf(context, read, whole ?? NOTHING);
}

/**
 * What several columns hold, in their order; null for those that `columnProfile` refuses. The counts of all stored columns are read
 * in one pass; each then needs at most two more. Rejects with `EngineFailure` and `Cancelled`.
 */
export async function columnProfiles(
  evaluator: Evaluator,
  source: Source,
  columns: readonly string[],
  options: EvaluationOptions = {},
): Promise<readonly (ColumnProfile | null)[]> {
  const context = runContext(evaluator, options);
  const reads: (ReadColumn | null)[] = [];
  for (const column of columns) {
    reads.push(await orNull(readColumn(evaluator, context, source, column)));
  }
  const plain = reads.filter((read) => read !== null && read.from.joins.length === 0);
  const shared = plain.flatMap((read) => read ?? []);
  const [first] = shared;
  const values = shared.map(({ value }) => value);
  const counted = first === undefined ? [] : await readWhole(context, first.from, values);
  const profiles: (ColumnProfile | null)[] = [];
  for (const read of reads) {
    const known = read === null ? undefined : counted[shared.indexOf(read)];
    profiles.push(read === null ? null : await orNull(profileAlone(context, read, known)));
    options.progress?.(profiles.length, columns.length);
  }
  return profiles;
}

async function profileAlone(
  context: RunContext,
  read: ReadColumn,
  known: Whole | undefined,
): Promise<ColumnProfile> {
  const [whole] = known === undefined ? await readWhole(context, read.from, [read.value]) : [known];
  return profileOf(context, read, whole ?? NOTHING);
}

async function orNull<T>(promise: Promise<T>): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** A column in the rows of its source. */
interface ReadColumn {
  readonly info: ColumnInfo;
  readonly value: PlanScalar;
  readonly from: Select;
}

async function readColumn(
  { checked }: Evaluator,
  context: RunContext,
  source: Source,
  column: string,
): Promise<ReadColumn> {
  const info = checked.columns.get(source.name)?.columns.get(column);
  if (info === undefined) throw new Refusal(`The source ${source.name} has no column "${column}".`);
  const name = nameOf({ at: 'row' as const, links: [], column }, info.type);
  const frame = new Frame(checked, context.storage, source.name);
  const value = frame.lower(name);
  await requireOneArrival(context, frame.links);
  return { info, value, from: { from: frame.from, joins: frame.joins, where: [], keys: [], aggregates: [] } };
}

async function profileOf(
  context: RunContext,
  { info, value, from }: ReadColumn,
  whole: Whole,
): Promise<ColumnProfile> {
  return {
    type: info.type,
    ...whole.counts,
    low: cellText(whole.low, info.type),
    high: cellText(whole.high, info.type),
    top: whole.low === null ? [] : await readTop(context, from, value),
    bins: await readBins(context, from, value, whole.low, whole.high),
  };
}

interface Whole {
  readonly counts: { readonly rows: number; readonly nulls: number; readonly distinct: number };
  readonly low: Value;
  readonly high: Value;
}

const NOTHING: Whole = { counts: { rows: 0, nulls: 0, distinct: 0 }, low: null, high: null };

/** Counts of several values of the same rows, in one pass. */
async function readWhole(
  context: RunContext,
  from: Select,
  values: readonly PlanScalar[],
): Promise<readonly Whole[]> {
  const [row] = await runSelect(context, {
    ...from,
    aggregates: [
      { name: 'rows', value: { fn: 'count', args: [] } },
      ...values.flatMap((value, index): Select['aggregates'] => [
        { name: `known_${index}`, value: { fn: 'count_if', args: [isNotNull(value)] } },
        { name: `distinct_${index}`, value: { fn: 'count_distinct', args: [value] } },
        { name: `low_${index}`, value: { fn: 'min', args: [value] } },
        { name: `high_${index}`, value: { fn: 'max', args: [value] } },
      ]),
    ],
  });
  const count = (name: string): number => Number(row?.[name] ?? 0);
  const rows = count('rows');
  return values.map((_, index) => ({
    counts: { rows, nulls: rows - count(`known_${index}`), distinct: count(`distinct_${index}`) },
    low: row?.[`low_${index}`] ?? null,
    high: row?.[`high_${index}`] ?? null,
  }));
}

async function readTop(context: RunContext, from: Select, value: PlanScalar): Promise<ColumnProfile['top']> {
  const short: PlanScalar = { kind: 'call', type: 'integer', fn: 'length', args: [value] };
  const rows = await runSelect(context, {
    ...from,
    where: [isNotNull(value), ...(value.type === 'text' ? [test('<=', short, literal(MAX_CELL))] : [])],
    keys: [{ name: 'value', value }],
    aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
    order: [{ by: 'rows', descending: true }, { by: 'value' }],
    limit: MAX_TOP,
  });
  return rows.flatMap((row) => {
    const text = cellText(row.value ?? null, value.type);
    return text === null ? [] : [{ value: text, rows: Number(row.rows) }];
  });
}

async function readBins(
  context: RunContext,
  from: Select,
  value: PlanScalar,
  low: Value,
  high: Value,
): Promise<ColumnProfile['bins']> {
  const bins = layBins(value.type, low, high);
  if (bins === undefined) return [];
  const rows = await runSelect(context, {
    ...from,
    where: [isNotNull(value)],
    keys: [{ name: 'bin', value: binOf(value, low, bins) }],
    aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
  });
  const counts = new Map(rows.map((row) => [Number(row.bin), Number(row.rows)]));
  return Array.from({ length: bins.count }, (_, index) => ({ rows: counts.get(index) ?? 0 }));
}
