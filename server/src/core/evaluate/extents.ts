import { type Day, parseDay } from '../base/period.ts';
import type { Checked } from '../check/checked.ts';
import { sourceOf } from '../model/metric-defaults.ts';
import { referencesOf } from '../model/metric-references.ts';
import type { Metric, Source } from '../model/project.ts';
import type { Dialect } from '../plan/dialects/dialect.ts';
import { Frame } from '../plan/frame.ts';
import type { RowSelection } from '../plan/metric-plan.ts';
import type { Extent } from '../plan/plan-scan.ts';
import { Refusal } from '../plan/refusal.ts';
import type { Aggregate, Named, PlanScalar, RelationColumn, Select } from '../plan/relation.ts';
import { renderSelect } from '../plan/render-select.ts';
import { compareTimes, dayOf, isNull, nameOf, test } from '../plan/scalars.ts';
import { spellOf } from '../plan/select-rows.ts';
import type { Storage } from '../plan/storage.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import type { Row } from './engine.ts';

/** Runs one rendered statement. */
export type Run = (sql: string) => Promise<readonly Row[]>;

/** From which day to which the data of a source go, for each way in which its rows are put in periods. */
export interface SourceExtents {
  /** The last day that is counted; `undefined` for a snapshot, or where no row has a time. */
  readonly asOf: Day | undefined;
  /** The days covered when rows are selected so; `undefined` for a snapshot, or where no row has that time. */
  extentOf(rows: RowSelection): Extent | undefined;
}

/** Finds the extents of a source by one query: section 5.1 on where periods begin and what `as_of` is by default. */
export async function readExtents(
  checked: Checked,
  storage: Storage,
  dialect: Dialect,
  run: Run,
  source: Source,
): Promise<SourceExtents> {
  const frame = new Frame(checked, storage, source.name);
  const times = timesOf(checked, source).flatMap((time) => loweredOrNothing(frame, time) ?? []);
  if (times.length === 0) return { asOf: undefined, extentOf: () => undefined };
  const [row] = await run(
    renderSelect(extentQuery(frame, times), dialect, checked.project.settings.timezone),
  );
  const bounds = times.map((time, index) => ({
    key: time.key,
    first: dayIn(row?.[`first_${index}`]),
    last: dayIn(row?.[`last_${index}`]),
  }));
  // A spell may be agreed on before it starts, so that its start tells where the data end only where no time does.
  const timed = bounds.filter(({ key }) => key !== SPELL);
  const asOf = asOfOf(checked, source) ?? latest((timed.length > 0 ? timed : bounds).map(({ last }) => last));
  return {
    asOf,
    extentOf(rows) {
      const first = bounds.find(({ key }) => key === keyOf(rows))?.first;
      return first === undefined || asOf === undefined ? undefined : { first, asOf };
    },
  };
}

const SPELL = 'spell';

interface TimeOfRows {
  readonly key: string;
  readonly time: Scalar<NameRef>;
  /** For spells: their end, to leave out those that end before they start. */
  readonly end?: Scalar<NameRef>;
}

/** The source's own time and spell, and every time that a metric on it names. */
function timesOf(checked: Checked, source: Source): readonly TimeOfRows[] {
  const words = source.time === undefined ? [] : [source.time.text];
  for (const named of namedTimes(checked)) if (named.source === source.name) words.push(named.time);
  const times: TimeOfRows[] = [];
  for (const word of new Set(words)) {
    const time = checked.resolvePath(word, source.name);
    if (time?.type === 'date' || time?.type === 'timestamp') times.push({ key: JSON.stringify(time), time });
  }
  const spell = readableSpell(checked, source);
  if (spell !== undefined) times.push({ key: SPELL, time: spell.start, end: spell.end });
  return times;
}

/** A time that a metric names, by itself or in one of its steps. */
export interface NamedTime {
  readonly metric: Metric;
  readonly source: string;
  readonly time: string;
}

/** Every time that a metric of the project names, those of its steps and of metrics that stand inside others included. Looked for once. */
export function namedTimes(checked: Checked): readonly NamedTime[] {
  const { project, kinds } = checked;
  const known = timed.get(project.metrics);
  if (known?.kinds === kinds) return known.times;
  const times: NamedTime[] = [];
  const visit = (metric: Metric): void => {
    times.push(...timesOfMetric(checked, metric));
    for (const reference of referencesOf(kinds, metric))
      if (reference.kind === 'inline') visit(reference.metric);
  };
  for (const metric of project.metrics.values()) visit(metric);
  timed.set(project.metrics, { kinds, times });
  return times;
}

const timed = new WeakMap<
  Checked['project']['metrics'],
  { readonly kinds: Checked['kinds']; readonly times: readonly NamedTime[] }
>();

/** The metric's own `time` on the source that it takes its rows from, and that of each step on the step's. */
function timesOfMetric({ project, kinds }: Checked, metric: Metric): readonly NamedTime[] {
  const kind = kinds.get(metric.type ?? '');
  const source = kind?.source?.(metric.spec)?.text ?? sourceOf(project, metric)?.name;
  const own = metric.time === undefined ? [] : [{ source, time: metric.time.text }];
  const steps = (kind?.expressions(metric.spec) ?? [])
    .filter(({ word }) => word.role === 'time')
    .map((field) => ({ source: field.source?.text ?? source, time: field.word.text }));
  return [...own, ...steps].flatMap(({ source: name, time }) =>
    name === undefined ? [] : [{ metric, source: name, time }],
  );
}

function readableSpell(checked: Checked, source: Source): ReturnType<typeof spellOf> | undefined {
  try {
    return spellOf(checked, source);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function keyOf(rows: RowSelection): string | undefined {
  if (rows.mode === 'snapshot') return undefined;
  return rows.mode === 'event' ? JSON.stringify(rows.time) : SPELL;
}

interface LoweredTime {
  readonly key: string;
  readonly time: PlanScalar;
  readonly end: PlanScalar | undefined;
}

/** A time that cannot be read, as one behind a link that was lost, is that of no row; metrics that use it say why. */
function loweredOrNothing(frame: Frame, { key, time, end }: TimeOfRows): LoweredTime | undefined {
  try {
    return { key, time: frame.lower(time), end: end && frame.lower(end) };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The day is taken of the earliest and the latest time, not of every row's. */
function extentQuery(frame: Frame, times: readonly LoweredTime[]): Select {
  const aggregates = times.flatMap(({ time, end }, index): Named<Aggregate<RelationColumn>>[] => {
    const where = end === undefined ? {} : { where: test('or', isNull(end), compareTimes('>', end, time)) };
    return [
      { name: `first_${index}`, value: { fn: 'min', args: [time], ...where } },
      { name: `last_${index}`, value: { fn: 'max', args: [time], ...where } },
    ];
  });
  const bounds: Select = { from: frame.from, joins: frame.joins, where: [], keys: [], aggregates };
  return {
    from: { kind: 'select', select: bounds, as: BOUNDS },
    joins: [],
    where: [],
    keys: aggregates.map(({ name, value }) => ({
      name,
      value: dayOf(nameOf<RelationColumn>({ relation: BOUNDS, column: name }, value.args[0]?.type ?? 'date')),
    })),
    aggregates: [],
  };
}

const BOUNDS = '_bounds';

/** `as_of` of the project, else of the source. */
function asOfOf(checked: Checked, source: Source): Day | undefined {
  const set = checked.project.settings.asOf ?? source.asOf?.text;
  return set === undefined ? undefined : parseDay(set);
}

/** The day in a result: dates come as ISO text. */
export function dayIn(value: unknown): Day | undefined {
  return typeof value === 'string' ? parseDay(value) : undefined;
}

function latest(days: readonly (Day | undefined)[]): Day | undefined {
  const known = days.filter((day) => day !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
