import type { Span } from '../base/span.ts';
import type { Comment, YamlNode } from '../syntax/yaml/tree.ts';
import type { IdeFile } from './ide-context.ts';

/** A stretch of a file that can be folded away below its first line. Which lines these are, the reader of the span knows. */
export interface Fold {
  readonly span: Span;
  readonly kind: 'region' | 'comment';
  /** For a whole section of the file its name. A document of several files may have the section in each of them. */
  readonly section: string | undefined;
}

/** What can be folded: sections, definitions and everything in them that is written over several lines, and comments of several lines. */
export function foldingRanges({ file, tree }: IdeFile): readonly Fold[] {
  const { text } = file;
  const folds: Fold[] = [];
  const visit = (node: YamlNode | undefined, depth: number): void => {
    if (node === undefined || node.origin !== undefined || node.kind === 'scalar') return;
    const parts =
      node.kind === 'seq'
        ? node.items.map((value) => ({ value, span: value.span, name: undefined }))
        : node.entries.map(({ key, value, span }) => ({ value, span, name: key.text }));
    for (const { value, span, name } of parts) {
      const end = trimmedEnd(text, span);
      if (text.slice(span.start, end).includes('\n')) {
        folds.push({
          span: { start: span.start, end },
          kind: 'region',
          section: depth === 0 ? name : undefined,
        });
      }
      visit(value, depth + 1);
    }
  };
  visit(tree.root, 0);
  return [...folds, ...commentFolds(text, tree.comments)];
}

/** The end of what is written: a block of text reaches over the blank lines behind it. */
function trimmedEnd(text: string, { start, end }: Span): number {
  return start + text.slice(start, end).trimEnd().length;
}

/** Runs of comments, each alone on its line and right below the one before. */
function commentFolds(text: string, comments: readonly Comment[]): readonly Fold[] {
  const runs: { start: number; end: number }[] = [];
  for (const { span } of comments) {
    const last = runs.at(-1);
    const between = text.slice(last?.end ?? 0, span.start);
    if (last !== undefined && /^[ \t]*\r?\n[ \t]*$/.test(between)) last.end = span.end;
    else if (isFirstOnLine(text, span.start)) runs.push({ ...span });
  }
  return runs
    .filter(({ start, end }) => text.slice(start, end).includes('\n'))
    .map((span) => ({ span, kind: 'comment', section: undefined }));
}

function isFirstOnLine(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
}
