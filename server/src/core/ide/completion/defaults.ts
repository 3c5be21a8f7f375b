import { formatDay, formatPeriod, periodAt } from '../../base/period.ts';
import { printName } from '../../syntax/expression/print.ts';
import { columnsBehind, homeAt } from './home.ts';
import type { PlaceInFormat } from './item-context.ts';
import type { Writing } from './skeleton.ts';
import { lastDay } from './times.ts';

/** What stands in the hole of a new scalar until the user writes something: fitting where the project has something. */
export function defaultAt({ context }: Writing, place: PlaceInFormat): string {
  const { schemas, key, applied } = place;
  const listed = applied.find(({ schema }) => schema.enum !== undefined)?.schema.enum?.[0];
  if (listed !== undefined) return String(listed);
  const day = lastDay(context) ?? DAY;
  for (const schema of schemas) {
    const fixed = FIXED[schema];
    if (fixed !== undefined) return fixed;
    if (schema === 'date') return formatDay(day);
    if (schema === 'period') return formatPeriod(periodAt(key === 'due' ? 'quarter' : 'month', day));
  }
  const has = (name: string): boolean => schemas.includes(name);
  if (has('data')) return 'data/file.csv';
  if (has('name') || has('metric_or_name') || has('segment_use')) return firstName(context, key);
  if (has('column') || has('columns') || has('link_columns')) return columnAt(context, place, key);
  if (has('expression') || has('expressions') || has('conditions') || has('segment_by')) {
    return expressionAt(context, place, key);
  }
  if (key === 'file') return 'data/file.csv';
  if (key === 'p') return '0.9';
  if (key === 'version') return '2';
  const types = applied.flatMap(({ schema }) => schema.type ?? []);
  return types.includes('number') || types.includes('integer') ? '1' : 'text';
}

/** 2025-01-01, where nothing in the project tells a day. */
const DAY = 20_089;

const FIXED: Readonly<Record<string, string>> = {
  duration: '3 months',
  time_limit: '14 days',
  window: '28 days',
  expected: '0',
  number: '1',
  positive_number: '1',
  timezone: 'UTC',
  currency: 'EUR',
  text: 'text',
  cell: '1',
};

function firstName(context: Writing['context'], key: string): string {
  const { sources, segments, metrics } = context.checked.project;
  const names = SOURCE_KEYS.has(key) ? sources : SEGMENT_KEYS.has(key) ? segments : metrics;
  const fallback = SOURCE_KEYS.has(key)
    ? 'source_name'
    : SEGMENT_KEYS.has(key)
      ? 'segment_name'
      : 'metric_name';
  return [...names.keys()][0] ?? fallback;
}

/** Keys whose values name sources, and those whose values name segments; other names are metrics. */
export const SOURCE_KEYS: ReadonlySet<string> = new Set(['source', 'of', 'to']);
export const SEGMENT_KEYS: ReadonlySet<string> = new Set(['segment', 'segments', 'total_over']);

function columnAt(context: Writing['context'], place: PlaceInFormat, key: string): string {
  const { columns } = columnsBehind(context, homeAt(context, place).sources, []);
  const times = columns.filter(({ type }) => type === 'date' || type === 'timestamp');
  if (key === 'start' || key === 'by') return times[0]?.name ?? 'column_name';
  if (key === 'end') return (times[1] ?? times[0])?.name ?? 'column_name';
  const ids = columns.filter(({ name }) => /_id$|^id$/.test(name));
  return (ids[1] ?? ids[0] ?? columns[0])?.name ?? 'column_name';
}

function expressionAt(context: Writing['context'], place: PlaceInFormat, key: string): string {
  const { metrics } = context.checked.project;
  if (key === 'formula') return [...metrics.keys()][0] ?? 'metric_name';
  const { columns } = columnsBehind(context, homeAt(context, place).sources, []);
  const ofType = (...types: readonly string[]) => columns.find(({ type }) => types.includes(type))?.name;
  const name =
    key === 'value' || key === 'duration'
      ? ofType('number', 'integer')
      : place.owners.includes('segment') && key === 'by'
        ? ofType('text')
        : undefined;
  const isCondition = place.owners.includes('groups') || ['where', 'matching', 'ended'].includes(key);
  if (name === undefined) return isCondition ? 'true' : 'column_name';
  return printName(name);
}
