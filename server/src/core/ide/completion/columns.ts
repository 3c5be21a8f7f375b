import type { ValueType } from '../../base/value-type.ts';
import type { ColumnInfo } from '../../check/checked.ts';
import type { ColumnProfile } from '../../evaluate/numbers.ts';
import type { Link } from '../../model/project.ts';
import type { IdeContext } from '../ide-context.ts';
import { columnsBehind, homeAt } from './home.ts';
import type { Candidate } from './item.ts';
import type { PlaceInFormat } from './item-context.ts';
import type { Slot } from './scalar-edit.ts';

/** Candidates for a stretch of what a scalar says. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly candidates: readonly Candidate[];
}

/** Columns and links for a word such as `time: account.signed_up_on`: the part of the path at the cursor. */
export function pathStretch(context: IdeContext, place: PlaceInFormat, { text, at }: Slot): Stretch {
  const home = homeAt(context, place);
  const from = text.lastIndexOf('.', at - 1) + 1;
  const dot = text.indexOf('.', at);
  const chain = from === 0 ? [] : text.slice(0, from - 1).split('.');
  const { home: source, columns, links } = columnsBehind(context, home.sources, chain);
  const { key, owners } = place;
  const linksFirst = key === 'once_per' || key === 'via';
  // What makes a link cannot lie behind one.
  const linkless = key === 'using' || owners.includes('link_columns') || key === 'of';
  const wantsTime = TIMES.has(key) || owners.includes('lifespan');
  return {
    from,
    to: dot < 0 ? text.length : dot,
    candidates: [
      ...(key === 'via' ? [] : columns.map((column) => columnCandidate(column, source, wantsTime))),
      ...(linkless ? [] : links.map((link) => linkCandidate(link, linksFirst ? 2 : 7))),
    ],
  };
}

const TIMES: ReadonlySet<string> = new Set(['time', 'joined']);

/** A column by its name as it is, for places that are no expressions. */
export function columnCandidate(column: ColumnInfo, source: string, wantsTime: boolean): Candidate {
  const isTime = column.type === 'date' || column.type === 'timestamp';
  return {
    label: column.name,
    kind: 'column',
    detail: column.type === 'unknown' ? undefined : column.type,
    rank: wantsTime && isTime ? 3 : 5,
    data: { of: 'column', source, name: column.name },
  };
}

/** A link by its name. Its columns follow behind a dot. */
export function linkCandidate(link: Link, rank: number): Candidate {
  return { label: link.name, kind: 'link', detail: link.to && `to ${link.to.text}`, rank };
}

/** What is known of the values of a column: those that its contract lists, then those of the data. */
export function knownValues(
  context: IdeContext,
  source: string,
  column: string,
): readonly { readonly value: string; readonly rows: number | undefined }[] {
  const info = context.checked.columns.get(source)?.columns.get(column);
  const profile: ColumnProfile | undefined = context.numbers?.column(source, column)?.value;
  const rows = new Map(profile?.top.map((entry) => [entry.value, entry.rows]));
  const declared = (info?.declared?.values ?? []).map(({ text }) => text);
  const values = [...new Set([...rows.keys(), ...declared])];
  return values.map((value) => ({ value, rows: rows.get(value) }));
}

/** The type of a column: as declared or computed, else as found in the data. */
export function typeOfColumn(context: IdeContext, source: string, column: string): ValueType {
  const type = context.checked.columns.get(source)?.columns.get(column)?.type ?? 'unknown';
  return type === 'unknown' ? (context.numbers?.column(source, column)?.value.type ?? type) : type;
}

/** The number of rows as it is shown beside a value. */
export function rowsText(rows: number | undefined): string | undefined {
  if (rows === undefined) return undefined;
  return rows === 1 ? '1 row' : `${rows.toLocaleString('en')} rows`;
}
