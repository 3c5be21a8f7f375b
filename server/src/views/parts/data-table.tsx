import { Scroll } from './scroll.tsx';
import type { Cell, Column, Table } from './table.ts';

/** A table that scrolls sideways where it is wider than its place, also by keyboard. The first cell of a row is its heading. */
export function DataTable({
  table: { title, columns, rows },
  caption = 'shown',
  tall = false,
}: {
  readonly table: Table;
  /** A caption that repeats the heading above is for screen readers only. */
  readonly caption?: 'shown' | 'quiet';
  /** Long tables scroll in their own place. */
  readonly tall?: boolean;
}) {
  return (
    <Scroll label={title} name={tall ? 'scroll tall' : 'scroll'}>
      <table>
        <caption class={caption === 'quiet' ? 'visually-hidden' : undefined}>{title}</caption>
        <thead>
          <tr>
            {columns.map((column, index) => (
              <th key={index} scope="col" class={classOf(column)}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, at) => (
                <CellView key={at} cell={cell} column={columns[at]} isHeading={at === 0} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** In characters: what is longer has more than one line. */
const LONG = 32;

function CellView({
  cell,
  column,
  isHeading,
}: {
  readonly cell: Cell;
  readonly column: Column | undefined;
  readonly isHeading: boolean;
}) {
  const content = cell.shown ?? cell.text;
  const name = [classOf(column), cell.text.length > LONG ? 'long' : undefined].filter(
    (each) => each !== undefined,
  );
  const own = name.join(' ') || undefined;
  return isHeading ? (
    <th scope="row" class={own}>
      {content}
    </th>
  ) : (
    <td class={own}>{content}</td>
  );
}

function classOf(column: Column | undefined): string | undefined {
  const names = [
    column?.numeric === true ? 'number' : '',
    column?.strong === true ? 'strong' : '',
    column?.drawn === true ? 'drawn' : '',
  ];
  return names.filter((name) => name !== '').join(' ') || undefined;
}
