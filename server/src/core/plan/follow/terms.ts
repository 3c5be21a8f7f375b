import type { FollowTerm } from '../metric-plan.ts';
import type { PlanScalar } from '../relation.ts';
import { all, literal, test, when } from '../scalars.ts';

/**
 * Rows of an entity, in numbers that grow and shrink as its rows begin and end: those alive at the opening and at the close (`opening`,
 * `closing`), and those that began before these (`before`, `started`).
 */
export type StateName = 'opening' | 'closing' | 'before' | 'started';

/** An entity's state in one period. */
export interface EntityState {
  rows(name: StateName): PlanScalar;
  /** Of the rows in the group; absent for the total. */
  groupRows?(name: StateName): PlanScalar;
  value(at: 'opening' | 'closing' | 'first'): PlanScalar;
}

/** Which parts of the state some terms look at. */
export function needsOf(terms: readonly FollowTerm[]): {
  readonly starts: boolean;
  readonly values: boolean;
  readonly first: boolean;
} {
  const starts = new Set<FollowTerm['of']>(['new', 'returned', 'acquired', 'exposed', 'gone']);
  return {
    starts: terms.some(({ of }) => starts.has(of)),
    values: terms.some(({ of, as }) => as === 'value' || of === 'expanded' || of === 'contracted'),
    first: terms.some(({ of, as }) => of === 'acquired' && as === 'value'),
  };
}

/** What an entity in a state adds to a term. */
export function termOf({ of, as }: FollowTerm, state: EntityState): PlanScalar {
  const added = when(
    conditionOf(of, state),
    as === 'entities' ? literal(1) : amountOf(of, state),
    literal(0),
  );
  return { ...added, type: 'number' };
}

/**
 * Section 4: `opening`, `lost`, `retained`, `expanded` and `contracted` by the opening group, the others by the closing one. Who is not
 * there at the bound that the group would be read at is in the groups of what it had in the period.
 */
function conditionOf(of: FollowTerm['of'], state: EntityState): PlanScalar {
  const some = (name: StateName): PlanScalar => isSome(state.rows(name));
  const none = (name: StateName): PlanScalar => test('=', state.rows(name), literal(0));
  const inGroup = (name: StateName): PlanScalar[] =>
    state.groupRows === undefined ? [] : [isSome(state.groupRows(name))];
  const both = [some('opening'), some('closing')];
  switch (of) {
    case 'opening':
      return every(some('opening'), ...inGroup('opening'));
    case 'closing':
      return every(some('closing'), ...inGroup('closing'));
    case 'retained':
    case 'kept':
      return every(...both, ...inGroup('opening'));
    case 'expanded':
      return every(...both, ...inGroup('opening'), test('>', state.value('closing'), state.value('opening')));
    case 'contracted':
      return every(...both, ...inGroup('opening'), test('<', state.value('closing'), state.value('opening')));
    case 'lost':
      return every(some('opening'), none('closing'), ...inGroup('opening'));
    case 'new':
      return every(none('opening'), some('closing'), none('before'), ...inGroup('closing'));
    case 'returned':
      return every(none('opening'), some('closing'), some('before'), ...inGroup('closing'));
    case 'acquired': {
      const first = every(none('before'), some('started'));
      if (state.groupRows === undefined) return first;
      return every(
        first,
        test(
          'or',
          every(some('closing'), ...inGroup('closing')),
          every(none('closing'), ...inGroup('started')),
        ),
      );
    }
    case 'exposed':
      return isExposed(state);
    case 'gone':
      return every(none('closing'), isExposed(state));
    case 'joined':
    case 'stayed':
      throw new Error(`Only cohorts have the term "${of}".`);
  }
}

/** Alive at the opening, or begun in the period: in the groups of the opening, else of the close, else of what it had in between. */
function isExposed(state: EntityState): PlanScalar {
  const begun = test('>', state.rows('started'), state.rows('before'));
  const { groupRows } = state;
  const isThere = isSome(state.rows('opening'));
  if (groupRows === undefined) return test('or', isThere, begun);
  const inGroup = when(
    isSome(state.rows('closing')),
    isSome(groupRows('closing')),
    test('>', groupRows('started'), groupRows('before')),
  );
  return when(isThere, isSome(groupRows('opening')), every(begun, inGroup));
}

function amountOf(of: FollowTerm['of'], state: EntityState): PlanScalar {
  const [opening, closing] = [state.value('opening'), state.value('closing')];
  switch (of) {
    case 'opening':
    case 'lost':
      return opening;
    case 'retained':
      return when(test('<', closing, opening), closing, opening);
    case 'expanded':
      return minus(closing, opening);
    case 'contracted':
      return minus(opening, closing);
    case 'acquired':
      return state.value('first');
    default:
      return closing;
  }
}

/** One number without another. The type keeps the engine's own arithmetic, which is exact for whole numbers and decimals. */
export function minus(a: PlanScalar, b: PlanScalar): PlanScalar {
  return { kind: 'call', type: 'number', fn: '-', args: [a, b] };
}

function isSome(rows: PlanScalar): PlanScalar {
  return test('>', rows, literal(0));
}

function every(...conditions: PlanScalar[]): PlanScalar {
  return all(conditions) ?? literal(true);
}
