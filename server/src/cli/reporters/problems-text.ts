import type { Problem } from '../../core/base/problem.ts';
import type { Look } from '../look.ts';
import { problemText } from '../problem-text.ts';
import type { SourceTexts } from '../source-texts.ts';

/** Problems with their code frames, a blank line behind each; the empty text where there are none. */
export function problemsText(
  { problems, texts }: { readonly problems: readonly Problem[]; readonly texts: SourceTexts },
  cwd: string,
  look: Look,
): string {
  return problems.map((problem) => `${problemText({ cwd, look, texts }, problem)}\n\n`).join('');
}
