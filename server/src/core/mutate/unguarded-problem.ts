import { type Problem, problemOf } from '../base/problem.ts';
import { unguardedClause } from '../evaluate/problems.ts';
import type { AnyDefinition } from '../model/project.ts';
import type { Change } from './clause.ts';
import type { ProposedExample } from './propose-example.ts';

/** What is said of a clause whose loss no example notices, at the clause, in the definition's unit. */
export function unguardedProblem(
  { file }: Pick<AnyDefinition, 'file'>,
  { span, words }: Change,
  example: ProposedExample | undefined,
): Problem {
  const row =
    example === undefined
      ? ''
      : ` Row ${example.row.toLocaleString('en')} of ${example.source} tells the two apart: ${example.metric} is ${example.value} for it alone, and would be ${example.otherwise}.`;
  return problemOf(unguardedClause, { file, span }, `No example notices when ${words}.${row}`);
}
