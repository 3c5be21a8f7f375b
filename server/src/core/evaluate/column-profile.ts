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
  const { checked } = evaluator;
  const info = checked.columns.get(source.name)?.columns.get(column);
  if (info === undefined) throw new Refusal(`The source ${source.name} has no column "${column}".`);
  const name = nameOf({ at: 'row' as const, links: [], column }, info.type);
  const context = runContext(evaluator, options);
  const frame = new Frame(checked, context.storage, source.name);
  const value = frame.lower(name);
  await requireOneArrival(context, frame.links);
  const from: Select = { from: frame.from, joins: frame.joins, where: [], keys: [], aggregates: [] };
  const whole = await readWhole(context, from, value);
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

async function readWhole(context: RunContext, from: Select, value: PlanScalar): Promise<Whole> {
  const [row] = await runSelect(context, {
    ...from,
    aggregates: [
      { name: 'rows', value: { fn: 'count', args: [] } },
      { name: 'known', value: { fn: 'count_if', args: [isNotNull(value)] } },
      { name: 'distinct', value: { fn: 'count_distinct', args: [value] } },
      { name: 'low', value: { fn: 'min', args: [value] } },
      { name: 'high', value: { fn: 'max', args: [value] } },
    ],
  });
  const count = (name: string): number => Number(row?.[name] ?? 0);
  const rows = count('rows');
  return {
    counts: { rows, nulls: rows - count('known'), distinct: count('distinct') },
    low: row?.low ?? null,
    high: row?.high ?? null,
  };
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
