import { base64 } from '../../base/base64.ts';
import { oneLine, visible } from './clean.ts';
import type { Block, Run, Words } from './prose.ts';

/** Blocks as Markdown (CommonMark, as editors show it). Whatever is in their words stays text: no link, image or HTML can come of it. */
export function toMarkdown(blocks: readonly Block[]): string {
  return blocks.map(blockMarkdown).join('\n\n');
}

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return atLineStart(wordsMarkdown(block.words));
    case 'list':
      return block.items.map((item) => `- ${atLineStart(wordsMarkdown(item))}`).join('\n');
    case 'code':
      return fenced(block.language, block.text);
    case 'image':
      return `![${escaped(block.alt)}](data:image/svg+xml;base64,${base64(block.svg)})`;
    case 'markdown':
      return block.text;
  }
}

function wordsMarkdown(words: Words): string {
  return words.map(runMarkdown).join('').trim();
}

function runMarkdown(run: Run): string {
  if (typeof run === 'string') return escaped(run);
  if ('code' in run) return codeSpan(run.code);
  const text = run.strong.trim();
  return text === '' ? '' : `**${escaped(text)}**`;
}

/**
 * Text in which no character means anything to Markdown. Addresses are broken up too, since editors make links of bare ones.
 */
function escaped(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]<>|~#!&@^]/g, '\\$&')
    .replace(/\$(?=[({])/g, '\\$')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/\bwww\./gi, (found) => found.replace('.', '\\.'));
}

/** What would begin a list or a heading at the start of a line is escaped there. */
function atLineStart(markdown: string): string {
  return markdown.replace(/^[-+=](?=[\s=-]|$)/, '\\$&').replace(/^(\d+)(?=[.)](?:\s|$))/, '$1\\');
}

/** A code span: fenced by more backticks than stand in it in a row. */
function codeSpan(text: string): string {
  const inner = oneLine(text).trim();
  if (inner === '') return '';
  const fence = '`'.repeat(longestRun(inner) + 1);
  const pad = inner.startsWith('`') || inner.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${inner}${pad}${fence}`;
}

function fenced(language: string, text: string): string {
  const clean = visible(text);
  const fence = '`'.repeat(Math.max(3, longestRun(clean) + 1));
  return `${fence}${language}\n${clean}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
