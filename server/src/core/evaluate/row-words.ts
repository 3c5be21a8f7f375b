import type { Problem } from '../base/problem.ts';
import type { Checked } from '../check/checked.ts';
import type { Source, UnionMember } from '../model/project.ts';
import type { Storage } from '../plan/storage.ts';
import type { RunContext } from './run-demands.ts';

/** A row of the data by its number; of a stack, with the member that it comes from. */
interface Row {
  readonly number: number;
  readonly member: UnionMember | undefined;
}

/**
 * The rows of a source as a message lists them, `(Rows 3, 5, …)`; those of a stack by the members in whose data they stand,
 * `(Rows 3 of tickets, 5 of reviews, …)`. Empty where there are none to show.
 */
export function listedRows(rows: readonly Row[], count: number): string {
  if (rows.length === 0) return '';
  const shown = rows.map(({ number, member }) =>
    member === undefined ? String(number) : `${number} of ${member.source.text}`,
  );
  const more = count > rows.length ? ', …' : '';
  return `(${rows.length === 1 ? 'Row' : 'Rows'} ${shown.join(', ')}${more})`;
}

/** The entries of a stack from which rows come, as places to look at. */
export function membersOf({ file }: Source, rows: readonly Row[]): Pick<Problem, 'related'> {
  const members = new Set(rows.flatMap(({ member }) => member ?? []));
  if (members.size === 0) return {};
  return {
    related: [...members].map(({ source }) => ({
      file,
      span: source.node.span,
      message: `Rows of ${source.text} are stacked here.`,
    })),
  };
}

/** The same in what demands run in. */
export function behind(
  { checked, storage }: Pick<RunContext, 'checked' | 'storage'>,
  source: Source,
  numbers: readonly number[],
): readonly Row[] {
  return rowsBehind(checked, storage, source, numbers);
}

/** What the row numbers of a source, as statements give them, stand for. */
export function rowsBehind(
  { project }: Checked,
  { holds }: Pick<Storage, 'holds'>,
  source: Source,
  numbers: readonly number[],
): readonly Row[] {
  return numbers.map((number) => {
    let row: Row = { number, member: undefined };
    let members = holds(source.name) ? [] : (source.union?.items ?? []);
    // A member may be a stack itself; one that is stacked on itself has no rows.
    for (let depth = 0; members.length > 0 && depth < project.sources.size; depth++) {
      const member: UnionMember | undefined = members[row.number % members.length];
      row = { number: Math.floor(row.number / members.length), member };
      const name = member?.source.text ?? '';
      members = holds(name) ? [] : (project.sources.get(name)?.union?.items ?? []);
    }
    return row;
  });
}

/** Where a row stands, as plain data. */
export interface RowPlace {
  /** Its 1-based number in the data. */
  readonly row: number;
  /** Of a stack: the source in whose data it stands. */
  readonly member?: string;
}

/** The places of rows by the numbers that statements give. */
export function rowPlaces(
  context: Pick<RunContext, 'checked' | 'storage'>,
  source: string,
  numbers: readonly number[],
): readonly RowPlace[] {
  const definition = context.checked.project.sources.get(source);
  if (definition === undefined) return numbers.map((row) => ({ row }));
  return behind(context, definition, numbers).map(({ number, member }) =>
    member === undefined ? { row: number } : { row: number, member: member.source.text },
  );
}
