import type { Checked } from '../check/checked.ts';
import type { ExpressionWord, Source } from '../model/project.ts';
import { Frame } from './frame.ts';
import { Refusal } from './refusal.ts';
import type { Input, Named, PlanScalar, RelationColumn, Select } from './relation.ts';
import { cast, isNull, literal, nameOf, test, when } from './scalars.ts';
import { ROW_NUMBER, type Storage } from './storage.ts';

/** The column of a stack that holds the name of the member. */
const SOURCE_NAME = 'source_name';

/**
 * The rows that sources have by their definitions, over those that are stored: members of a `union` stacked, rows that fail
 * the source's `where` left out, and of rows with one key the one that `one_per` keeps. Everything else reads sources through this.
 *
 * @param whole a source whose `one_per` is passed over, so that what it leaves out can be counted.
 */
export function sourceRows(checked: Checked, stored: Storage, whole?: string): Storage {
  const making = new Set<string>();
  const made = new Map<string, Select>();
  const storage: Storage = {
    holds: stored.holds,
    columns: (name) => (isStack(checked, stored, name) ? stackColumns(checked, name) : stored.columns(name)),
    column(name, column) {
      if (!isStack(checked, stored, name)) return stored.column(name, column);
      return stackColumns(checked, name).includes(column) ? column : undefined;
    },
    input(name, as) {
      const source = checked.project.sources.get(name);
      if (source === undefined || !isDerived(checked, stored, source)) return stored.input(name, as);
      let select = made.get(name);
      if (select === undefined) {
        if (making.has(name)) throw new Refusal(`The rows of ${name} are made from themselves.`);
        making.add(name);
        select = rowsOf(checked, stored, storage, name === whole ? withoutPick(source) : source);
        making.delete(name);
        made.set(name, select);
      }
      return { kind: 'select', select, as };
    },
  };
  return storage;
}

/** Whether a source is a stack whose rows are not written out themselves, as an example may do. */
function isStack({ project }: Checked, stored: Storage, name: string): boolean {
  return project.sources.get(name)?.union !== undefined && !stored.holds(name);
}

function isDerived(checked: Checked, stored: Storage, source: Source): boolean {
  // Read from the text: a form that could not be read must not pass as if nothing were there.
  if (source.onePer === undefined && source.node?.get('one_per') !== undefined) {
    throw new Refusal(`The \`one_per\` of ${source.name} has an error.`);
  }
  return source.where.length > 0 || source.onePer !== undefined || isStack(checked, stored, source.name);
}

function stackColumns({ columns }: Checked, name: string): readonly string[] {
  const infos = [...(columns.get(name)?.columns.values() ?? [])];
  return infos.filter(({ origin }) => origin === 'file').map((info) => info.name);
}

function withoutPick({ onePer: _, ...rest }: Source): Source {
  return { ...rest, onePer: undefined };
}

/** A select with the columns and row numbers of the source's rows. */
function rowsOf(checked: Checked, stored: Storage, storage: Storage, source: Source): Select {
  const { name, where, onePer } = source;
  const raw: Input = isStack(checked, stored, name)
    ? stackOf(checked, storage, source)
    : stored.input(name, name);
  // The source's own rows as they are, and those of others, to which links lead, as they are made.
  const own: Storage = { ...storage, input: (other, as) => (as === name ? raw : storage.input(other, as)) };
  const frame = new Frame(checked, own, name);
  const kept = where.map((word) => frame.lower(resolved(checked, word, name)));
  const pick = onePer === undefined ? {} : { pick: pickOf(checked, frame, source, onePer) };
  return {
    from: frame.from,
    joins: frame.joins,
    where: kept,
    keys: [
      ...storage
        .columns(name)
        .map((column) => ({ name: column, value: storedColumn(checked, storage, name, column) })),
      { name: ROW_NUMBER, value: frame.rowNumber },
    ],
    aggregates: [],
    ...pick,
  };
}

function storedColumn({ columns }: Checked, storage: Storage, source: string, column: string): PlanScalar {
  const infos = [...(columns.get(source)?.columns.values() ?? [])];
  const type = infos.find(({ name }) => storage.column(source, name) === column)?.type ?? 'unknown';
  return nameOf<RelationColumn>({ relation: source, column }, type);
}

/** Section 2: one row of each key. Rows without a key are no repetition of each other and all stay; of equals the later row counts as last. */
function pickOf(
  checked: Checked,
  frame: Frame,
  { name }: Source,
  { key, keep, by }: NonNullable<Source['onePer']>,
): NonNullable<Select['pick']> {
  const columns = key.items.map(({ text }) => frame.lower(path(checked, text, name)));
  const descending = keep.text === 'last';
  const alone = when(
    columns.map(isNull).reduce((a, b) => test('or', a, b)),
    frame.rowNumber,
  );
  return {
    of: [...columns, alone],
    order: [
      { value: frame.lower(path(checked, by.text, name)), descending },
      { value: frame.rowNumber, descending },
    ],
  };
}

/** The members one below the other. A column that an entry lacks is null, and so is the row number's member to be told by `source_name`. */
function stackOf(checked: Checked, storage: Storage, { name, union, key }: Source): Input {
  const columns = checked.columns.get(name)?.columns;
  const members = union?.items ?? [];
  const selects = members.map((member, index): Select => {
    const source = member.source.text;
    const frame = new Frame(checked, storage, source);
    const keys = stackColumns(checked, name).map((column): Named<PlanScalar> => {
      const type = columns?.get(column)?.type ?? 'unknown';
      const word = member.columns.get(column);
      if (column === SOURCE_NAME && word === undefined) return { name: column, value: literal(source) };
      const value =
        word === undefined ? literal<RelationColumn>(null) : frame.lower(resolved(checked, word, source));
      return { name: column, value: type === 'unknown' ? value : cast(value, type) };
    });
    return {
      from: frame.from,
      joins: frame.joins,
      where: [],
      keys: [...keys, { name: ROW_NUMBER, value: rowInStack(frame.rowNumber, index, members.length) }],
      aggregates: [],
    };
  });
  const stack: Input = { kind: 'stack', selects, as: name };
  return key === undefined
    ? stack
    : { kind: 'select', select: withoutDuplicates(checked, stack, name), as: name };
}

/** Exact duplicates are set aside where a key is declared, as they are while a file is loaded. */
function withoutDuplicates(checked: Checked, from: Input, name: string): Select {
  const columns = stackColumns(checked, name).map((column) => ({
    name: column,
    value: nameOf<RelationColumn>(
      { relation: name, column },
      checked.columns.get(name)?.columns.get(column)?.type ?? 'unknown',
    ),
  }));
  const row = nameOf<RelationColumn>({ relation: name, column: ROW_NUMBER }, 'integer');
  return {
    from,
    joins: [],
    where: [],
    keys: [...columns, { name: ROW_NUMBER, value: row }],
    aggregates: [],
    pick: { of: columns.map(({ value }) => value), order: [{ value: row, descending: false }] },
  };
}

/** A number of its own for each row of a stack. */
function rowInStack(row: PlanScalar, index: number, members: number): PlanScalar {
  const scaled: PlanScalar = { kind: 'call', type: 'integer', fn: '*', args: [row, literal(members)] };
  return { kind: 'call', type: 'integer', fn: '+', args: [scaled, literal(index)] };
}

function resolved(checked: Checked, word: ExpressionWord, source: string): Parameters<Frame['lower']>[0] {
  const scalar = checked.resolve(word, source);
  if (scalar === undefined) throw new Refusal(`An expression of ${source} has an error.`);
  return scalar;
}

function path(checked: Checked, text: string, source: string): Parameters<Frame['lower']>[0] {
  const scalar = checked.resolvePath(text, source);
  if (scalar === undefined) throw new Refusal(`The source ${source} has no column "${text}".`);
  return scalar;
}
