import type { TextEdit } from '../../base/problem.ts';
import type { Column } from '../../model/project.ts';
import type { MapEntry, MapNode, YamlNode } from '../../syntax/yaml/tree.ts';
import type { IdeContext } from '../ide-context.ts';
import { scalarOf } from './scalar-text.ts';
import type { Things } from './things-together.ts';

/**
 * The edits by which declared columns keep their data under another name: those without a `header` get the old name as one, and one
 * that is then the same as the name goes away.
 */
export function headerEdits(
  { checked }: IdeContext,
  { named }: Things,
  to: string,
): { readonly edits: readonly TextEdit[] } | { readonly refused: string } {
  const edits = new Map<string, TextEdit>();
  for (const { kind, owner = '', name } of named) {
    const source = checked.project.sources.get(owner);
    const column = kind === 'column' ? source?.columns.get(name) : undefined;
    // Computed columns stand in no data, and those of a union in the data of its members.
    if (
      source === undefined ||
      column === undefined ||
      column.value !== undefined ||
      source.union !== undefined
    )
      continue;
    const entry = entryOf(source.node, column);
    const text = checked.project.files.find(({ path }) => path === source.file)?.text ?? '';
    const edit = entry === undefined ? undefined : headerEdit(text, entry, column, to);
    if (edit === undefined) {
      return {
        refused: `The column "${name}" of ${owner} has no declaration of its own that could hold its \`header\`, such as where an alias stands for it. Write the declaration out first.`,
      };
    }
    for (const { span, text: put } of edit) {
      edits.set(`${source.file} ${span.start}`, { file: source.file, span, text: put });
    }
  }
  return { edits: [...edits.values()] };
}

type Edit = Omit<TextEdit, 'file'>;

function entryOf(body: MapNode | undefined, column: Column): MapEntry | undefined {
  const columns = body?.get('columns')?.value;
  return columns?.kind === 'map' ? columns.entries.find(({ key }) => key === column.nameNode) : undefined;
}

/** None where the header stays; `undefined` where it cannot be written. */
function headerEdit(
  text: string,
  { key, value }: MapEntry,
  column: Column,
  to: string,
): readonly Edit[] | undefined {
  const header = value.kind === 'map' ? value.get('header') : undefined;
  if (header !== undefined) {
    return value.kind === 'map' && column.header?.text === to ? withoutEntry(text, value, header) : [];
  }
  const written = `header: ${scalarOf(column.name)}`;
  if (value.kind === 'scalar' && value.style === 'missing') {
    const colon = text.indexOf(':', key.offsetAt(key.text.length)) + 1;
    return colon === 0 ? undefined : [insert(colon, ` { ${written} }`)];
  }
  if (value.kind !== 'map' || isElsewhere(key, value)) return undefined;
  const [first] = value.entries;
  if (first === undefined) return [insert(value.span.start + 1, ` ${written} `)];
  if (isElsewhere(key, first.key)) return undefined;
  const at = first.key.origin?.start ?? first.key.span.start;
  return [insert(at, value.flow ? `${written}, ` : written + lineBreakIn(text) + indentBefore(text, at))];
}

/** Whether a value came through an alias that its key did not come through: it is written for others too. */
function isElsewhere(key: YamlNode, value: YamlNode): boolean {
  return key.origin === undefined && value.origin !== undefined;
}

function insert(at: number, text: string): Edit {
  return { span: { start: at, end: at }, text };
}

function lineBreakIn(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** The white space that brings a line to the column of an offset. */
function indentBefore(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return ' '.repeat(offset - start);
}

/** Takes an entry out of a map. A header that cannot go without leaving traces stays, and says what the name says. */
function withoutEntry(text: string, map: MapNode, entry: MapEntry): readonly Edit[] {
  if (entry.key.origin !== undefined) return [];
  const at = map.entries.indexOf(entry);
  const [before, after] = [map.entries[at - 1], map.entries[at + 1]];
  const next = after?.key.origin === undefined ? after : undefined;
  if (next !== undefined)
    return isBlankBetween(text, entry, next) ? [cut(entry.span.start, next.span.start)] : [];
  if (before !== undefined)
    return isBlankBetween(text, before, entry) ? [cut(before.span.end, entry.span.end)] : [];
  return map.flow ? [cut(map.span.start + 1, map.span.end - 1)] : [];
}

/** Whether nothing but white space and a comma stands between two entries: a comment is not taken out. */
function isBlankBetween(text: string, first: MapEntry, second: MapEntry): boolean {
  return /^[\s,]*$/.test(text.slice(first.span.end, second.span.start));
}

function cut(start: number, end: number): Edit {
  return { span: { start, end }, text: '' };
}
