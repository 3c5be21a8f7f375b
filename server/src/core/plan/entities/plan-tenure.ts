import { formatDay, periodsBetween } from '../../base/period.ts';
import { windowStart } from '../../base/window.ts';
import type { Checked } from '../../check/checked.ts';
import {
  allGroups,
  countedRows,
  type Follower,
  followedRows,
  groupsIn,
  readFrom,
} from '../follow/followed-rows.ts';
import type { MeasurePlan, Together } from '../metric-plan.ts';
import { measureNote, type PlannedScan, passOver, type Scan } from '../plan-scan.ts';
import type { Input, Named, PlanScalar, RelationColumn, Select } from '../relation.ts';
import { all, cast, compareTimes, dayOf, holds, isNotNull, isNull, literal, test, when } from '../scalars.ts';
import { groupColumn, PERIOD } from '../scan-columns.ts';
import type { Storage } from '../storage.ts';
import { at, columnsOf, noDay, nothing, orZero, reading, selecting } from './parts.ts';
import { productLimit, productLimitColumns } from './product-limit.ts';

type Tenure = Extract<Together, { kind: 'tenure' }>;
type Durations = Extract<Together, { kind: 'durations' }>;

const CELLS = '_durations';

/** Plans how long something lasts, by how many had lasted so long (`_durations`) at the close of each period, ended or not. */
export function planTenure(
  checked: Checked,
  storage: Storage,
  scan: Scan,
  together: Tenure | Durations,
  measures: readonly MeasurePlan[],
): PlannedScan {
  const [plan] = measures;
  if (plan === undefined) throw new Error('A scan has a measure.');
  const names = productLimitColumns(together.report);
  const columns = measures.map(() => names);
  if (scan.extent === undefined && together.kind === 'tenure') {
    return { select: nothing(storage, scan.source, names), columns, links: [] };
  }
  const cells =
    together.kind === 'durations'
      ? statedDurations(checked, storage, scan, together, plan)
      : spellDurations(checked, storage, scan, together, plan);
  const keys = [PERIOD, ...scan.breakdown.map((_, index) => groupColumn(index))];
  const limit = productLimit(CELLS, keys, together.report);
  const [first, ...values] = limit.values;
  const note = measures.map(measureNote).join('; ');
  return {
    select: selecting(limit.from, columnsOf(limit.from, keys, 'unknown'), {
      parts: [...cells.parts, ...limit.parts],
      aggregates: first === undefined ? [] : [{ ...first, note }, ...values],
    }),
    columns,
    links: cells.links,
  };
}

type Cells = Pick<PlannedScan, 'links'> & { readonly parts: readonly Named<Select>[] };

/** Rows that state how long they lasted. Those that do not, or not whether they ended, take no part; their groups do. */
function statedDurations(
  checked: Checked,
  storage: Storage,
  scan: Scan,
  { duration, ended }: Durations,
  { where }: MeasurePlan,
): Cells {
  const pass = passOver(checked, storage, scan);
  const { frame } = pass;
  const [time, isOver] = [frame.lower(duration), frame.lower(ended)];
  const counts =
    all([...where.map((condition) => frame.lower(condition)), isNotNull(time), isNotNull(isOver)]) ??
    literal(true);
  const { keys, ...rest } = pass.select();
  const value: Select = {
    ...rest,
    keys: [
      ...keys,
      { name: 'time', value: cast(when(holds(counts), time, literal(0)), 'number'), note: 'duration' },
    ],
    aggregates: [
      { name: 'rows', value: { fn: 'count_if', args: [counts] } },
      { name: 'ended', value: { fn: 'count_if', args: [test('and', counts, isOver)] }, note: 'ended' },
    ],
  };
  return { parts: [{ name: CELLS, value, note: 'rows by how long they lasted' }], links: frame.links };
}

const ROWS = '_rows';
const MERGED = '_merged';
const SPELLS = '_spells';
const LENGTHS = '_lengths';
const GROUPS = '_groups';
const SPINE = '_periods';

/** Later than any day: the end of what has none, so that ends can be compared. */
const NEVER: PlanScalar = { kind: 'literal', type: 'date', value: '9999-12-31' };

/** The spells of entities, each once with those that touch or overlap it, by how long they had lasted at the close of each period. */
function spellDurations(
  checked: Checked,
  storage: Storage,
  scan: Scan,
  { entity }: Tenure,
  plan: MeasurePlan,
): Cells {
  const { extent } = scan;
  if (extent === undefined) throw new Error('Spells have times.');
  const follower: Follower = { checked, storage, scan: { ...scan, extent }, entity, plan };
  const rows = followedRows(follower);
  const where = countedRows(rows, follower);
  const { keys: groups, joins } = groupsIn(rows.frame, scan);
  const others = groups.length === 0 ? undefined : followedRows(follower);
  const ended = rows.end ?? noDay();
  const type = rows.start.type === 'date' && ended.type === 'date' ? 'date' : 'timestamp';
  const until: PlanScalar = {
    kind: 'call',
    type,
    fn: 'coalesce',
    args: [cast(ended, type), cast(NEVER, type)],
  };
  const order = [rows.start, rows.frame.rowNumber, ...groups.map(({ value }) => value)];
  const read: Select = {
    from: rows.frame.from,
    joins: [...rows.frame.joins, ...joins],
    where,
    whereNote: 'spells with a valid start that meet the conditions and belong to somebody',
    keys: [
      { name: 'entity', value: rows.entity, note: 'entity' },
      { name: 'row', value: rows.frame.rowNumber },
      { name: 'start', value: cast(rows.start, type) },
      { name: 'until', value: until },
      ...groups,
    ],
    aggregates: [],
    windows: [
      { name: 'until_before', value: { fn: 'greatest_before', arg: until, within: [rows.entity], order } },
    ],
  };
  const parts: Named<Select>[] = [
    { name: ROWS, value: read, note: 'the spells of each entity, with the end of those before' },
    ...spellParts(groups, type),
    ...(others === undefined
      ? []
      : [{ name: GROUPS, value: allGroups(others, scan), note: 'all groups of the rows' }]),
    {
      name: CELLS,
      value: cells(scan, groups),
      note: 'how long spells had lasted at the close of each period, ended or not',
    },
  ];
  return { parts, links: [...rows.frame.links, ...(others?.frame.links ?? [])] };
}

/** Spells that touch or overlap made one, in the groups of its first rows; those alike in start, end and groups are counted. */
function spellParts(
  groups: readonly Named<PlanScalar>[],
  type: 'date' | 'timestamp',
): readonly Named<Select>[] {
  const time = (part: string, column: string): PlanScalar => at(part, column, type);
  const begins = test(
    'or',
    isNull(time(ROWS, 'until_before')),
    test('>', time(ROWS, 'start'), time(ROWS, 'until_before')),
  );
  const names = groups.map(({ name }) => name);
  const merged = selecting(ROWS, columnsOf(ROWS, ['entity', 'start', 'until', ...names], 'unknown'), {
    windows: [
      {
        name: 'spell',
        note: 'a spell begins where none before lasts up to it',
        value: {
          fn: 'running_sum',
          arg: when<RelationColumn>(begins, literal(1), literal(0)),
          within: [at(ROWS, 'entity', 'unknown')],
          order: [
            time(ROWS, 'start'),
            ...columnsOf(ROWS, ['row', ...names], 'unknown').map(({ value }) => value),
          ],
        },
      },
    ],
  });
  const once = names.length === 0 ? wholeSpells(time) : groupedSpells(names, time);
  const [first, last] = [time(ONCE, 'first'), time(ONCE, 'last')];
  const alike: Select = {
    from: { kind: 'select', select: once.select, as: ONCE },
    joins: [],
    where: [],
    keys: [
      ...readFrom(ONCE, groups),
      { name: 'first', value: dayOf(first) },
      { name: 'last', value: dayOf(when(compareTimes('<', last, NEVER), last)) },
    ],
    aggregates: [{ name: 'spells', value: { fn: 'count', args: [] } }],
  };
  return [
    { name: MERGED, value: merged, note: 'spells of one entity that touch or overlap are one' },
    ...once.parts,
    { name: LENGTHS, value: alike, note: 'how many there are of each first and last day' },
  ];
}

interface Spells {
  readonly parts: readonly Named<Select>[];
  /** One row for each spell, or for each group that it is in, with `first` and `last`. */
  readonly select: Select;
}

type TimeOf = (part: string, column: string) => PlanScalar;

function wholeSpells(time: TimeOf): Spells {
  const select = selecting(MERGED, columnsOf(MERGED, ['entity', 'spell'], 'unknown'), {
    aggregates: [
      { name: 'first', value: { fn: 'min', args: [time(MERGED, 'start')] } },
      { name: 'last', value: { fn: 'max', args: [time(MERGED, 'until')] } },
    ],
  });
  return { parts: [], select };
}

/** A spell is in the groups of its first rows. */
function groupedSpells(names: readonly string[], time: TimeOf): Spells {
  const within = [at(MERGED, 'entity', 'unknown'), at(MERGED, 'spell', 'unknown')];
  const spells = selecting(MERGED, columnsOf(MERGED, ['entity', 'spell', 'start', ...names], 'unknown'), {
    windows: [
      { name: 'first', value: { fn: 'min', arg: time(MERGED, 'start'), within, order: [] } },
      { name: 'last', value: { fn: 'max', arg: time(MERGED, 'until'), within, order: [] } },
    ],
  });
  const select = selecting(
    SPELLS,
    columnsOf(SPELLS, ['entity', 'spell', ...names, 'first', 'last'], 'unknown'),
    {
      where: [test('=', time(SPELLS, 'start'), time(SPELLS, 'first'))],
      whereNote: 'the groups of its first rows',
      aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
    },
  );
  return { parts: [{ name: SPELLS, value: spells, note: 'from when to when each lasts' }], select };
}

const ONCE = '_once';

/** Each period sees the spells that had begun by its close, as old as they were then. */
function cells(scan: Scan, groups: readonly Named<PlanScalar>[]): Select {
  const day = (part: string, column: string): PlanScalar => at(part, column, 'date');
  const [first, last, close] = [day(LENGTHS, 'first'), day(LENGTHS, 'last'), day(SPINE, 'close')];
  const isOver = holds(test('<', last, close));
  const until: PlanScalar = { ...when(isOver, last, close), type: 'date' };
  const count = at(LENGTHS, 'spells', 'integer');
  const isNew = scan.view.window === undefined ? [] : [test('>=', first, day(SPINE, 'opening'))];
  const seen: Select = {
    from: reading(LENGTHS),
    joins: [
      {
        kind: 'inner',
        to: closes(scan),
        on: [test('<', first, close), ...isNew],
        note: 'begun by the close',
      },
    ],
    where: [],
    keys: [
      { name: PERIOD, value: scan.grain === 'all' ? noDay() : day(SPINE, PERIOD) },
      ...readFrom(LENGTHS, groups),
      {
        name: 'time',
        value: { kind: 'call', type: 'integer', fn: 'date_diff', unit: 'day', args: [first, until] },
      },
      { name: 'rows', value: count },
      { name: 'ended', value: when(isOver, count, literal(0)) },
    ],
    aggregates: [],
  };
  const zeros = selecting(GROUPS, [
    { name: PERIOD, value: noDay() },
    ...readFrom(GROUPS, groups),
    ...['time', 'rows', 'ended'].map((name) => ({ name, value: literal<RelationColumn>(0) })),
  ]);
  const as = '_seen';
  return {
    from: { kind: 'stack', selects: groups.length === 0 ? [seen] : [seen, zeros], as },
    joins: [],
    where: [],
    keys: [
      ...columnsOf(as, [PERIOD, ...groups.map(({ name }) => name)], 'unknown'),
      ...columnsOf(as, ['time']),
    ],
    aggregates: ['rows', 'ended'].map((name) => ({
      name,
      value: { fn: 'sum', args: [orZero(at(as, name, 'integer'))] },
    })),
  };
}

/** The periods of a scan with the day behind the last one that they see, which for the last is that behind `as_of`. */
function closes({ grain, extent, view }: Scan): Input {
  const { first, asOf } = extent ?? { first: 0, asOf: -1 };
  return {
    kind: 'values',
    as: SPINE,
    columns: [PERIOD, 'opening', 'close'].map((name) => ({ name, type: 'date' })),
    rows: periodsBetween(grain, first, asOf).map((period) => [
      formatDay(period.start),
      formatDay(view.window === undefined ? period.start : windowStart(view.window, period, first)),
      formatDay(Math.min(period.end, asOf + 1)),
    ]),
  };
}
