import { headingsOf } from '../../scripts/docs/markdown.ts';

/** A fenced block of a Markdown page. */
export interface Block {
  /** The first word behind the fence, such as `yaml`. */
  readonly language: string;
  /** The words behind it: the name of a file; `reports` and the rules that are broken. */
  readonly words: readonly string[];
  readonly text: string;
  /** 1-based line of the fence. */
  readonly line: number;
  /** The heading above it. */
  readonly heading: string;
  /** What comments directly above it say, such as `not run` and the reason, or `replace` and what with. */
  readonly notes: ReadonlyMap<string, string>;
}

const FENCE = /^```([a-z]+)([^\n]*)\n([\s\S]*?)^```$/gm;
const NOTE = /<!-- ([a-z ]+): (.+?) -->/g;

/** The fenced blocks of a page that name a language. */
export function blocksOf(markdown: string): readonly Block[] {
  const headings = headingsOf(markdown);
  return [...markdown.matchAll(FENCE)].map((match) => {
    const [, language = '', words = '', text = ''] = match;
    const above = /(?:<!-- [^\n]* -->\n+)*$/.exec(markdown.slice(0, match.index))?.[0] ?? '';
    return {
      language,
      words: words
        .trim()
        .split(/\s+/)
        .filter((word) => word !== ''),
      text,
      line: markdown.slice(0, match.index).split('\n').length,
      heading: headings.findLast(({ at }) => at < match.index)?.title ?? '',
      notes: new Map([...above.matchAll(NOTE)].map(([, key = '', value = '']) => [key, value])),
    };
  });
}

/** The blocks whose fence names no language, which nothing could run; by line. */
export function namelessBlocks(markdown: string): readonly number[] {
  const lines = markdown.split('\n');
  let open = false;
  return lines.flatMap((line, index) => {
    if (!line.trimStart().startsWith('```')) return [];
    open = !open;
    return open && line.trim() === '```' ? [index + 1] : [];
  });
}

/** The rows of the tables that show what expressions give: those with the columns `expression` and `value`. */
export interface ExpressionRow {
  readonly expression: string;
  readonly value: string;
  /** What stands in the column ``over `x` `` of an aggregate. */
  readonly over: string | undefined;
}

/** Every expression that a page shows with its value. */
export function expressionRows(markdown: string): readonly ExpressionRow[] {
  let heads: readonly string[] = [];
  return markdown.split('\n').flatMap((line, index, lines) => {
    if (!line.startsWith('|')) return [];
    const cells = line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('\\|', '|'));
    if (lines[index + 1]?.startsWith('|---') === true) heads = cells;
    const cellOf = (head: string): string | undefined => cells[heads.indexOf(head)];
    const [expression, value] = [cellOf('expression'), cellOf('value')];
    if (expression === undefined || value === undefined || cells === heads || line.startsWith('|---'))
      return [];
    return [{ expression: bare(expression), value: bare(value), over: cellOf('over `x`') }];
  });
}

function bare(cell: string): string {
  return cell.replace(/^(`+) ?(.*?) ?\1$/, '$2');
}
