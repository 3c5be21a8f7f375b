import type { TextEdit } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { IdeContext, IdeFile } from '../ide-context.ts';
import type { CodeAction } from './action.ts';

/** All sure fixes of some files in one action; `undefined` where there is none. */
export function fixAll(context: IdeContext, files: readonly IdeFile[]): CodeAction | undefined {
  const edits = files.flatMap((file) => sureEdits(context, file));
  if (edits.length === 0) return undefined;
  return {
    title: 'Fix all problems with a sure fix',
    kind: 'source.fixAll.plumbline',
    edits,
    preferred: false,
  };
}

/**
 * The sure fixes of a file's problems, as edits that can be made together: of two that touch one another the first is taken,
 * and the other is offered again once the text has changed. A fix with edits of other files is left to be chosen by hand.
 */
function sureEdits({ problems }: IdeContext, { file }: IdeFile): readonly TextEdit[] {
  const chosen: TextEdit[] = [];
  for (const problem of problems) {
    if (problem.file !== file.path) continue;
    const fix = problem.fixes?.find(
      ({ sure, edits }) =>
        sure && edits.every((edit) => edit.file === file.path && isFree(edit.span, chosen)),
    );
    chosen.push(...(fix?.edits ?? []));
  }
  return chosen.sort((a, b) => a.span.start - b.span.start);
}

function isFree({ start, end }: Span, chosen: readonly TextEdit[]): boolean {
  return chosen.every(({ span }) => end < span.start || span.end < start);
}
