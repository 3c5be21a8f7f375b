import type { RowsDocument } from '../../core/preview/metric-documents.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Empty, Pending } from '../parts/notice.tsx';
import { Section } from '../parts/section.tsx';
import { rowsTables } from './rows.ts';

/** The first rows that count, and the first that do not with the reason. */
export function RowsSection({ rows }: { readonly rows: readonly RowsDocument[] | undefined }) {
  return (
    <Section id="rows" title="The first rows">
      {rows === undefined ? <Pending lines={4} /> : rows.length === 0 ? <Empty>There are none.</Empty> : null}
      {rows?.map((part, index) => {
        const [counting, others] = rowsTables(part, rows.length > 1);
        return (
          <div key={index} class="stack">
            <h3>{counting.title}</h3>
            {counting.rows.length === 0 ? (
              <Empty>None.</Empty>
            ) : (
              <DataTable table={counting} caption="quiet" tall />
            )}
            <h3>{others.title}</h3>
            {others.rows.length === 0 ? (
              <Empty>None.</Empty>
            ) : (
              <DataTable table={others} caption="quiet" tall />
            )}
          </div>
        );
      })}
    </Section>
  );
}
