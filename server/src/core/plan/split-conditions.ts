import { conjuncts } from '../check/likeness.ts';
import type { ExpressionWord } from '../model/project.ts';
import { parseExpression } from '../syntax/expression/parse.ts';
import type { Scalar } from '../syntax/expression/scalar.ts';
import type { MeasurePlan } from './metric-plan.ts';

/** The same measure with each condition that stands in an `and` as a clause of its own, so that its rows can be told one by one. */
export function splitConditions(plan: MeasurePlan): MeasurePlan {
  const pairs = plan.where.flatMap((scalar, index) => {
    const word = plan.clauses[index];
    return word === undefined ? [] : pairsOf(word, scalar);
  });
  return { ...plan, where: pairs.map(([, scalar]) => scalar), clauses: pairs.map(([word]) => word) };
}

type Condition = MeasurePlan['where'][number];

function pairsOf(word: ExpressionWord, scalar: Condition): readonly (readonly [ExpressionWord, Condition])[] {
  const texts = conjuncts(parseExpression(word.text).expression).map(({ span }) =>
    word.text.slice(span.start, span.end),
  );
  const scalars = scalarsIn(scalar);
  if (texts.length !== scalars.length) return [[word, scalar]];
  return scalars.map((one, index) => [{ ...word, text: texts[index] ?? word.text }, one]);
}

function scalarsIn<Ref>(scalar: Scalar<Ref>): readonly Scalar<Ref>[] {
  return scalar.kind === 'call' && scalar.fn === 'and' ? scalar.args.flatMap(scalarsIn) : [scalar];
}
