import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { PrintedContext, useRemembered } from '../host.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Icon } from '../parts/icon.tsx';
import type { Table } from '../parts/table.ts';

/** A drawing, and the same numbers as a table in its place when it is asked for. */
export function Figure({
  id,
  table,
  tools,
  children,
}: {
  /** Unique in the view. */
  readonly id: string;
  readonly table: Table;
  readonly tools?: ComponentChildren;
  /** The drawing: an element with the role of an image, whose name says what it shows. */
  readonly children: ComponentChildren;
}) {
  const [shown, setShown] = useRemembered(`table:${id}`, '');
  const isTable = shown === 'yes';
  if (useContext(PrintedContext)) return <PrintedFigure table={table}>{children}</PrintedFigure>;
  return (
    <figure class="figure">
      <div class="drawing" hidden={isTable}>
        {children}
      </div>
      <div hidden={!isTable}>
        <DataTable table={table} tall />
      </div>
      <div class="figure-tools">
        <button
          type="button"
          class="quiet-button"
          aria-pressed={isTable}
          aria-label={`Show as table: ${table.title}`}
          onClick={() => setShown(isTable ? '' : 'yes')}
        >
          <Icon name="table" />
          Show as table
        </button>
        {tools}
      </div>
    </figure>
  );
}

/** The table unfolds below the drawing, which takes no script. */
function PrintedFigure({ table, children }: { readonly table: Table; readonly children: ComponentChildren }) {
  return (
    <figure class="figure">
      <div class="drawing">{children}</div>
      <details class="figure-table">
        <summary>
          Show as table<span class="visually-hidden">: {table.title}</span>
        </summary>
        <DataTable table={table} caption="quiet" tall />
      </details>
    </figure>
  );
}
