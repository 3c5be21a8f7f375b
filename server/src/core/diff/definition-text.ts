import type { Span } from '../base/span.ts';
import type { AnyDefinition } from '../model/project.ts';
import { pathOf } from '../syntax/units/unit-id.ts';
import type { DiffSide } from './side.ts';

/** A definition as it is written, from its name on, without the indentation that all its lines share. */
export function definitionText(
  { loaded }: Pick<DiffSide, 'loaded'>,
  { file, nameNode, node }: AnyDefinition,
): string {
  const text = unitText(loaded, file);
  const begin = text.lastIndexOf('\n', nameNode.span.start) + 1;
  const lines = text
    .slice(begin, Math.max(node?.span.end ?? 0, nameNode.span.end + 1))
    .trimEnd()
    .split(/\r?\n/);
  const written = lines.filter((line) => line.trim() !== '');
  const indent = Math.min(...written.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent).trimEnd()).join('\n');
}

/** A part of a definition as it is written, on one line: equal for parts that differ in white space only. */
export function writtenOnALine(
  { loaded }: Pick<DiffSide, 'loaded'>,
  { file, span }: { readonly file: string; readonly span: Span },
): string {
  return unitText(loaded, file).slice(span.start, span.end).replace(/\s+/g, ' ').trim();
}

function unitText({ texts }: DiffSide['loaded'], file: string): string {
  return texts.get(pathOf(file))?.unit(file)?.text ?? '';
}
