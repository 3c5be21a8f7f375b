import type { Expression, NamePart } from './ast.ts';
import { AGGREGATES } from './catalogue.ts';

/** A dotted name as it is written, and whether it stands inside an aggregate. */
export interface WrittenName {
  readonly parts: readonly NamePart[];
  readonly insideAggregate: boolean;
}

/** Every name in an expression, in the order of the text, whatever it stands for. */
export function writtenNames(expression: Expression): readonly WrittenName[] {
  const names: WrittenName[] = [];
  collect(expression, false, names);
  return names;
}

/** Whether an expression calls an aggregate. */
export function callsAggregate(expression: Expression): boolean {
  return isAggregate(expression) || operandsOf(expression).some(callsAggregate);
}

function collect(expression: Expression, insideAggregate: boolean, names: WrittenName[]): void {
  if (expression.kind === 'name') names.push({ parts: expression.parts, insideAggregate });
  const inside = insideAggregate || isAggregate(expression);
  for (const part of operandsOf(expression)) collect(part, inside, names);
}

function isAggregate(expression: Expression): boolean {
  return expression.kind === 'call' && Object.hasOwn(AGGREGATES, expression.name.text.toLowerCase());
}

/** The operands of an expression, in order. */
export function operandsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'missing':
    case 'literal':
    case 'name':
      return [];
    case 'call':
      return expression.args;
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'between':
      return [expression.value, expression.low, expression.high];
    case 'in':
      return [expression.value, ...expression.list];
    case 'like':
      return [expression.value, expression.pattern];
    case 'is-null':
    case 'cast':
      return [expression.value];
    case 'case':
      return [
        ...(expression.subject === null ? [] : [expression.subject]),
        ...expression.branches.flatMap((branch) => [branch.when, branch.result]),
        ...(expression.otherwise === null ? [] : [expression.otherwise]),
      ];
  }
}
