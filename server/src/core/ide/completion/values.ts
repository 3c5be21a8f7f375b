import { allowedValues } from '../../schema/describe.ts';
import { knownValues, pathStretch, rowsText, type Stretch, typeOfColumn } from './columns.ts';
import type { ValueCursor } from './cursor.ts';
import { dataPathStretch } from './data-paths.ts';
import { SEGMENT_KEYS, SOURCE_KEYS } from './defaults.ts';
import { expressionStretch } from './expression.ts';
import { homeAt } from './home.ts';
import { type Candidate, plainOf } from './item.ts';
import { type Completing, type PlaceInFormat, placeAt, typesAt } from './item-context.ts';
import { ownerOf } from './keys.ts';
import { groupNames, metricNames, segmentNames, sourceNames, viaChains, wordsInUse } from './names.ts';
import { readerOptionCandidates } from './reader-options.ts';
import { braces } from './skeleton.ts';
import {
  currencyCandidates,
  dateCandidates,
  durationCandidates,
  periodCandidates,
  timezoneCandidates,
} from './times.ts';

/** What can stand at the cursor in a value, with the characters that it replaces in what the scalar says. */
export interface ValueStretch extends Stretch {
  /** Whether each stands in a list of its own that is still to be written. */
  readonly inList: boolean;
}

/** What can stand in a value. `undefined` for prose, and where the format knows nothing. */
export function valueStretch(completing: Completing, cursor: ValueCursor): ValueStretch | undefined {
  const place = placeAt(completing.kind, cursor.root, cursor.path);
  const types = typesAt(place);
  const maps =
    cursor.slot.style === 'missing' && cursor.slot.text === ''
      ? mapCandidates(completing, cursor, place)
      : [];
  const only = { from: 0, to: 0, candidates: maps, inList: false };
  if (types.length > 0 && types.every((type) => type === 'object')) return only;
  const isList = types.length > 0 && types.every((type) => type === 'array' || type === 'object');
  if (!isList) {
    const stretch = scalarStretch(completing, cursor, place);
    if (stretch === undefined) return only;
    return { ...stretch, candidates: [...stretch.candidates, ...maps], inList: false };
  }
  const item = placeAt(completing.kind, cursor.root, [...cursor.path, 0]);
  const stretch = scalarStretch(completing, cursor, item);
  return stretch === undefined ? undefined : { ...stretch, inList: true };
}

/** A map in braces where one may stand, with what it needs. */
function mapCandidates(
  { context, kind }: Completing,
  { path, slot }: ValueCursor,
  place: PlaceInFormat,
): readonly Candidate[] {
  if (!typesAt(place).includes('object')) return [];
  const { plain } = place;
  const writing = { context, kind, plain, column: 0, flow: true, lineBreak: '\n' };
  const insert = braces(writing, path);
  const label = plainOf(insert);
  // On a line of its own the keys of the map are offered one by one.
  return slot.before.trim() === '' && /\S/.test(lineBefore(slot))
    ? [{ label, kind: 'value', insert, isYaml: true, rank: 8 }]
    : [];
}

function lineBefore({ file, span }: ValueCursor['slot']): string {
  return file.slice(file.lastIndexOf('\n', span.start - 1) + 1, span.start);
}

function scalarStretch(
  completing: Completing,
  cursor: ValueCursor,
  place: PlaceInFormat,
): Stretch | undefined {
  const { context } = completing;
  const { slot } = cursor;
  const has = (...names: readonly string[]): boolean => names.some((name) => place.schemas.includes(name));
  if (has('data') || (place.key === 'file' && place.owners.includes('data_file'))) {
    return dataPathStretch(completing, slot);
  }
  if (has('expression', 'expressions', 'conditions', 'segment_by')) {
    return expressionStretch(context, place, slot);
  }
  if (place.key !== 'via' && has('column', 'columns', 'link_columns'))
    return pathStretch(context, place, slot);
  const whole = (candidates: readonly Candidate[]): Stretch => ({
    from: 0,
    to: slot.text.length,
    candidates,
  });
  if (has('group_name')) return whole(groupOrSegment(completing, cursor, place));
  const candidates = wholeCandidates(completing, cursor, place);
  return candidates === undefined ? undefined : whole(candidates);
}

/** Candidates that stand for the whole of a scalar. */
function wholeCandidates(
  { context, kind }: Completing,
  { root, path }: ValueCursor,
  place: PlaceInFormat,
): readonly Candidate[] | undefined {
  const { key, schemas } = place;
  const has = (name: string): boolean => schemas.includes(name);
  if (key === 'via') return viaChains(context, place);
  if (place.owners.includes('data_file') || has('date_format')) {
    const options = readerOptionCandidates(context, place);
    if (options !== undefined) return options;
  }
  if (has('name')) {
    if (SOURCE_KEYS.has(key)) return sourceNames(context);
    return SEGMENT_KEYS.has(key) ? segmentNames(context, place) : metricNames(context, place);
  }
  if (has('metric_or_name')) return metricNames(context, place);
  if (has('segment_use')) return segmentNames(context, place);
  if (has('period')) return periodCandidates(context, place);
  if (has('date')) return dateCandidates(context);
  for (const schema of ['window', 'duration', 'time_limit'])
    if (has(schema)) return durationCandidates(schema);
  if (has('timezone')) return timezoneCandidates(context);
  if (has('currency')) return currencyCandidates();
  if (has('cell')) return cellCandidates(context, place);
  if (key === 'owner') return wordsInUse(context, 'owner');
  if (key === 'tags') return wordsInUse(context, 'tags');
  if (key === 'unit') return [...UNITS, ...wordsInUse(context, 'unit')].filter(isFirst);
  // What the words of a list mean is said by the key; the types of metrics have pages of their own.
  const owner = ownerOf(placeAt(kind, root, path.slice(0, -1)).applied, key);
  return allowedValues(kind, root, path).map(({ value, title }) => ({
    label: String(value),
    kind: key === 'type' ? 'type' : 'value',
    detail: title,
    data: title === undefined ? { of: 'key', schema: kind, owner, key } : { of: 'type', name: String(value) },
  }));
}

const UNITS: readonly Candidate[] = ['percent', 'ratio', 'points', 'count', 'currency'].map((label) => ({
  label,
  kind: 'value',
  rank: 4,
}));

function isFirst({ label }: Candidate, index: number, all: readonly Candidate[]): boolean {
  return all.findIndex((each) => each.label === label) === index;
}

/** Segments where no dot is written yet, else the groups of the segment before it. A journey may be a whole segment's. */
function groupOrSegment(
  { context }: Completing,
  { slot }: ValueCursor,
  place: PlaceInFormat,
): readonly Candidate[] {
  const { segments } = context.checked.project;
  const dot = slot.text.indexOf('.');
  if (dot >= 0 && dot < slot.at) return groupNames(context, slot.text.slice(0, dot));
  const names = place.path[0] === 'journeys' ? segmentNames(context, place) : [];
  return [...names, ...[...segments.keys()].flatMap((name) => groupNames(context, name))];
}

/** Values of the column that a cell of an example stands in. */
function cellCandidates(context: Completing['context'], place: PlaceInFormat): readonly Candidate[] {
  const [source = ''] = homeAt(context, place).sources;
  if (typeOfColumn(context, source, place.key) === 'boolean')
    return ['true', 'false'].map((label) => ({ label, kind: 'value' }));
  return knownValues(context, source, place.key)
    .filter(({ value }) => !/[\r\n]/.test(value) && value !== '')
    .map(({ value, rows }) => ({ label: value, kind: 'text', detail: rowsText(rows) }));
}
