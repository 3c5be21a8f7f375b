import { useContext } from 'preact/hooks';
import type { MetricSql } from '../../core/evaluate/metric-sql.ts';
import { PrintedContext, type ViewHost } from '../host.ts';
import { Icon } from '../parts/icon.tsx';
import { Empty, Pending } from '../parts/notice.tsx';
import { Section } from '../parts/section.tsx';
import { CodeText } from '../parts/words.tsx';

/** The statements that compute a metric. */
export function SqlSection<At>({
  sql,
  host,
}: {
  readonly sql: readonly MetricSql[] | undefined;
  readonly host: ViewHost<At>;
}) {
  const isPrinted = useContext(PrintedContext);
  return (
    <Section id="sql" title="SQL">
      {sql === undefined ? <Pending lines={4} /> : sql.length === 0 ? <Empty>There is none.</Empty> : null}
      {isPrinted ? <PrintedStatements sql={sql ?? []} /> : null}
      {(isPrinted ? [] : sql)?.map(({ metric, source, sql: text }, index) => (
        <div key={index} class="statement">
          <div class="section-head">
            <h3>
              {metric} <span class="quiet">over {source}</span>
            </h3>
            <CopyButton label={`Copy the SQL of ${metric}`} text={text} host={host} />
          </div>
          <CodeText label={`SQL of ${metric} over ${source}`} text={text} />
        </div>
      ))}
    </Section>
  );
}

/** Folded, as few who read a report read its statements. */
function PrintedStatements({ sql }: { readonly sql: readonly MetricSql[] }) {
  return (
    <>
      {sql.map(({ metric, source, sql: text }, index) => (
        <details key={index} class="figure-table">
          <summary>
            Show the statement of {metric} over {source}
          </summary>
          <CodeText label={`SQL of ${metric} over ${source}`} text={text} />
        </details>
      ))}
    </>
  );
}

function CopyButton<At>({
  label,
  text,
  host: { copy },
}: {
  readonly label: string;
  readonly text: string;
  readonly host: ViewHost<At>;
}) {
  if (copy === undefined) return null;
  return (
    <button type="button" class="quiet-button" aria-label={label} onClick={() => copy(text)}>
      <Icon name="copy" />
      Copy
    </button>
  );
}
