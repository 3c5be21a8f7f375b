import { parseDay } from '../base/period.ts';
import type { ValueType } from '../base/value-type.ts';
import type { Metric, Project, Source } from '../model/project.ts';
import { isAbsent } from '../model/words.ts';
import { fits, isOpen, wordFor } from '../syntax/expression/types.ts';
import type { MapEntry, ScalarNode } from '../syntax/yaml/tree.ts';
import { type Catalogue, commonType } from './columns.ts';
import { hint } from './names.ts';
import { type Finding, spotOf } from './report.ts';
import type { Resolver } from './resolver.ts';

/** Types that do not go together across definitions: of links, of stacked columns, and of rows that examples write out. */
export function contractFindings(
  project: Project,
  metrics: readonly Metric[],
  catalogue: Catalogue,
  resolver: Resolver,
): readonly Finding[] {
  const sources = project.files.flatMap(({ definitions }) =>
    definitions.flatMap((definition) => (definition.definition === 'source' ? [definition] : [])),
  );
  return [
    ...sources.flatMap((source) => [
      ...linkFindings(project, source, resolver),
      ...unionFindings(source, resolver),
    ]),
    ...metrics.flatMap((metric) => givenFindings(project, metric, catalogue)),
  ];
}

/** The two columns of a link must be of types that can be equal. */
function linkFindings(project: Project, source: Source, resolver: Resolver): Finding[] {
  return [...source.links.values()].flatMap(({ to, using }) => {
    const target = project.sources.get(to?.text ?? '');
    if (target === undefined) return [];
    return using.flatMap(({ mine, theirs }, index): Finding[] => {
      const there = (theirs ?? target.key?.items[index])?.text;
      const here = resolver.path(mine.text, source.name);
      const other = there === undefined ? undefined : resolver.path(there, target.name);
      if (here.kind !== 'found' || other?.kind !== 'found') return [];
      if (fits(here.type, [other.type]) || fits(other.type, [here.type])) return [];
      const message = `A link needs two columns of one type: "${mine.text}" is ${wordFor(here.type)}, and "${there}" of "${target.name}" is ${wordFor(other.type)}.`;
      return [{ code: 'wrong-type', spot: spotOf(source.file, mine.node), message }];
    });
  });
}

/** A column of a stack has one type, whichever entry a row comes from. */
function unionFindings(source: Source, resolver: Resolver): Finding[] {
  const before = new Map<string, { readonly type: ValueType; readonly member: string }>();
  return (source.union?.items ?? []).flatMap((member) =>
    [...member.columns].flatMap(([name, word]): Finding[] => {
      const { type, scalar } = resolver.resolve(word, member.source.text, 'row', undefined);
      const first = before.get(name);
      if (scalar === undefined || isOpen(type)) return [];
      if (first === undefined) {
        before.set(name, { type, member: member.source.text });
        return [];
      }
      if (commonType([first.type, type]) !== 'unknown') return [];
      const message = `The column "${name}" is ${wordFor(first.type)} in the rows of "${first.member}", and ${wordFor(type)} here.`;
      return [{ code: 'wrong-type', spot: spotOf(source.file, word.node), message }];
    }),
  );
}

/** Rows of an example may leave columns out; those that they write must be stored ones, and hold what fits. */
function givenFindings(project: Project, metric: Metric, catalogue: Catalogue): Finding[] {
  return metric.examples.flatMap(({ given }) =>
    [...(given?.values() ?? [])].flatMap(({ source, rows }) => {
      if (!project.sources.has(source.text)) return [];
      return rows.flatMap(({ node }) =>
        node.kind === 'map'
          ? node.entries.flatMap((entry) => cellFinding(metric.file, source.text, entry, catalogue) ?? [])
          : [],
      );
    }),
  );
}

function cellFinding(
  file: string,
  source: string,
  { key, value }: MapEntry,
  catalogue: Catalogue,
): Finding | undefined {
  const column = catalogue.column(source, key.text);
  const spot = spotOf(file, key);
  if (column === undefined) {
    if (!catalogue.complete(source)) return undefined;
    const near = hint(key.text, catalogue.names(source));
    const message = `There is no column "${key.text}" in ${source}.${near}`;
    return { code: 'unknown-column', spot, message };
  }
  if (column.origin !== 'file') {
    const message = `"${key.text}" is computed: write the columns that it is computed from.`;
    return { code: 'not-available', spot, message };
  }
  // Dates may be written in the format of the column.
  if (value.kind !== 'scalar' || column.declared?.dateFormats.length || isCellOf(value, column.type))
    return undefined;
  const message = `"${value.text}" is not ${wordFor(column.type)}, which the column "${key.text}" holds.`;
  return { code: 'wrong-type', spot: spotOf(file, value), message };
}

/** Whether the text of a cell is of a type, as the data would be read. Blank cells are null and fit everywhere. */
function isCellOf(node: ScalarNode, type: ValueType): boolean {
  const { text } = node;
  if (isAbsent(node) || text.trim() === '') return true;
  switch (type) {
    case 'integer':
      return /^[+-]?\d+$/.test(text.trim());
    case 'number':
      return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text.trim());
    case 'boolean':
      return /^(true|false)$/i.test(text.trim());
    case 'date':
    case 'timestamp':
      return parseDay(text.trim().slice(0, 10)) !== undefined;
    default:
      return true;
  }
}
