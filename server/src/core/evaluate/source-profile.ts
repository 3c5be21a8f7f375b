import { formatDay } from '../base/period.ts';
import type { Source } from '../model/project.ts';
import { Frame } from '../plan/frame.ts';
import type { RowSelection } from '../plan/metric-plan.ts';
import { spellOf } from '../plan/select-rows.ts';
import { type EvaluationOptions, type Evaluator, runContext } from './evaluate.ts';
import type { SourceProfile } from './numbers.ts';
import { type RunContext, runSelect } from './run-demands.ts';

/**
 * How many rows a source has and which days they cover: by its `time`, else by the starts of its spells. Rejects with `Refusal`
 * where its rows are not known, with `EngineFailure` and `Cancelled`.
 */
export async function sourceProfile(
  evaluator: Evaluator,
  source: Source,
  options: EvaluationOptions = {},
): Promise<SourceProfile> {
  const { checked, data } = evaluator;
  const { name } = source;
  const context = runContext(evaluator, options);
  const { from } = new Frame(checked, context.storage, name);
  const [row] = await runSelect(context, {
    from,
    joins: [],
    where: [],
    keys: [],
    aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
  });
  const selection = ownRows(context, source);
  const extents = await context.extents(name);
  const extent = extents.extentOf(selection);
  const asOf = selection.mode === 'snapshot' ? undefined : extents.asOf;
  return {
    rows: Number(row?.rows ?? 0),
    duplicates: data.tables.get(name)?.duplicates ?? 0,
    first: extent === undefined ? null : formatDay(extent.first),
    asOf: asOf === undefined ? null : formatDay(asOf),
  };
}

/** How the source itself puts its rows in periods, whatever metrics say. */
export function ownRows({ checked }: Pick<RunContext, 'checked'>, source: Source): RowSelection {
  const time = source.time === undefined ? undefined : checked.resolvePath(source.time.text, source.name);
  if (time !== undefined) return { mode: 'event', time };
  return source.lifespan === undefined
    ? { mode: 'snapshot' }
    : { mode: 'started', spell: spellOf(checked, source) };
}
