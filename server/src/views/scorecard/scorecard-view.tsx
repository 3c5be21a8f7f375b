import type { ComponentChildren } from 'preact';
import type { Scorecard } from '../../core/preview/preview.ts';
import { useRemembered, type ViewHost } from '../host.ts';
import { Unavailable } from '../parts/about.tsx';
import { Link } from '../parts/link.tsx';
import { Empty } from '../parts/notice.tsx';
import { counted } from '../parts/numbers.ts';
import { Section } from '../parts/section.tsx';
import { Select } from '../parts/select.tsx';
import { Status } from '../parts/status.tsx';
import {
  filteredRows,
  GROUPINGS,
  type Grouping,
  groupedRows,
  ORDERS,
  orderedRows,
  statusCounts,
} from './rows.ts';
import { ScorecardTable } from './scorecard-table.tsx';

/** Where all metrics of a project or a file stand. */
export function ScorecardView<At>({
  preview,
  host,
}: {
  readonly preview: Scorecard<At>;
  readonly host: ViewHost<At>;
}) {
  const { project, file, asOf, metrics, journeys, unavailable } = preview;
  return (
    <>
      <header class="heading">
        <p class="kind">Scorecard</p>
        <h1>{file ?? project ?? 'Project'}</h1>
        <p class="name">
          <span>{counted(metrics.length, 'metric')}</span>
          {asOf === null ? null : <span class="quiet">as of {asOf}</span>}
          {file === null ? null : (
            <Link to={host.toSubject({ kind: 'scorecard' })}>
              {project === null ? 'the whole project' : `all of ${project}`}
            </Link>
          )}
        </p>
      </header>
      <Unavailable reason={unavailable} host={host} />
      {metrics.length === 0 ? (
        <Empty>There are no metrics here yet.</Empty>
      ) : (
        <Metrics preview={preview} host={host} />
      )}
      {journeys.length === 0 ? null : (
        <Section id="journeys" title="Journeys">
          <ul class="names">
            {journeys.map(({ name, label, at }) => (
              <li key={name}>
                <Link to={host.toSubject({ kind: 'journey', name }) ?? host.toPlace(at)}>{label}</Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Metrics<At>({ preview, host }: { readonly preview: Scorecard<At>; readonly host: ViewHost<At> }) {
  const [grouping, setGrouping] = useRemembered('grouping', 'nothing');
  const [filter, setFilter] = useRemembered('filter', '');
  const [ordering, setOrdering] = useRemembered('order', 'status');
  const by = GROUPINGS.find((each) => each === grouping) ?? 'nothing';
  const order = ORDERS.find((each) => ordering.startsWith(each)) ?? 'status';
  const isReversed = ordering.endsWith('-reversed');
  const shown = filteredRows(preview.metrics, filter);
  const groups = groupedRows(orderedRows(shown, order, isReversed), by);
  return (
    <>
      <Counts preview={preview} />
      <Filters filter={filter} onFilter={setFilter} by={by} onGroup={setGrouping}>
        {filter === '' ? '' : `${shown.length} of ${counted(preview.metrics.length, 'metric')}`}
      </Filters>
      {groups.map(({ label, rows }, index) => {
        const table = (
          <ScorecardTable
            name={label ?? 'Metrics'}
            rows={rows}
            host={host}
            order={order}
            isReversed={isReversed}
            onOrder={(next) => setOrdering(next === order && !isReversed ? `${next}-reversed` : next)}
          />
        );
        return label === null ? (
          <div key="all">{table}</div>
        ) : (
          <Section key={label} id={`group-${index}`} title={label}>
            {table}
          </Section>
        );
      })}
    </>
  );
}

function Counts<At>({ preview: { metrics } }: { readonly preview: Scorecard<At> }) {
  const counts = statusCounts(metrics);
  if (counts.length === 0) return null;
  return (
    <ul class="counts" aria-label="Targets by status">
      {counts.map(({ status, count }) => (
        <li key={status}>
          <strong>{count}</strong> <Status status={status} />
        </li>
      ))}
    </ul>
  );
}

function Filters({
  filter,
  onFilter,
  by,
  onGroup,
  children,
}: {
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly by: Grouping;
  readonly onGroup: (by: string) => void;
  /** What came of it. */
  readonly children: ComponentChildren;
}) {
  return (
    <search class="tools" aria-label="Metrics">
      <label class="select">
        <span>Filter</span>
        <input
          type="text"
          value={filter}
          placeholder="name, owner, tag, status"
          onInput={(event) => onFilter(event.currentTarget.value)}
        />
      </label>
      <Select
        label="Group by"
        value={by}
        options={GROUPINGS.map((each) => ({ value: each, label: each }))}
        onChange={onGroup}
      />
      <span class="quiet" role="status">
        {children}
      </span>
    </search>
  );
}
