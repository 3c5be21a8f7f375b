import type { Span } from '../../base/span.ts';
import type { IdeContext, IdeFile } from '../ide-context.ts';
import { inlineMetricNamed } from '../parts.ts';
import { toMarkdown } from '../prose/markdown.ts';
import { toPlain } from '../prose/plain.ts';
import type { Block } from '../prose/prose.ts';
import type { SymbolAt } from '../symbol-at.ts';
import { definitionAt } from '../uses.ts';
import { columnBlocks, groupBlocks, linkBlocks, metricBlocks, namedBlocks } from './definition.ts';
import { exampleValue } from './example-value.ts';
import { functionBlocks, keyBlocks, momentBlocks, valueBlocks } from './language.ts';
import { targetStand } from './metric-targets.ts';
import { whereRows } from './rows.ts';
import { type Subject, subjectAt } from './subject.ts';

/** What is shown over the word at an offset. */
export interface Hover {
  readonly span: Span;
  readonly markdown: string;
  /** The same for editors that show no Markdown. */
  readonly plain: string;
}

/**
 * What is to be said of the word at an offset: of a definition its meaning and numbers, of a column its values, of a function how
 * it is called, of a key of the format what it means. Numbers are those that are known (`hoverNeeds` says which to compute
 * before); where one is not, it says why. `undefined` where there is nothing to say.
 */
export function hover(context: IdeContext, file: IdeFile, offset: number): Hover | undefined {
  const subject = subjectAt(context, file, offset);
  if (subject === undefined) return undefined;
  const { symbol } = subject;
  const [meaning, place] = [symbolBlocks(context, file, offset, symbol), placeBlocks(context, subject)];
  // Over a key the numbers of the place come first; over a word that names something, what it names.
  const blocks = symbol.kind === 'key' ? [...place, ...meaning] : [...meaning, ...place];
  if (blocks.length === 0) return undefined;
  return { span: symbol.span, markdown: toMarkdown(blocks), plain: toPlain(blocks) };
}

/** The numbers of the place where a word stands: of a condition, a goal, or what an example expects. */
function placeBlocks(context: IdeContext, { clause, target, example }: Subject): readonly Block[] {
  return [
    ...(target === undefined ? [] : targetStand(context, target)),
    ...(example === undefined ? [] : exampleValue(context, example)),
    ...(clause === undefined ? [] : whereRows(context, clause)),
  ];
}

function symbolBlocks(
  context: IdeContext,
  file: IdeFile,
  offset: number,
  symbol: SymbolAt,
): readonly Block[] {
  switch (symbol.kind) {
    case 'metric':
      return symbol.metric === undefined ? [] : metricBlocks(context, symbol.metric);
    case 'source':
    case 'segment':
    case 'target':
    case 'journey':
      return namedBlocks(context, symbol.kind, symbol.name);
    case 'group':
      return groupBlocks(context, symbol.segment, symbol.group);
    case 'column':
      return columnBlocks(context, symbol.source, symbol.column);
    case 'link':
      return linkBlocks(context, symbol.source, symbol.link);
    case 'function':
      return functionBlocks(symbol.name);
    case 'moment':
      return momentBlocks(symbol.name);
    case 'key':
      return [...keyBlocks(file, symbol.path), ...inlineBlocks(context, file, offset, symbol.path)];
    case 'value':
      return valueBlocks(file, symbol.path, file.file.text.slice(symbol.span.start, symbol.span.end));
  }
}

/** On the key under which an inline metric stands, such as `numerator`: what that computes. */
function inlineBlocks(
  context: IdeContext,
  { file }: IdeFile,
  offset: number,
  path: readonly (string | number)[],
): readonly Block[] {
  const definition = definitionAt(file, offset);
  if (definition?.definition !== 'metric' || path.length < 3) return [];
  const inline = inlineMetricNamed(context.checked, definition, path.slice(1).join('.'));
  return inline === undefined ? [] : metricBlocks(context, inline);
}
