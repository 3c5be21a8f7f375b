import type { Scan } from '../plan-scan.ts';
import type { Named, PlanScalar, RelationColumn, Select } from '../relation.ts';
import {
  addUnits,
  cast,
  compareTimes,
  dateLiteral,
  dayOf,
  isNotNull,
  isNull,
  literal,
  nameOf,
  notAfter,
  test,
  truncate,
} from '../scalars.ts';
import type { CohortTime } from './cohort-time.ts';
import type { Follower } from './followed-rows.ts';
import { columnNamed, part } from './followed-rows.ts';

/** The part of the statement with the rows of entities, and when these joined. */
export const ROWS = '_rows';
/** The part of the statement with each entity: `cohort`, whether its later time `is_over`, and whether it is `there` then. */
export const ENTITIES = '_entities';
const FIRSTS = '_firsts';
const COHORTS = '_cohorts';
const THERE = '_there';

/** Each entity with the period in which it joined, and whether it is there at its later time. */
export function entitiesParts({ scan }: Pick<Follower, 'scan'>, time: CohortTime): readonly Named<Select>[] {
  const isOfRows = scan.view.together?.kind === 'cohort' && scan.view.together.joined !== undefined;
  const { start, joined } = joinedColumns(scan);
  const since = isOfRows ? column(ROWS, 'since', joined.type) : start;
  const firsts: Select = {
    from: part(ROWS),
    joins: [],
    where: [],
    keys: [columnNamed(ROWS, 'entity')],
    aggregates: [{ name: 'joined', value: { fn: 'min', args: [since] } }],
  };
  const entities: Select = {
    from: part(COHORTS),
    joins: [{ kind: 'left', to: part(THERE), on: [sameEntity(THERE)] }],
    where: [],
    keys: [
      columnNamed(COHORTS, 'entity'),
      columnNamed(COHORTS, 'cohort'),
      columnNamed(COHORTS, 'is_over'),
      { name: 'there', value: isNotNull(column(THERE, 'rows', 'integer')) },
    ],
    aggregates: [],
  };
  return [
    { name: FIRSTS, value: firsts, note: 'when each entity joined' },
    cohortsPart(scan, time, joined.type),
    therePart(scan),
    { name: ENTITIES, value: entities, note: 'each entity, and whether it is there at its later time' },
  ];
}

/** The period in which each entity joined, the time at which it is looked for, and whether that is over. */
function cohortsPart(
  { grain, extent }: Follower['scan'],
  time: CohortTime,
  type: PlanScalar['type'],
): Named<Select> {
  const joined = column(FIRSTS, 'joined', type);
  const cohort = grain === 'all' ? noDay() : truncate(grain, joined);
  const from = addUnits(time.unit, time.count, time.kind === 'day' ? dayOf(joined) : cohort);
  const until = time.kind === 'day' || grain === 'all' ? addUnits('day', 1, from) : addUnits(grain, 1, from);
  return {
    name: COHORTS,
    note: 'the later time of each entity, and whether it is over',
    value: {
      from: part(FIRSTS),
      joins: [],
      where: [isNotNull(joined), notAfter(joined, extent.asOf)],
      keys: [
        columnNamed(FIRSTS, 'entity'),
        { name: 'cohort', value: cohort },
        { name: 'opens', value: from },
        { name: 'closes', value: until },
        { name: 'is_over', value: compareTimes('<=', until, dateLiteral(extent.asOf + 1)) },
      ],
      aggregates: [],
    },
  };
}

/** The entities that are there at their later time. */
function therePart(scan: Follower['scan']): Named<Select> {
  const { start, end } = joinedColumns(scan);
  const [from, until] = [column(COHORTS, 'opens', 'date'), column(COHORTS, 'closes', 'date')];
  const there =
    scan.rows.mode === 'event'
      ? [compareTimes('>=', start, from), compareTimes('<', start, until)]
      : [
          compareTimes('<', start, until),
          test<RelationColumn>('or', isNull(end), compareTimes('>', end, from)),
        ];
  return {
    name: THERE,
    note: 'who is there then',
    value: {
      from: part(ROWS),
      joins: [
        {
          kind: 'inner',
          to: part(COHORTS),
          on: [test('=', column(ROWS, 'entity', 'unknown'), column(COHORTS, 'entity', 'unknown'))],
        },
      ],
      where: there,
      keys: [columnNamed(ROWS, 'entity')],
      aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
    },
  };
}

function sameEntity(relation: string): PlanScalar {
  return test('=', column(relation, 'entity', 'unknown'), column(COHORTS, 'entity', 'unknown'));
}

function column(relation: string, name: string, type: PlanScalar['type']): PlanScalar {
  return nameOf<RelationColumn>({ relation, column: name }, type);
}

/** The columns of the part that `joinedRows` makes. */
export function joinedColumns({ rows, view: { together } }: Scan): {
  readonly start: PlanScalar;
  readonly end: PlanScalar;
  readonly joined: PlanScalar;
} {
  if (rows.mode === 'snapshot') throw new Error('Nobody is followed through a snapshot.');
  const type = rows.mode === 'event' ? rows.time.type : rows.spell.start.type;
  const endType = rows.mode === 'event' || rows.spell.end.type === 'null' ? type : rows.spell.end.type;
  const at = (column: string, of: PlanScalar['type']): PlanScalar =>
    nameOf<RelationColumn>({ relation: ROWS, column }, of);
  return {
    start: at('start', type),
    end: at('end', endType),
    joined: at('joined', (together?.kind === 'cohort' ? together.joined?.type : undefined) ?? type),
  };
}

function noDay(): PlanScalar {
  return cast<RelationColumn>(literal(null), 'date');
}
