import type { Dialect } from './dialects/dialect.ts';
import { Refusal } from './refusal.ts';
import type {
  Aggregate,
  Input,
  Join,
  Named,
  PlanScalar,
  RelationColumn,
  Select,
  WindowValue,
} from './relation.ts';
import { renderScalar, type ScalarContext } from './render-scalar.ts';

/** The column of an inner select that ranks its rows. */
const PLACE = '_place';

/**
 * Renders a plan to one SQL statement in a dialect, laid out to be read.
 *
 * @param notes whether comments say what each part comes from: for people, and nothing for an engine
 */
export function renderSelect(select: Select, dialect: Dialect, timezone: string, notes = false): string {
  const render = new Renderer(dialect, timezone, notes);
  return render.select(select, '');
}

/** A statement of more parts than this was multiplied by definitions that are put into one another, and could grow without end. */
const MAX_SELECTS = 2000;

class Renderer {
  #selects = 0;
  readonly #dialect: Dialect;
  readonly #notes: boolean;
  readonly #context: ScalarContext<RelationColumn>;

  constructor(dialect: Dialect, timezone: string, notes: boolean) {
    this.#dialect = dialect;
    this.#notes = notes;
    this.#context = {
      timezone,
      name: ({ relation, column }) => `${dialect.identifier(relation)}.${dialect.identifier(column)}`,
    };
  }

  select(select: Select, indent: string): string {
    this.#selects += 1;
    if (this.#selects > MAX_SELECTS)
      throw new Refusal('Its sources, put into one another, grow too large: stack or link fewer of them.');
    const { parts = [], ...rest } = select;
    const named = parts.map(
      ({ name, value, note }) =>
        `${this.#note(note, indent)}${this.#dialect.identifier(name)} AS (\n${indent}  ${this.select(value, `${indent}  `)}\n${indent})`,
    );
    const before = named.length === 0 ? '' : `WITH ${named.join(`,\n${indent}`)}\n${indent}`;
    return before + this.#one(rest, indent);
  }

  #one(select: Select, indent: string): string {
    return select.pick === undefined
      ? this.#plain(select, indent)
      : this.#picked(select, select.pick, indent);
  }

  /** The first rows are found by their rank in an inner select, as not every dialect can ask for it in place. */
  #picked(select: Select, pick: NonNullable<Select['pick']>, indent: string): string {
    const { pick: _, limit, order, ...rest } = select;
    const inner = this.#plain(rest, `${indent}  `, [this.#named(this.#rank(pick), PLACE)]);
    const columns = select.keys.map(({ name }) => this.#dialect.identifier(name));
    const lines = [
      `SELECT ${columns.join(', ')}`,
      `FROM (\n${indent}  ${inner}\n${indent}) AS ${this.#dialect.identifier('_picked')}`,
      `WHERE ${this.#dialect.identifier(PLACE)} = 1`,
      ...orderOf(select, columns.map((_column, index) => index + 1).join(', ')),
      ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
    ];
    return lines.join(`\n${indent}`);
  }

  #windowColumn({ name, value, note }: Named<WindowValue>, indent: string): string {
    const { fn, arg, within, order, descending, as } = value;
    const direction = descending === true ? ' DESC' : '';
    const list = (scalars: readonly PlanScalar[]): string =>
      scalars.map((each) => this.#scalar(each)).join(', ');
    const over = [
      ...(within.length === 0 ? [] : [`PARTITION BY ${list(within)}`]),
      ...(order.length === 0
        ? []
        : [`ORDER BY ${order.map((each) => this.#scalar(each) + direction).join(', ')}`]),
      ...(FRAMES[fn] === undefined ? [] : [FRAMES[fn]]),
    ];
    const sql = `${WINDOWS[fn]}(${this.#scalar(arg)}) OVER (${over.join(' ')})`;
    const typed = as === undefined ? sql : `CAST(${sql} AS ${this.#dialect.typeName(as)})`;
    return this.#note(note, indent) + this.#named(typed, name);
  }

  #rank({ of, order, ties }: NonNullable<Select['pick']>): string {
    const within = of.length === 0 ? '' : `PARTITION BY ${of.map((each) => this.#scalar(each)).join(', ')} `;
    const terms = order.map(
      ({ value, descending }) => `${this.#scalar(value)} ${descending ? 'DESC' : 'ASC'} NULLS LAST`,
    );
    return `${ties === true ? 'rank' : 'row_number'}() OVER (${within}ORDER BY ${terms.join(', ')})`;
  }

  #plain(select: Select, indent: string, more: readonly string[] = []): string {
    const within = `${indent}  `;
    const columns = [
      ...select.keys.map(
        ({ name, value, note }) => this.#note(note, within) + this.#named(this.#scalar(value), name),
      ),
      ...select.aggregates.map(
        ({ name, value, note }) => this.#note(note, within) + this.#named(this.#aggregate(value), name),
      ),
      ...(select.windows ?? []).map((window) => this.#windowColumn(window, within)),
      ...more,
    ];
    const positions = select.keys.map((_, index) => index + 1).join(', ');
    const grouped = select.aggregates.length > 0 && select.keys.length > 0;
    const lines = [
      `SELECT${this.#notes ? `\n${within}` : ' '}${columns.join(`,\n${within}`)}`,
      `FROM ${this.#input(select.from, indent)}`,
      ...select.joins.map((join) => this.#note(join.note, indent) + this.#join(join, indent)),
      ...(select.where.length > 0
        ? [`${this.#note(select.whereNote, indent)}WHERE ${this.#conditions(select.where, indent)}`]
        : []),
      ...(grouped ? [`GROUP BY ${positions}`] : []),
      ...orderOf(select, positions),
      ...(select.limit === undefined ? [] : [`LIMIT ${select.limit}`]),
      ...(select.offset === undefined ? [] : [`OFFSET ${select.offset}`]),
    ];
    return lines.join(`\n${indent}`);
  }

  /** A comment on a line of its own. Whatever is in it, it ends with that line. */
  #note(note: string | undefined, indent: string): string {
    if (!this.#notes || note === undefined) return '';
    return `-- ${note.replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, ' ').trim()}\n${indent}`;
  }

  #named(sql: string, name: string): string {
    return `${sql} AS ${this.#dialect.identifier(name)}`;
  }

  #scalar(scalar: PlanScalar): string {
    return renderScalar(scalar, this.#dialect, this.#context);
  }

  #conditions(conditions: readonly PlanScalar[], indent: string): string {
    return conditions.map((condition) => this.#scalar(condition)).join(`\n${indent}  AND `);
  }

  #aggregate({ fn, args, where, p }: Aggregate<RelationColumn>): string {
    return this.#dialect.aggregate({
      fn,
      args: args.map((arg) => ({ sql: this.#scalar(arg), type: arg.type })),
      where: where === undefined ? undefined : this.#scalar(where),
      p,
    });
  }

  #join({ kind, to, on }: Join, indent: string): string {
    return `${kind === 'left' ? 'LEFT JOIN' : 'INNER JOIN'} ${this.#input(to, indent)} ON ${this.#conditions(on, indent)}`;
  }

  #input(input: Input, indent: string): string {
    const as = this.#dialect.identifier(input.as);
    switch (input.kind) {
      case 'table': {
        const table = this.#dialect.identifier(input.table);
        return table === as ? table : `${table} AS ${as}`;
      }
      case 'select':
        return `(\n${indent}  ${this.select(input.select, `${indent}  `)}\n${indent}) AS ${as}`;
      case 'stack': {
        const selects = input.selects.map((select) => this.select(select, `${indent}  `));
        return `(\n${indent}  ${selects.join(`\n${indent}  UNION ALL\n${indent}  `)}\n${indent}) AS ${as}`;
      }
      case 'values':
        return this.#values(input, as);
    }
  }

  /** Rows written out, each value with its type, so that a column of nulls has its type too. */
  #values({ columns, rows }: Extract<Input, { kind: 'values' }>, as: string): string {
    const names = columns.map(({ name }) => this.#dialect.identifier(name));
    if (rows.length === 0) {
      const nulls = columns.map(({ type, name }) =>
        this.#named(this.#dialect.literal(type, null, this.#context), name),
      );
      return `(SELECT ${nulls.join(', ')} WHERE FALSE) AS ${as}`;
    }
    const written = rows.map((row) => {
      const cells = columns.map(({ type }, index) =>
        this.#dialect.literal(type, row[index] ?? null, this.#context),
      );
      return `(${cells.join(', ')})`;
    });
    return `(VALUES ${written.join(', ')}) AS ${as}(${names.join(', ')})`;
  }
}

const WINDOWS: Readonly<Record<WindowValue['fn'], string>> = {
  running_sum: 'sum',
  previous: 'lag',
  next: 'lead',
  min: 'min',
  max: 'max',
  least_before: 'min',
  greatest_before: 'max',
};

/** Which rows of the order take part, where not all do. */
const FRAMES: Readonly<Partial<Record<WindowValue['fn'], string>>> = {
  running_sum: 'ROWS UNBOUNDED PRECEDING',
  least_before: 'ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING',
  greatest_before: 'ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING',
};

/** `ORDER BY` by the positions of columns, which needs no name to be quoted. */
function orderOf({ keys, aggregates, order, limit }: Select, keyPositions: string): readonly string[] {
  if (order === undefined) return limit === undefined ? [] : [`ORDER BY ${keyPositions}`];
  const names = [...keys, ...aggregates].map(({ name }) => name);
  const terms = order.map(
    ({ by, descending }) => `${names.indexOf(by) + 1}${descending === true ? ' DESC' : ''}`,
  );
  return [`ORDER BY ${terms.join(', ')}`];
}
