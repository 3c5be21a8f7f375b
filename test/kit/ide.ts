import assert from 'node:assert/strict';
import { analyse } from '../../server/src/core/analyse.ts';
import type { Span } from '../../server/src/core/base/span.ts';
import type { Numbers } from '../../server/src/core/evaluate/numbers.ts';
import { fileAt, type IdeContext, type IdeFile } from '../../server/src/core/ide/ide-context.ts';
import { kinds } from '../../server/src/core/kinds/index.ts';
import { asWhole } from './as-whole.ts';
import { projectOf, ROOT } from './project.ts';

/** A project in which a test has put the cursor `┆` and ranges `⟦ ⟧`. */
export interface IdeFixture {
  readonly context: IdeContext;
  /** The file with the cursor, or the first file with a range, or the first metrics file. */
  readonly file: IdeFile;
  /** Where the cursor is in that file's text; -1 where there is none. */
  readonly offset: number;
  /** The marked ranges of every file, by path relative to the root, in order. */
  readonly ranges: ReadonlyMap<string, readonly Span[]>;
  /** The texts without marks, by path relative to the root. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Nothing is known of any number. */
export const NO_NUMBERS: Numbers = {
  metric: () => undefined,
  target: () => undefined,
  example: () => undefined,
  segment: () => undefined,
  source: () => undefined,
  funnel: () => undefined,
  column: () => undefined,
};

/**
 * Loads and analyses texts by path relative to the root (a single text is `a.metrics.yaml`), in which `┆` is the cursor and
 * `⟦ ⟧` are ranges.
 */
export async function ideFixture(
  marked: string | Readonly<Record<string, string>>,
  numbers: Partial<Numbers> | undefined = undefined,
): Promise<IdeFixture> {
  const given = typeof marked === 'string' ? { 'a.metrics.yaml': marked } : marked;
  const texts = new Map<string, string>();
  const ranges = new Map<string, readonly Span[]>();
  let cursor: { readonly path: string; readonly offset: number } | undefined;
  for (const [path, content] of Object.entries(given)) {
    const { text, spans, offset } = unmark(content);
    texts.set(path, text);
    if (spans.length > 0) ranges.set(path, spans);
    if (offset >= 0) {
      assert.equal(cursor, undefined, 'a fixture has one cursor');
      cursor = { path, offset };
    }
  }
  const loaded = asWhole(await projectOf(Object.fromEntries(texts), kinds));
  const { checked, problems } = analyse(loaded, kinds);
  const context: IdeContext = {
    checked,
    problems,
    numbers: numbers === undefined ? undefined : { ...NO_NUMBERS, ...numbers },
  };
  const first = [...texts.keys()].find((path) => /\.metrics\.ya?ml$/.test(path)) ?? '';
  const path = cursor?.path ?? [...ranges.keys()][0] ?? first;
  const file = fileAt(context, `${ROOT}/${path}`);
  assert.ok(file, `${path} is no metrics file of the project`);
  return { context, file, offset: cursor?.offset ?? -1, ranges, texts };
}

/** A text without its marks, with the ranges and the cursor in it. */
export function unmark(content: string): { text: string; spans: readonly Span[]; offset: number } {
  let text = '';
  let offset = -1;
  let start = -1;
  const spans: Span[] = [];
  for (const char of content) {
    if (char === '┆') offset = text.length;
    else if (char === '⟦') start = text.length;
    else if (char === '⟧') spans.push({ start, end: text.length });
    else text += char;
  }
  return { text, spans, offset };
}

/** A text with edits applied, for comparing with what a test expects. Edits do not overlap. */
export function applyEdits(
  text: string,
  edits: readonly { readonly span: Span; readonly text: string }[],
): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce(
      (before, { span, text: put }) => before.slice(0, span.start) + put + before.slice(span.end),
      text,
    );
}
