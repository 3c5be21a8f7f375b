import type { Span } from '../../base/span.ts';
import type { Need } from '../../evaluate/numbers.ts';
import type { MetricsFile } from '../../model/project.ts';
import { parseYaml } from '../../syntax/yaml/parse.ts';
import type { YamlTree } from '../../syntax/yaml/tree.ts';
import type { IdeContext, IdeFile } from '../ide-context.ts';
import { commentCandidates } from './comments.ts';
import { type Cursor, cursorAt, type KeyCursor, type ValueCursor } from './cursor.ts';
import { dataFolder } from './data-paths.ts';
import { columnWanted } from './expression.ts';
import { expressionState } from './expression-state.ts';
import { homeAt } from './home.ts';
import {
  type Candidate,
  type CompletionItem,
  type CompletionList,
  type Insert,
  plainOf,
  snippetOf,
} from './item.ts';
import { type Completing, type CompletionOptions, type PlaceInFormat, placeAt } from './item-context.ts';
import { keyCandidates } from './keys.ts';
import { sourcesOfMetric } from './names.ts';
import { putInto, type Slot } from './scalar-edit.ts';
import { valueStretch } from './values.ts';

export type { CompletionOptions } from './item-context.ts';

const NOTHING: CompletionList = { items: [], isIncomplete: false };

/** What can be written at an offset of a metrics file. Each item, accepted, leaves the file as readable as it was. */
export function complete(
  context: IdeContext,
  { file, tree }: IdeFile,
  offset: number,
  options: CompletionOptions = {},
): CompletionList {
  const text = withOpenSections(file);
  return completeText({ context, kind: 'metrics', text, options }, tree, offset);
}

/** In the unit of a document's top level, the braces that stand for definitions in other units: here they are open maps. */
function withOpenSections({ path, text }: MetricsFile): string {
  return path.endsWith('\u0000') ? text.replaceAll(/^(\w+:) \{\}/gm, '$1   ') : text;
}

/** What can be written at an offset of `plumbline.yaml`. */
export function completeSettings(
  context: IdeContext,
  text: string,
  offset: number,
  options: CompletionOptions = {},
): CompletionList {
  return completeText({ context, kind: 'project', text, options }, parseYaml(text), offset);
}

function completeText(completing: Completing, tree: YamlTree, offset: number): CompletionList {
  const { text, options } = completing;
  const cursor = cursorAt(text, offset, tree, options.below);
  if (cursor === undefined || !isWanted(completing, cursor, offset, options.typed)) return NOTHING;
  const items = itemsAt(completing, cursor, offset);
  items.sort((one, other) => (one.sortText < other.sortText ? -1 : one.sortText > other.sortText ? 1 : 0));
  return { items, isIncomplete: false };
}

function itemsAt(completing: Completing, cursor: Cursor, offset: number): CompletionItem[] {
  if (cursor.on === 'comment') {
    const found = commentCandidates(completing, cursor.span, offset);
    return (found?.candidates ?? []).map((candidate, index) =>
      itemOf(candidate, index, found?.span ?? cursor.span, insertOf(candidate), ''),
    );
  }
  if (cursor.on === 'value') return valueItems(completing, cursor);
  const { root, path, scalar } = cursor;
  const values =
    scalar === undefined ? [] : valueItems(completing, { on: 'value', root, path, slot: scalar });
  return [...values, ...keyItems(completing, cursor)];
}

function keyItems(completing: Completing, cursor: KeyCursor): CompletionItem[] {
  const { span, before, after } = cursor;
  // Behind indentation that is replaced too, the word begins later than the span.
  const skipped = /^[ \t]*/.exec(completing.text.slice(span.start, span.end))?.[0] ?? '';
  return keyCandidates(completing, cursor).map((candidate, index) => {
    const insert = [before, ...insertOf(candidate), after].filter((piece) => piece !== '');
    return itemOf(candidate, index, span, insert, skipped);
  });
}

function valueItems(completing: Completing, cursor: ValueCursor): CompletionItem[] {
  const stretch = valueStretch(completing, cursor);
  if (stretch === undefined) return [];
  const { slot } = cursor;
  const reading = readingAt(completing, cursor);
  return stretch.candidates.flatMap((candidate, index) => {
    const insert = insertOf(candidate);
    const edit = stretch.inList
      ? listEdit(slot, insert)
      : candidate.isYaml
        ? { span: slot.span, insert: [slot.before, ...insert, slot.after].filter((piece) => piece !== '') }
        : putInto(slot, stretch.from, stretch.to, insert, reading);
    if (edit === undefined) return [];
    const start =
      slot.style === 'missing' ? slot.offsetAt(0) : slot.offsetAt(stretch.inList ? 0 : stretch.from);
    const skipped = completing.text.slice(edit.span.start, Math.max(edit.span.start, start));
    return [itemOf(candidate, index, edit.span, edit.insert, skipped)];
  });
}

/** A list of one item in place of a scalar, or where there is nothing yet. */
function listEdit(slot: Slot, insert: Insert): { readonly span: Span; readonly insert: Insert } | undefined {
  const inner = putInto(
    { ...slot, style: 'missing', flow: true, before: '', after: '' },
    0,
    0,
    insert,
    'text',
  );
  if (inner === undefined || /[\r\n]/.test(slot.file.slice(slot.span.start, slot.span.end))) return undefined;
  const whole = [slot.before, '[', ...inner.insert, ']', slot.after].filter((piece) => piece !== '');
  return { span: slot.span, insert: whole };
}

/** Names and texts are texts, even where they look like numbers; periods and values may be numbers. */
function readingAt({ kind }: Completing, { root, path }: ValueCursor): 'text' | 'any' {
  const { applied, schemas } = placeAt(kind, root, path);
  const types = applied.flatMap(({ schema }) => schema.type ?? []);
  const isListed = applied.some(({ schema }) => schema.enum !== undefined);
  return schemas.includes('cell') ||
    isListed ||
    types.some((type) => type !== 'string' && type !== 'object' && type !== 'array')
    ? 'any'
    : 'text';
}

function insertOf({ insert, label }: Candidate): Insert {
  return insert ?? [label];
}

function itemOf(
  candidate: Candidate,
  index: number,
  span: Span,
  insert: Insert,
  skipped: string,
): CompletionItem {
  const { label, kind, detail, rank = 5, deprecated = false, data } = candidate;
  return {
    label,
    kind,
    detail,
    edit: { span, text: plainOf(insert) },
    snippet: snippetOf(insert),
    sortText: `${rank}${String(index).padStart(4, '0')}`,
    filterText: skipped + label,
    deprecated,
    data,
  };
}

/**
 * A blank that was typed asks for completion only where a value, a key in brackets or an operand begins: behind a finished
 * word the list would take the line break that is typed next.
 */
function isWanted(
  completing: Completing,
  cursor: Cursor,
  offset: number,
  typed: string | undefined,
): boolean {
  if (typed !== ' ') return true;
  if (cursor.on === 'comment')
    return /plumbline-ignore $/.test(completing.text.slice(cursor.span.start, offset));
  if (cursor.on === 'key') return /[-{,] $/.test(completing.text.slice(0, offset));
  const { slot } = cursor;
  if (slot.style === 'missing') return true;
  return (
    isExpression(placeOf(completing, cursor)) &&
    expressionState(slot.text, slot.at)?.expected.kind === 'operand'
  );
}

function placeOf({ kind }: Completing, { root, path }: ValueCursor): PlaceInFormat {
  return placeAt(kind, root, path);
}

function isExpression({ schemas }: PlaceInFormat): boolean {
  return ['expression', 'expressions', 'conditions', 'segment_by'].some((name) => schemas.includes(name));
}

/** What has to be known of the data before the values at an offset can be offered: the column or the segment there. */
export function completionNeeds(context: IdeContext, { file, tree }: IdeFile, offset: number): Need[] {
  const cursor = cursorAt(file.text, offset, tree);
  if (cursor?.on !== 'value') return [];
  const place = placeAt('metrics', cursor.root, cursor.path);
  const { slot } = cursor;
  if (isExpression(place)) {
    const wanted = columnWanted(context, place, slot);
    return wanted === undefined ? [] : [{ kind: 'column', ...wanted }];
  }
  if (place.schemas.includes('cell')) {
    const [source] = homeAt(context, place).sources;
    return source === undefined ? [] : [{ kind: 'column', source, column: place.key }];
  }
  if (place.schemas.includes('period') || place.schemas.includes('date')) return timeNeeds(context, place);
  const dot = slot.text.indexOf('.');
  if (!place.schemas.includes('group_name') || dot < 0 || slot.at <= dot) return [];
  const name = slot.text.slice(0, dot);
  return context.checked.project.segments.has(name) ? [{ kind: 'segment', name }] : [];
}

/** Up to when there are data, where the project does not say: of the sources of the metric that a place is about. */
function timeNeeds(context: IdeContext, place: PlaceInFormat): Need[] {
  const { project } = context.checked;
  if (project.settings.asOf !== undefined) return [];
  const [section, name] = place.path;
  const metric = section === 'targets' ? project.targets.get(String(name))?.metric?.text : undefined;
  const sources = metric === undefined ? homeAt(context, place).sources : sourcesOfMetric(context, metric);
  return sources.filter((each) => project.sources.has(each)).map((each) => ({ kind: 'source', name: each }));
}

/** The folder whose files are wanted at an offset, where a path of data is written there; inside the project's folder only. */
export function completionFolder(
  context: IdeContext,
  { file, tree }: IdeFile,
  offset: number,
): string | undefined {
  const cursor = cursorAt(file.text, offset, tree);
  if (cursor?.on !== 'value') return undefined;
  const { schemas, key, owners } = placeAt('metrics', cursor.root, cursor.path);
  if (!schemas.includes('data') && !(key === 'file' && owners.includes('data_file'))) return undefined;
  return dataFolder(context.checked.project.folder, file.path, cursor.slot);
}
