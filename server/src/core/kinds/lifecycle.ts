import type { FieldExpression } from '../check/checked.ts';
import type { ExpressionWord } from '../model/project.ts';
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
