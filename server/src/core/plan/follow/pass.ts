import { formatDay } from '../../base/period.ts';
import type { LinkUse } from '../frame.ts';
import type { FollowTerm, MeasurePlan } from '../metric-plan.ts';
import { type Extent, measureNote, type Scan } from '../plan-scan.ts';
import type { Aggregate, Input, Named, PlanScalar, RelationColumn, Select } from '../relation.ts';
import { cast, literal, nameOf } from '../scalars.ts';
import { PERIOD } from '../scan-columns.ts';
import type { Storage } from '../storage.ts';
import { followedPeriods } from './crossings.ts';
import { allGroups, type Follower, followedRows, part, readFrom } from './followed-rows.ts';

/** What the passes that follow entities have in common: the terms of their measures, and that every period and group has values. */

/** A term and its column. */
export interface NamedTerm {
  readonly name: string;
  readonly term: FollowTerm;
}

/** The terms of all measures, each once. */
export function termsOf(measures: readonly MeasurePlan[]): readonly NamedTerm[] {
  const found = new Map<string, NamedTerm>();
  for (const term of measures.flatMap(({ measure }) => measure.terms ?? [])) {
    const name = term.as === 'entities' ? term.of : `${term.of}_value`;
    found.set(name, { name, term });
  }
  return [...found.values()];
}

/** The column of a term. */
export function nameOfTerm(terms: readonly NamedTerm[], term: FollowTerm): string {
  return terms.find((known) => known.term.of === term.of && known.term.as === term.as)?.name ?? '';
}

/** No row has a time, so that there is no period either. */
export function noRows(storage: Storage, scan: Scan, terms: readonly NamedTerm[]): Select {
  return {
    from: storage.input(scan.source, scan.source),
    joins: [],
    where: [literal(false)],
    keys: [{ name: PERIOD, value: noDay() }],
    aggregates: terms.map(({ name }) => ({ name, value: { fn: 'sum', args: [literal(0)] } })),
  };
}

/** A term of each row, changed or counted, added up; with the metrics that it belongs to. */
export function sumOf(
  { name, term }: NamedTerm,
  relation: string,
  terms: readonly NamedTerm[],
  measures: readonly MeasurePlan[],
): Named<Aggregate<RelationColumn>> {
  const type = term.as === 'entities' ? 'integer' : 'number';
  const using = measures.filter(({ measure }) =>
    (measure.terms ?? []).some((each) => nameOfTerm(terms, each) === name),
  );
  return {
    name,
    note: using.map(measureNote).join('; '),
    value: {
      fn: type === 'integer' ? 'sum' : 'exact_sum',
      args: [nameOf<RelationColumn>({ relation, column: name }, type)],
    },
  };
}

const SPINE = '_periods';
const GROUPS = '_groups';

/** The column of periods, to be read from a part. */
export const PERIOD_COLUMN: Named<PlanScalar> = { name: PERIOD, value: noDay() };

/** Nothing of any term in every period and group, so that each has a value. */
export function zeros(
  { grain, view, extent }: Scan & { readonly extent: Extent },
  groups: readonly Named<PlanScalar>[],
  terms: readonly NamedTerm[],
): Select {
  const spine: Input = {
    kind: 'values',
    as: SPINE,
    columns: [{ name: PERIOD, type: 'date' }],
    rows: followedPeriods(grain, extent, view.window).map(({ period }) => [formatDay(period.start)]),
  };
  return {
    from: spine,
    joins: groups.length === 0 ? [] : [{ kind: 'inner', to: part(GROUPS), on: [literal(true)] }],
    where: [],
    keys: [
      ...readFrom(SPINE, [PERIOD_COLUMN]),
      ...readFrom(GROUPS, groups),
      ...terms.map(({ name }) => ({ name, value: literal<RelationColumn>(0) })),
    ],
    aggregates: [],
  };
}

/** The part with the groups of all rows, which `zeros` reads; none for the total. */
export function groupsParts(follower: Follower): {
  readonly parts: readonly Named<Select>[];
  readonly links: readonly LinkUse[];
} {
  if (follower.scan.breakdown.length === 0) return { parts: [], links: [] };
  const rows = followedRows(follower);
  const note = 'all groups of the rows, also of those that do not count';
  return {
    parts: [{ name: GROUPS, value: allGroups(rows, follower.scan), note }],
    links: rows.frame.links,
  };
}

/** No day, where a period would stand. */
export function noDay(): PlanScalar {
  return cast<RelationColumn>(literal(null), 'date');
}
