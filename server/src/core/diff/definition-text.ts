import type { AnyDefinition } from '../model/project.ts';
import { pathOf } from '../syntax/units/unit-id.ts';
import type { DiffSide } from './side.ts';

/** A definition as it is written, from its name on, without the indentation that all its lines share. */
export function definitionText(
  { loaded }: Pick<DiffSide, 'loaded'>,
  { file, nameNode, node }: AnyDefinition,
): string {
  const unit = loaded.texts.get(pathOf(file))?.unit(file);
  if (unit === undefined) return '';
  const begin = unit.text.lastIndexOf('\n', nameNode.span.start) + 1;
  const lines = unit.text
    .slice(begin, Math.max(node?.span.end ?? 0, nameNode.span.end + 1))
    .trimEnd()
    .split(/\r?\n/);
  const written = lines.filter((line) => line.trim() !== '');
  const indent = Math.min(...written.map((line) => line.length - line.trimStart().length));
  return lines.map((line) => line.slice(indent).trimEnd()).join('\n');
}
