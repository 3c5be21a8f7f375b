import type { Problem } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { IdeContext } from '../ide-context.ts';
import type { ActionProvider } from './action.ts';

/** The fixes that rules give with their problems, "did you mean" included, at every problem that the span touches. */
export const ruleFixes: ActionProvider = ({ context, file, span }) =>
  problemsAt(context, file.file.path, span).flatMap((problem) =>
    (problem.fixes ?? []).map(({ title, edits, sure }) => ({
      title,
      kind: 'quickfix' as const,
      edits,
      preferred: sure,
      fixes: problem,
    })),
  );

/** The problems of a file that a span touches. */
export function problemsAt({ problems }: IdeContext, path: string, span: Span): readonly Problem[] {
  return problems.filter(
    (problem) => problem.file === path && problem.span.start <= span.end && span.start <= problem.span.end,
  );
}
