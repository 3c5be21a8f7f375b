import { oneLine, visible } from './clean.ts';
import type { Block, Run, Words } from './prose.ts';

/** Blocks as plain text, for editors that show no Markdown. */
export function toPlain(blocks: readonly Block[]): string {
  return blocks.map(blockText).join('\n\n');
}

/** Words as one line of plain text. */
export function plainWords(words: Words): string {
  return words.map(runText).join('').trim();
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return plainWords(block.words);
    case 'list':
      return block.items.map((item) => `- ${plainWords(item)}`).join('\n');
    case 'code':
      return visible(block.text);
    case 'image':
      return oneLine(block.alt);
    case 'markdown':
      return block.text.replaceAll('`', '');
  }
}

function runText(run: Run): string {
  if (typeof run === 'string') return oneLine(run);
  return oneLine('code' in run ? run.code : run.strong);
}
