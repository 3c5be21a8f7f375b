import { type Problem, type ProblemKind, problemOf } from '../base/problem.ts';

export const notFormatted: ProblemKind = {
  id: 'not-formatted',
  severity: 'error',
  summary: 'A file is not in its canonical form.',
  documentation: `Only \`plumbline ci\` reports this; \`plumbline fmt --check\` says the same. Files in one form have small changes: a reviewer sees what was
meant, and not how an editor breaks lines. The problem stands at the first characters that would change.

Run \`plumbline fmt\`, which changes no value and keeps every comment. To go without, set the rule to \`off\` in \`plumbline.yaml\`, or leave the
part out with \`plumbline ci --skip formatting\`.`,
};

/** The problems that only formatting finds. */
export const formatProblems: readonly ProblemKind[] = [notFormatted];

/** What to say of a file that is not in its canonical form: at the first characters that differ, to the end of their line. */
export function formatProblem(file: string, before: string, after: string): Problem {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  // Of what is only missing at the end, the last characters are what stands there.
  const at = Math.min(start, Math.max(0, before.length - 1));
  const line = before.slice(at).search(/[\r\n]/);
  const end = line < 0 ? before.length : at + line;
  return problemOf(
    notFormatted,
    { file, span: { start: at, end: Math.max(end, at) } },
    'This file is not in its canonical form. Run "plumbline fmt" to format it.',
  );
}
