import { LineIndex } from '../core/base/line-index.ts';
import type { Problem } from '../core/base/problem.ts';
import type { FileSystem } from '../core/ports.ts';
import type { Texts } from '../core/workspace/in-files.ts';

/** A text with the index of its lines. */
export interface SourceText {
  readonly text: string;
  readonly lines: LineIndex;
}

/** The texts of the files in which problems stand, by path. A file that cannot be read has the empty text. */
export type SourceTexts = ReadonlyMap<string, SourceText>;

/** The texts of metrics files as the project read them, and of the other files (settings) that problems name. */
export async function sourceTexts(
  fs: FileSystem,
  files: Texts,
  problems: readonly Problem[],
): Promise<SourceTexts> {
  const known = new Map([...files].map(([path, { text }]) => [path, text]));
  const wanted = new Set(
    problems.flatMap(({ file, related = [] }) => [file, ...related.map((place) => place.file)]),
  );
  // Such a file may be a link out of the project: nothing of it is shown.
  const unreadable = new Set(
    problems.filter(({ code }) => code === 'file-unreadable').map(({ file }) => file),
  );
  const texts = new Map<string, SourceText>();
  for (const file of new Set([...known.keys(), ...wanted])) {
    const text = known.get(file) ?? (unreadable.has(file) ? '' : await fs.readText(file).catch(() => ''));
    texts.set(file, { text, lines: new LineIndex(text) });
  }
  return texts;
}

const EMPTY: SourceText = { text: '', lines: new LineIndex('') };

/** The text of a file; empty where there is none. */
export function textOf(texts: SourceTexts, file: string): SourceText {
  return texts.get(file) ?? EMPTY;
}
