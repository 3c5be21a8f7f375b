import type { ProblemKind } from './base/problem.ts';
import { rules } from './check/rules/index.ts';
import { evaluateProblems } from './evaluate/problems.ts';
import { formatProblems } from './format/problems.ts';
import { modelProblems } from './model/problems.ts';
import { policyRules } from './policy/rules/index.ts';
import { schemaProblems } from './schema/problems.ts';
import { syntaxProblems } from './syntax/problems.ts';

/** Every kind of problem, of every floor, by id. Pages, settings and report metadata are made from it. */
export const problemKinds: readonly ProblemKind[] = [
  ...syntaxProblems,
  ...schemaProblems,
  ...modelProblems,
  ...rules,
  ...evaluateProblems,
  ...formatProblems,
  ...policyRules,
].toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

/** The page of a kind, relative to the root of the repository. */
export function pageOf(code: string): string {
  return `docs/rules/${code}.md`;
}
