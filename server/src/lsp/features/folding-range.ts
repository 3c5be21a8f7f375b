import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver';
import { foldingRanges } from '../../core/ide/folding-ranges.ts';
import { answer } from '../answer.ts';
import type { Feature } from '../feature.ts';
import type { Snapshot } from '../snapshot.ts';

/** What can be folded away. */
export const foldingRange: Feature = {
  capabilities: { foldingRangeProvider: true },
  register(context) {
    context.connection.onFoldingRanges(({ textDocument }, token) =>
      answer(context, textDocument.uri, token, (snapshot) => foldsOf(snapshot, textDocument.uri)),
    );
  },
};

/** One range a line: a section that stands in several files of the document reaches to the end of its last one. */
function foldsOf(snapshot: Snapshot, uri: string): FoldingRange[] {
  const folds = new Map<string, FoldingRange>();
  for (const file of snapshot.files(uri)) {
    for (const { span, kind, section } of foldingRanges(file)) {
      const { start, end } = snapshot.range({ file: file.file.path, span });
      if (start.line >= end.line) continue;
      const id = section === undefined ? `${kind} ${start.line}` : `section ${section}`;
      const before = folds.get(id);
      if (before === undefined) {
        const named = kind === 'comment' ? { kind: FoldingRangeKind.Comment } : {};
        folds.set(id, { startLine: start.line, endLine: end.line, ...named });
      } else before.endLine = Math.max(before.endLine, end.line);
    }
  }
  return [...folds.values()].sort((a, b) => a.startLine - b.startLine);
}
