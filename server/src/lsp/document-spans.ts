import type { Range } from 'vscode-languageserver';
import type { Span } from '../core/base/span.ts';
import type { IdeFile } from '../core/ide/ide-context.ts';
import type { At, Snapshot } from './projects.ts';

/** A part of a file. */
export interface FileSpan {
  readonly file: IdeFile;
  readonly span: Span;
}

/** The parts of the files of a document that a range covers, in its order. Files between both ends are covered whole. */
export function spansIn(snapshot: Snapshot, uri: string, { start, end }: Range): readonly FileSpan[] {
  const files = snapshot.files(uri);
  const [from, to] = [snapshot.at(uri, start), snapshot.at(uri, end)];
  const indexOf = (at: At | undefined): number =>
    files.findIndex(({ file }) => file.path === at?.file.file.path);
  const [first, last] = [indexOf(from), indexOf(to)];
  return files.flatMap((file, index): FileSpan[] => {
    if (index < first || (last >= 0 && index > last)) return [];
    const begin = index === first ? from?.offset : 0;
    const stop = index === last ? to?.offset : undefined;
    return [{ file, span: { start: begin ?? 0, end: stop ?? file.file.text.length } }];
  });
}
