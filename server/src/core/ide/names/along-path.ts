import type { Span } from '../../base/span.ts';
import type { Checked } from '../../check/checked.ts';
import type { Word } from '../../model/project.ts';
import { add, type Collector } from './occurrence.ts';

/** One name of a dotted path, and where it stands in the word's text. */
export interface PathPart {
  readonly text: string;
  readonly within: Span;
}

/** Adds the links of a path, and what stands behind them: a column, or (`undefined`) one more link. */
export function addPath(
  to: Collector,
  checked: Checked,
  word: Word,
  path: { readonly links: readonly PathPart[]; readonly column: PathPart | undefined },
  source: string,
  expression = false,
): void {
  let home: string | undefined = source;
  for (const { text, within } of path.links) {
    if (home === undefined || !hasLink(checked, home, text)) return;
    add(to, { kind: 'link', owner: home, name: text }, word, within, { expression });
    home = checked.follow(home, [text]);
  }
  if (home === undefined || path.column === undefined || !mayHaveColumn(checked, home, path.column.text))
    return;
  const { text, within } = path.column;
  add(to, { kind: 'column', owner: home, name: text }, word, within, { expression });
}

/**
 * Adds the names of a word outside of expressions that names a column, a raw header, a path or a chain of links. Where it
 * can be both, a column that is known wins, as in the checks.
 */
export function addPathWord(to: Collector, checked: Checked, word: Word, source: string): void {
  const ref = refOf(checked, word.text, source);
  if (ref === undefined || (isGuess(checked, ref, source) && isChain(checked, word.text, source))) {
    addLinks(to, checked, word, source);
    return;
  }
  const start = word.text.length - ref.column.length;
  const column = { text: ref.column, within: { start, end: word.text.length } };
  addPath(to, checked, word, { links: partsOf(ref.links), column }, source);
}

/** Adds the names of a word that is a chain of links, as far as they are known. */
export function addLinks(to: Collector, checked: Checked, word: Word, source: string): void {
  addPath(to, checked, word, { links: partsOf(word.text.split('.')), column: undefined }, source);
}

interface RowRef {
  readonly links: readonly string[];
  readonly column: string;
}

function refOf(checked: Checked, text: string, source: string): RowRef | undefined {
  const scalar = checked.resolvePath(text, source);
  return scalar?.kind === 'name' && scalar.ref.at === 'row' ? scalar.ref : undefined;
}

/** Whether a column is taken to be there only because the data could not be read. */
function isGuess(checked: Checked, { links, column }: RowRef, source: string): boolean {
  const home = checked.follow(source, links);
  return home === undefined || checked.columns.get(home)?.columns.has(column) !== true;
}

function isChain(checked: Checked, text: string, source: string): boolean {
  let home: string | undefined = source;
  for (const link of text.split('.')) {
    if (home === undefined || !hasLink(checked, home, link)) return false;
    home = checked.follow(home, [link]);
  }
  return true;
}

function hasLink({ project }: Checked, source: string, link: string): boolean {
  return project.sources.get(source)?.links.has(link) === true;
}

/** Whether a source has a column, as far as is known. */
export function mayHaveColumn({ columns }: Checked, source: string, name: string): boolean {
  const known = columns.get(source);
  return known !== undefined && (known.columns.has(name) || !known.complete);
}

/** The words of a path with their places, dots between them. */
function partsOf(names: readonly string[]): PathPart[] {
  let start = 0;
  return names.map((text) => {
    const within = { start, end: start + text.length };
    start = within.end + 1;
    return { text, within };
  });
}
