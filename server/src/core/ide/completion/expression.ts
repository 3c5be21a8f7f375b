import { formatDay } from '../../base/period.ts';
import { COLUMN_TYPES, type ValueType } from '../../base/value-type.ts';
import type { FunctionInfo } from '../../syntax/expression/functions.ts';
import { AGGREGATES, FUNCTIONS, signatureOf, unitsOf } from '../../syntax/expression/functions.ts';
import { parseExpression } from '../../syntax/expression/parse.ts';
import { printName, printText } from '../../syntax/expression/print.ts';
import type { IdeContext } from '../ide-context.ts';
import {
  columnCandidate,
  knownValues,
  linkCandidate,
  rowsText,
  type Stretch,
  typeOfColumn,
} from './columns.ts';
import { type ExpressionState, expressionState, type TextUse } from './expression-state.ts';
import { columnsBehind, type Home, homeAt } from './home.ts';
import { type Candidate, type Insert, mapInsert, plainOf } from './item.ts';
import type { PlaceInFormat } from './item-context.ts';
import { metricNames } from './names.ts';
import type { Slot } from './scalar-edit.ts';
import { dateCandidates } from './times.ts';

/** A column whose values are wanted at a place. */
export interface ColumnWanted {
  readonly source: string;
  readonly column: string;
}

/** What can stand at the cursor in an expression, with nothing that would break what stands around it. */
export function expressionStretch(
  context: IdeContext,
  place: PlaceInFormat,
  slot: Slot,
): Stretch | undefined {
  const state = expressionState(slot.text, slot.at);
  if (state === undefined) return undefined;
  const home = homeAt(context, place);
  const { from, to } = state;
  const candidates = candidatesAt(context, place, home, state);
  const known = issuesOf(slot.text);
  const fits = (candidate: Candidate): boolean => {
    const [before, behind] = [slot.text.slice(0, from), slot.text.slice(to)];
    const written = plainOf(candidate.insert ?? [candidate.label]);
    if (before.trim() === '' && behind.trim() === '' && written === 'null') return false;
    const text = before + written + behind;
    return issuesOf(text) <= known || issuesOf(`${before}${written} ${PROBE}${behind}`) <= known;
  };
  return { from, to, candidates: candidates.filter(fits) };
}

/** Stands for the operand that the user types next. */
const PROBE = 'x';

function issuesOf(text: string): number {
  return text.trim() === '' ? 0 : parseExpression(text).issues.length;
}

/** The column that the text at the cursor is compared with. */
export function columnWanted(
  context: IdeContext,
  place: PlaceInFormat,
  slot: Slot,
): ColumnWanted | undefined {
  const expected = expressionState(slot.text, slot.at)?.expected;
  if (expected?.kind === 'operand' && expected.compared !== undefined) {
    return columnOf(context, homeAt(context, place), expected.compared);
  }
  if (expected?.kind !== 'text' || expected.use.for !== 'column') return undefined;
  return columnOf(context, homeAt(context, place), expected.use.path);
}

function columnOf(context: IdeContext, home: Home, path: readonly string[]): ColumnWanted | undefined {
  const { home: source, columns } = columnsBehind(context, home.sources, path.slice(0, -1));
  const column = path.at(-1) ?? '';
  return columns.some(({ name }) => name === column) ? { source, column } : undefined;
}

function candidatesAt(
  context: IdeContext,
  place: PlaceInFormat,
  home: Home,
  state: ExpressionState,
): readonly Candidate[] {
  const { expected } = state;
  switch (expected.kind) {
    case 'text':
      return textCandidates(context, home, expected.use).map((candidate) =>
        inQuotes(candidate, expected.closed),
      );
    case 'member':
      return namesBehind(context, home, expected.chain);
    case 'operator':
      return operators(state);
    case 'after-is':
      return [keyword('null'), keyword('not null')];
    case 'after-not':
      return [inList(), keyword('between', [' ', { hole: '0' }, ' and ', { hole: '1' }]), like()];
    case 'after-in':
      return [keyword('(…)', undefined, ["('", { hole: '' }, "')"])];
    case 'type':
      return COLUMN_TYPES.map((type) => ({ label: type, kind: 'type' }));
    case 'operand':
      return [
        ...comparedValues(context, home, expected.compared),
        ...operands(context, place, home, state),
        ...(state.part === 'case' ? [keyword('when', [' ', { hole: 'true' }, ' then ', { hole: '1' }])] : []),
      ];
  }
}

/** A value between quotes that are there already, or whose second one is still to be written. */
function inQuotes(candidate: Candidate, closed: boolean): Candidate {
  const text = candidate.label.replaceAll("'", "''");
  return { ...candidate, insert: [closed ? text : `${text}'`] };
}

function textCandidates(context: IdeContext, home: Home, use: TextUse): Candidate[] {
  switch (use.for) {
    case 'column': {
      const wanted = columnOf(context, home, use.path);
      return wanted === undefined ? [] : valueCandidates(context, wanted);
    }
    case 'unit':
      return unitsOf(use.function === 'date_part' ? 'date_part' : 'date_trunc').map((unit) => ({
        label: unit,
        kind: 'value',
      }));
    case 'interval':
      return ['1 year', '1 quarter', '1 month'].map((label) => ({ label, kind: 'period' }));
    case 'date':
      return dateCandidates(context);
    case 'nothing':
      return [];
  }
}

/** The values of a text column, the most frequent first. Texts of several lines cannot be written on one. */
function valueCandidates(context: IdeContext, { source, column }: ColumnWanted): Candidate[] {
  return knownValues(context, source, column)
    .filter(({ value }) => value !== '' && !/[\r\n\0]/.test(value))
    .map(({ value, rows }) => ({ label: value, kind: 'text', detail: rowsText(rows), rank: 3 }));
}

/** Whole literals for the right side of a comparison with a column. */
function comparedValues(
  context: IdeContext,
  home: Home,
  path: readonly string[] | undefined,
): readonly Candidate[] {
  const wanted = path === undefined ? undefined : columnOf(context, home, path);
  if (wanted === undefined) return [];
  const type = typeOfColumn(context, wanted.source, wanted.column);
  if (type === 'text') {
    return valueCandidates(context, wanted).map((candidate) => {
      const written = printText(candidate.label);
      return { ...candidate, label: written, insert: [written] };
    });
  }
  if (type === 'date' || type === 'timestamp') {
    return dateCandidates(context).map((candidate) => {
      const written = `date '${candidate.label}'`;
      return { ...candidate, label: written, rank: 4 };
    });
  }
  return [];
}

function namesBehind(context: IdeContext, home: Home, chain: readonly string[]): Candidate[] {
  const { home: source, columns, links } = columnsBehind(context, home.sources, chain);
  return [
    ...columns.map((column) => asName(columnCandidate(column, source, false))),
    ...links.map((link) => asName(linkCandidate(link, 6))),
  ];
}

function asName(candidate: Candidate): Candidate {
  return { ...candidate, insert: [printName(candidate.label)] };
}

function operands(
  context: IdeContext,
  place: PlaceInFormat,
  home: Home,
  { insideAggregate, calls }: ExpressionState,
): Candidate[] {
  const { mode } = home;
  const metrics =
    mode === 'formula' && !insideAggregate
      ? [
          ...home.parts.map((label): Candidate => ({ label, kind: 'metric', detail: 'part', rank: 3 })),
          ...metricNames(context, place),
          keyword('previous', undefined, ['previous(', { hole: 'm' }, ')']),
        ]
      : [];
  const hasColumns = mode === 'row' || insideAggregate;
  const hasAggregates =
    !insideAggregate &&
    (mode === 'group' || mode === 'facts' || (mode === 'formula' && home.sources.length > 0));
  return [
    ...metrics,
    ...(calls[0] === 'count' ? [keyword('distinct', [' ', { hole: '' }])] : []),
    ...(hasColumns ? namesBehind(context, home, []) : []),
    ...(hasAggregates ? Object.values(AGGREGATES).map((info) => call(info, 4)) : []),
    ...(home.inMetric ? MOMENTS : []),
    ...Object.values(FUNCTIONS).map((info) => call(info, 8)),
    ...LITERALS,
  ];
}

const MOMENTS: readonly Candidate[] = ['period_start', 'period_end', 'event_time'].map((label) => ({
  label,
  kind: 'period',
  detail: 'timestamp',
  rank: 7,
}));

function call(info: FunctionInfo, rank: number): Candidate {
  const needed = info.parameters.filter(({ optional }) => optional !== true);
  const holes = needed.flatMap(({ name, type }, index): Insert => {
    const hole = type === 'unit' ? "'month'" : type === 'quoted' || type === 'pattern' ? "''" : name;
    return index === 0 ? [{ hole }] : [', ', { hole }];
  });
  return {
    label: info.name,
    kind: 'function',
    detail: signatureOf(info),
    insert: holes.length === 0 ? [`${info.name}()`] : [`${info.name}(`, ...holes, ')'],
    rank,
    data: { of: 'function', name: info.name },
  };
}

const LITERALS: readonly Candidate[] = [
  keyword('not', [' ', { hole: '' }]),
  keyword('true'),
  keyword('false'),
  keyword('null'),
  keyword('case', [' when ', { hole: 'true' }, ' then ', { hole: '1' }, ' else ', { hole: '0' }, ' end']),
  keyword('date', [" '", { hole: formatDay(20_089) }, "'"]),
  keyword('timestamp', [" '", { hole: `${formatDay(20_089)} 00:00:00` }, "'"]),
  keyword('cast', undefined, ['cast(', { hole: 'x' }, ' as ', { hole: 'number' satisfies ValueType }, ')']),
];

function operators({ part, calls, expected }: ExpressionState): Candidate[] {
  const words = [
    keyword('and'),
    keyword('or'),
    keyword('is null'),
    keyword('is not null'),
    inList(),
    keyword('not in', undefined, ["not in ('", { hole: '' }, "')"]),
    keyword('between', [' ', { hole: '0' }, ' and ', { hole: '1' }]),
    like(),
    ...['=', '<>', '<', '<=', '>', '>='].map((symbol) => keyword(symbol)),
  ];
  if (expected.kind === 'operator' && part !== undefined) {
    if (part === 'when') words.unshift(keyword('then', [' ', { hole: '1' }]));
    else
      words.unshift(
        keyword('when', [' ', { hole: 'true' }, ' then ', { hole: '1' }]),
        keyword('else', [' ', { hole: '0' }]),
        keyword('end'),
      );
  }
  if (calls[0] === 'cast') words.unshift(keyword('as', [' ', { hole: 'number' }]));
  return words;
}

function inList(): Candidate {
  return keyword('in', undefined, ["in ('", { hole: '' }, "')"]);
}

function like(): Candidate {
  return keyword('like', [" '", { hole: '%' }, "'"]);
}

function keyword(label: string, more?: Insert, insert?: Insert): Candidate {
  const whole = insert ?? [label, ...mapInsert(more ?? [], (text) => text)];
  return { label, kind: 'keyword', insert: whole, rank: 9 };
}
