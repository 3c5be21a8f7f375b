import { toMarkdown } from '../../core/ide/prose/markdown.ts';
import { type Block, list, paragraph } from '../../core/ide/prose/prose.ts';
import type { Preview } from '../../core/preview/preview.ts';
import type { Table } from '../parts/table.ts';
import { titleOf } from '../title-of.ts';
import { tablesOf } from './tables-of.ts';

/** A preview as Markdown: its heading, its definition in words and its tables. Whatever comes from a project stays text. */
export function previewMarkdown<At>(preview: Preview<At>): string {
  const words = wordsOf(preview);
  const tables = tablesOf(preview).filter(({ rows }) => rows.length > 0);
  return `${[`# ${escaped(titleOf(preview))}`, toMarkdown(words), ...tables.map(tableMarkdown)].filter((part) => part !== '').join('\n\n')}\n`;
}

function wordsOf<At>(preview: Preview<At>): readonly Block[] {
  if (preview.kind === 'comparison') {
    const { unavailable, summary, notes } = preview;
    if (unavailable !== null) return [paragraph(unavailable)];
    return [...(summary.length === 0 ? [] : [paragraph(...summary)]), ...list(notes)];
  }
  // Pictures would be as long as all the rest, and say nothing that the tables do not.
  return 'about' in preview ? preview.about.words.filter(({ kind }) => kind !== 'image') : [];
}

/** One table as Markdown, below its title. */
export function tableMarkdown({ title, columns, rows }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `## ${escaped(title)}`,
    '',
    line(columns.map(({ label }) => escaped(label))),
    line(columns.map(({ numeric }) => (numeric === true ? '---:' : '---'))),
    ...rows.map((row) => line(columns.map((_, index) => escaped(row[index]?.text ?? '')))),
  ].join('\n');
}

/** As one paragraph of prose, which knows what means something to Markdown. */
function escaped(text: string): string {
  return toMarkdown([paragraph(text)]);
}
