import { touches } from '../base/span.ts';
import type { Checked } from '../check/checked.ts';
import { type ExpressionUse, expressionUses } from '../check/expressions.ts';
import { metricBook } from '../check/metrics.ts';
import { type NameUse, nameUses } from '../check/names.ts';
import { type PathUse, pathUses } from '../check/paths.ts';
import type { AnyDefinition, MetricsFile, Project } from '../model/project.ts';
import type { ScalarNode } from '../syntax/yaml/tree.ts';

/** The words of some definitions that mean something else than themselves. */
export interface Uses {
  readonly expressions: readonly ExpressionUse[];
  readonly paths: readonly PathUse[];
  readonly names: readonly NameUse[];
}

/**
 * What the words of a part of a file are: by default of all of its definitions, else of one. Only these are looked
 * through, so that the answer costs the same however large the project is.
 */
export function usesIn(
  { project, kinds }: Checked,
  file: MetricsFile,
  definitions: readonly AnyDefinition[] = file.definitions,
): Uses {
  const part: Project = { ...project, files: [{ ...file, definitions }] };
  const book = metricBook(part, kinds);
  return {
    expressions: expressionUses(book, part),
    paths: pathUses(part, book),
    names: [...nameUses(part, book.all)],
  };
}

/** The definition in whose text an offset lies, its name included. */
export function definitionAt(file: MetricsFile, offset: number): AnyDefinition | undefined {
  return file.definitions.findLast(({ nameNode, node }) => {
    const { start } = nameNode.span;
    return (
      nameNode.origin === undefined && touches({ start, end: node?.span.end ?? nameNode.span.end }, offset)
    );
  });
}

/** Whether an offset is on a scalar. One that came through an alias stands elsewhere, and no offset is on it. */
export function isOn(node: ScalarNode, offset: number): boolean {
  return node.origin === undefined && touches(node.span, offset);
}
