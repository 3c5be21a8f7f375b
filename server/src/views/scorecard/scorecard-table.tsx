import { formatValue } from '../../core/evaluate/format-value.ts';
import type { ScorecardRow } from '../../core/preview/preview.ts';
import type { ViewHost } from '../host.ts';
import { Change } from '../metric/headline.tsx';
import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { Empty } from '../parts/notice.tsx';
import { counted, formatOf, intervalText } from '../parts/numbers.ts';
import { Scroll } from '../parts/scroll.tsx';
import { Sparkline } from '../parts/sparkline.tsx';
import { Status } from '../parts/status.tsx';
import type { Order } from './rows.ts';

interface Ordering {
  readonly order: Order;
  readonly isReversed: boolean;
  readonly onOrder: (order: Order) => void;
}

/** Metrics in rows. Three of the headings order them. */
export function ScorecardTable<At>({
  name,
  rows,
  host,
  ...ordering
}: {
  /** What the table is called. */
  readonly name: string;
  readonly rows: readonly ScorecardRow<At>[];
  readonly host: ViewHost<At>;
} & Ordering) {
  if (rows.length === 0) return <Empty>No metric fits the filter.</Empty>;
  return (
    <Scroll label={name}>
      <table class="scorecard">
        <caption class="visually-hidden">{name}</caption>
        <thead>
          <tr>
            <OrderHeading of="metric" label="Metric" {...ordering} />
            <th scope="col" class="number">
              Value
            </th>
            <th scope="col" class="number">
              Change
            </th>
            <th scope="col">Trend</th>
            <OrderHeading of="status" label="Targets" {...ordering} />
            <OrderHeading of="owner" label="Owner" {...ordering} />
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <MetricRow key={row.name} row={row} host={host} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function OrderHeading({
  of,
  label,
  order,
  isReversed,
  onOrder,
}: { readonly of: Order; readonly label: string } & Ordering) {
  const isOrdered = of === order;
  return (
    <th scope="col" aria-sort={isOrdered ? (isReversed ? 'descending' : 'ascending') : 'none'}>
      <button type="button" class="order" onClick={() => onOrder(of)}>
        {label}
        {isOrdered ? <Icon name={isReversed ? 'down' : 'up'} /> : null}
      </button>
    </th>
  );
}

function MetricRow<At>({ row, host }: { readonly row: ScorecardRow<At>; readonly host: ViewHost<At> }) {
  const { name, label, status, headline, shape, trend, owner, at } = row;
  return (
    <tr>
      <th scope="row">
        <Link to={host.toSubject({ kind: 'metric', name }) ?? host.toPlace(at)}>{label}</Link>
        {status === 'active' ? null : <span class="chip">{status}</span>}
      </th>
      <td class="number">
        <Value row={row} />
        {headline?.change == null ? null : (
          <span class="narrow-only">
            <Change of={headline} shape={shape} />
          </span>
        )}
      </td>
      <td class="number">{headline === null ? '–' : <Change of={headline} shape={shape} />}</td>
      <td>
        <Sparkline values={trend} shape={shape} />
      </td>
      <td>
        <TargetStatuses row={row} host={host} />
      </td>
      <td>{owner ?? <span class="quiet">–</span>}</td>
    </tr>
  );
}

/** The headline of a metric in a few words, or why there is none. */
export function Value<At>({ row: { headline, shape, restsOn, error } }: { readonly row: ScorecardRow<At> }) {
  if (headline === null) return <span class="quiet error-text">{error ?? 'computing'}</span>;
  const interval = intervalText(headline, shape);
  const title = [
    `${headline.period}`,
    ...(interval === null ? [] : [`95 % interval ${interval}`]),
    counted(headline.n, restsOn.one, restsOn.many),
  ].join(', ');
  return (
    <span title={title}>
      <strong class="card-value">{formatValue(headline.value, formatOf(shape))}</strong>
      <span class="quiet period">
        {headline.period}
        {headline.small ? `, few ${restsOn.many}` : ''}
      </span>
    </span>
  );
}

/** How the targets of a metric stand. */
export function TargetStatuses<At>({
  row: { targets },
  host,
}: {
  readonly row: ScorecardRow<At>;
  readonly host: ViewHost<At>;
}) {
  if (targets.length === 0) return <span class="quiet">–</span>;
  return (
    <ul class="plain">
      {targets.map(({ name, label, status }) => (
        <li key={name}>
          <Status status={status} />{' '}
          <span class="target-label">
            <Link to={host.toSubject({ kind: 'target', name })}>{label}</Link>
          </span>
        </li>
      ))}
    </ul>
  );
}
