import type { FieldExpression, MetricPeriods } from '../check/checked.ts';
import type { ExpressionWord } from '../model/project.ts';
import type { AggregateValue, FollowTerm } from '../plan/metric-plan.ts';
import { NUMERIC } from './values.ts';

/** What the types of the customer lifecycle (section 5.3 of the format) have in common. */

/** `entity`: the column, path or link whose values are followed through time. */
export function entityField(word: ExpressionWord | undefined): readonly FieldExpression[] {
  return word === undefined ? [] : [{ word, expects: [], scope: 'row', adds: false, path: true }];
}

/** `value`: a number of each row, summed per entity. */
export function amountField(word: ExpressionWord | undefined): readonly FieldExpression[] {
  return word === undefined ? [] : [{ word, expects: NUMERIC, scope: 'row', adds: true }];
}

/** The entity in words. */
export function entityName(word: ExpressionWord | undefined): string {
  return word === undefined ? 'entities' : `distinct ${word.text}`;
}

/** A term in entities. */
export function inEntities(of: FollowTerm['of']): FollowTerm {
  return { of, as: 'entities' };
}

/** A term in what entities are worth. */
export function inValue(of: FollowTerm['of']): FollowTerm {
  return { of, as: 'value' };
}

/** One total over another; null where there is nothing to divide by. */
export function quotient(
  above: AggregateValue | undefined,
  below: AggregateValue | undefined,
): number | null {
  if (above === null || above === undefined || below === null || below === undefined) return null;
  return below === 0 ? null : above / below;
}

/** Says at the entity that nobody can be followed through rows without a time. */
export function checkFollowed(
  entity: ExpressionWord | undefined,
  report: (place: ExpressionWord['node'], message: string) => void,
  { isSnapshot }: MetricPeriods,
): void {
  if (entity === undefined || !isSnapshot) return;
  report(
    entity.node,
    'Nobody can be followed through rows that have no time: declare `lifespan` or `time` at the source.',
  );
}
