import type { NameRef, Scalar } from '../../syntax/expression/scalar.ts';

/** A step with its conditions, all of which hold for its rows. */
interface StepRows {
  readonly step: number;
  readonly where: readonly Scalar<NameRef>[];
}

/**
 * Steps of one source in sets that may have rows in common, directly or through a step between them. Those that ask a column for different
 * texts have none in common.
 */
export function sharedSteps(steps: readonly StepRows[]): readonly (readonly number[])[] {
  const sets: StepRows[][] = [];
  for (const step of steps) {
    const touched = sets.filter((set) => set.some((other) => !areApart(step, other)));
    for (const set of touched) sets.splice(sets.indexOf(set), 1);
    sets.push([...touched.flat(), step]);
  }
  return sets.map((set) => set.map(({ step }) => step).sort((a, b) => a - b));
}

function areApart(one: StepRows, other: StepRows): boolean {
  const asked = textsAsked(other.where);
  return [...textsAsked(one.where)].some(([column, text]) => {
    const theirs = asked.get(column);
    return theirs !== undefined && theirs !== text;
  });
}

/** The columns that must be equal to a text, with that text. */
function textsAsked(where: readonly Scalar<NameRef>[]): ReadonlyMap<string, string> {
  const asked = new Map<string, string>();
  for (const condition of where.flatMap(operandsOfAnd)) {
    if (condition.kind !== 'call' || condition.fn !== '=') continue;
    const name = condition.args.find(({ kind }) => kind === 'name');
    const literal = condition.args.find(({ kind }) => kind === 'literal');
    if (name?.kind !== 'name' || name.type !== 'text') continue;
    if (literal?.kind !== 'literal' || literal.type !== 'text' || typeof literal.value !== 'string') continue;
    asked.set(JSON.stringify(name.ref), literal.value);
  }
  return asked;
}

function operandsOfAnd(condition: Scalar<NameRef>): readonly Scalar<NameRef>[] {
  return condition.kind === 'call' && condition.fn === 'and'
    ? condition.args.flatMap(operandsOfAnd)
    : [condition];
}
