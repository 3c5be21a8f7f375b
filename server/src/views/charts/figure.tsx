import type { ComponentChildren } from 'preact';
import { useRemembered } from '../host.ts';
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
