/** A heading of a Markdown text. */
export interface Heading {
  readonly level: number;
  readonly title: string;
  /** What a link to it ends with, as GitHub and the preview of VS Code make it, without the `#`. */
  readonly anchor: string;
  /** Where its line begins. */
  readonly at: number;
}

/** The headings of a text in order; lines of fenced blocks are none. */
export function headingsOf(text: string): readonly Heading[] {
  const seen = new Map<string, number>();
  return [...withoutFences(text).matchAll(/^(#{1,6}) +(.+?)\s*$/gm)].map((match) => {
    const title = match[2] ?? '';
    const slug = slugOf(title);
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return {
      level: (match[1] ?? '').length,
      title,
      anchor: times === 0 ? slug : `${slug}-${times}`,
      at: match.index,
    };
  });
}

/** The text with the lines of fenced blocks blanked out, each as long as it was. */
export function withoutFences(text: string): string {
  return text.replace(/^( *)```[^\n]*\n[\s\S]*?^\1```$/gm, (block) => block.replace(/[^\n]/g, ' '));
}

/** A table with these column heads. A bar inside a cell is escaped. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replace(/(?<!\\)\|/g, '\\|').replace(/\n/g, ' ');
}

function slugOf(title: string): string {
  const plain = title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  return plain
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}
