/** A line that says something: neither blank nor only a comment. */
export interface Line {
  /** Where the line begins. */
  readonly start: number;
  /** Where its first character that is not white space stands. */
  readonly content: number;
  /** Where it ends, its line break not counted. */
  readonly end: number;
  /** Where the next line begins. */
  readonly next: number;
  /** The column it is taken to begin in: its own (a tab counts as one) unless `raiseDips` knows better. */
  readonly indent: number;
  /** The spaces before its first tab, if a tab stands in its indentation. */
  readonly spacesBeforeTab: number | undefined;
}

/** The lines of a stretch that begins at the start of a line, blank lines and comments left out. */
export function linesOf(text: string, from: number, to: number): Line[] {
  const lines: Line[] = [];
  for (let start = from; start < to; ) {
    const newline = text.indexOf('\n', start);
    const next = newline === -1 || newline >= to ? to : newline + 1;
    let end = newline === -1 || newline >= to ? to : newline;
    if (end > start && text[end - 1] === '\r') end--;
    let content = start;
    let tab: number | undefined;
    for (; content < end && (text[content] === ' ' || text[content] === '\t'); content++) {
      if (text[content] === '\t') tab ??= content - start;
    }
    if (content < end && text[content] !== '#') {
      lines.push({ start, content, end, next, indent: content - start, spacesBeforeTab: tab });
    }
    start = next;
  }
  return lines;
}

/**
 * Raises lines that are indented too little, such as a name that is being typed at the margin within a
 * definition. Such a line has less indentation than the lines around it and yet cannot begin a block that the
 * lines below belong to; it is taken to begin in their column, so that they stay with the lines above.
 */
export function raiseDips(text: string, lines: readonly Line[]): Line[] {
  return lines.map((line, i) => {
    const before = lines[i - 1];
    const next = lines[i + 1];
    if (before === undefined || next === undefined) return line;
    if (before.indent <= line.indent || next.indent <= line.indent) return line;
    const content = text.slice(line.content, line.end);
    const raised = { ...line, indent: Math.min(before.indent, next.indent) };
    const item = startsItem(text, line);
    if (item ? !itemFits(text, lines, i) : cannotBeEntry(content)) return raised;
    if (item || opensBlock(text, line) || mayGoOn(content)) return line;
    if (!/^[A-Za-z_][\w-]*:(?:\s|$)/.test(text.slice(next.content, next.end))) return line;
    // A name without a colon above a tidy block is likely to be the name of that block.
    return /:(?:\s|$)/.test(content) || isRagged(lines, i, next.indent) ? raised : line;
  });
}

/** Whether the lines below a list item can belong to it: none stands between its dash and its content. */
function itemFits(text: string, lines: readonly Line[], i: number): boolean {
  const line = lines[i];
  const next = lines[i + 1];
  if (line === undefined || next === undefined) return true;
  let at = line.content + 1;
  while (at < line.end && text[at] === ' ') at++;
  const column = line.indent + at - line.content;
  if (at >= line.end) return true;
  if (isRagged(lines, i, column)) return false;
  const content = text.slice(at, line.end);
  if (/:\s*(?:\s#.*)?$/.test(content) || mayGoOn(text.slice(line.content, line.end))) return true;
  return BLOCK_HEADER.test(content) ? next.indent > column : next.indent === column;
}

/** Whether a line begins with a mark that no name begins with, or with something typed before its indentation. */
function cannotBeEntry(line: string): boolean {
  if (/^(?:"[^"]*"|'[^']*')\s*:/.test(line)) return false;
  return /^["'[{\]}@`%|>,!]/.test(line) || /^\S{1,2}\s{2,}[^\s:]/.test(line);
}

/** The end of a line below which a literal or folded text stands. */
const BLOCK_HEADER = /:\s+[|>][-+0-9]*\s*(?:#.*)?$/;

/** Whether a line has a value in quotes or brackets, which may go on below. */
function mayGoOn(line: string): boolean {
  return /^(?:- +|(?:- +)?(?:"[^"]*"|'[^']*'|[^\s:"']+):\s+)["'[{|>&!]/.test(line);
}

/** Whether among the lines below line `i` that are indented more than it, one is indented less than `column`. */
function isRagged(lines: readonly Line[], i: number, column: number): boolean {
  const own = lines[i]?.indent ?? 0;
  for (let k = i + 1; k < lines.length; k++) {
    const indent = lines[k]?.indent ?? 0;
    if (indent <= own) return false;
    if (indent < column) return true;
  }
  return false;
}

/** The lines of one entry of a map, or of one item of a list. */
export interface Group {
  readonly lines: readonly Line[];
  /** Behind its last line, comments and blank lines below it included. */
  readonly to: number;
}

/**
 * Splits the lines of a block into its entries: a line begins one if it is not indented more than the line that
 * began the one before. Lines that close a bracket, and the dashes of a list that stands in its key's column,
 * belong to the entry above.
 */
export function splitEntries(text: string, lines: readonly Line[], to: number, list: boolean): Group[] {
  const [first] = lines;
  if (first === undefined) return [];
  const starts = [0];
  let current = first;
  for (const [i, line] of lines.entries()) {
    if (i === 0 || !begins(text, line, current, first, lines[i - 1] ?? first, list)) continue;
    starts.push(i);
    current = line;
  }
  return starts.map((start, k) => {
    const end = starts[k + 1] ?? lines.length;
    return { lines: lines.slice(start, end), to: lines[end]?.start ?? to };
  });
}

function begins(text: string, line: Line, current: Line, first: Line, before: Line, list: boolean): boolean {
  const char = text[line.content];
  if (char === ']' || char === '}') return false;
  if (!list && startsItem(text, line) && line.indent >= current.indent) return false;
  if (line.spacesBeforeTab !== undefined && first.spacesBeforeTab === undefined) {
    // How wide the tab was meant to be is unknown: the line is taken to stand below or beside the one before.
    if (line.spacesBeforeTab > current.indent) return false;
    return before === current && !opensBlock(text, current);
  }
  if (line.indent <= current.indent) return true;
  // Below an entry that is indented too little, lines in the right column are its neighbours, not its parts.
  return current.indent < first.indent && !opensBlock(text, current) && line.indent <= first.indent;
}

/** Whether a line begins an item of a list. */
export function startsItem(text: string, line: Line): boolean {
  return (
    text[line.content] === '-' &&
    (line.content + 1 >= line.end || /[ \t]/.test(text.charAt(line.content + 1)))
  );
}

/** Whether the lines below a line may be part of what it begins: it ends with a colon or begins a block scalar. */
function opensBlock(text: string, line: Line): boolean {
  const content = text.slice(line.content, line.end);
  return content === '-' || /:(?:\s+[&!]\S+)*\s*(?:\s#.*)?$/.test(content) || BLOCK_HEADER.test(content);
}

/** The column in which most entries of a block begin; the first one's where there is a draw. */
export function usualColumn(groups: readonly Group[]): number {
  const counts = new Map<number, number>();
  for (const { lines } of groups) {
    const column = lines[0] === undefined ? 0 : columnOf(lines[0]);
    counts.set(column, (counts.get(column) ?? 0) + 1);
  }
  let usual = 0;
  let most = 0;
  for (const [column, count] of counts) {
    if (count <= most) continue;
    most = count;
    usual = column;
  }
  return usual;
}

/** The column in which a line really begins. */
export function columnOf(line: Line): number {
  return line.content - line.start;
}
