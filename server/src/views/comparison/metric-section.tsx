import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { isMoved } from '../../core/diff/compare-series.ts';
import type { ComparedHeadline, ComparedMetric, Sides } from '../../core/preview/comparison.ts';
import { LinesChart } from '../charts/lines-chart.tsx';
import { linesTable } from '../charts/lines-table.ts';
import { PrintedContext, useRemembered, type ViewHost } from '../host.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Link } from '../parts/link.tsx';
import { Notice } from '../parts/notice.tsx';
import { counted } from '../parts/numbers.ts';
import { DefinitionDiff } from './definition-diff.tsx';
import { DefinitionName, Lines, Part } from './definition-parts.tsx';
import { withMinus } from './minus.ts';
import { comparedLines, movedTable, movedTotals } from './values.ts';

interface MetricProps<At> {
  readonly metric: ComparedMetric<At>;
  readonly versions: Sides<string>;
  /** Unique in the view. */
  readonly id: string;
  readonly host: ViewHost<At>;
}

/** A metric among others. */
export function MetricSection<At>({
  isFolded,
  ...props
}: MetricProps<At> & {
  /** Whether its definition and trend are shown only when they are asked for. */
  readonly isFolded: boolean;
}) {
  const { id, metric } = props;
  return (
    <section id={id} class="compared" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{metric.label}</h2>
      <MetricName metric={metric} host={props.host} />
      <Words metric={metric} level={3} />
      <Foldable name={metric.name} label={metric.label} isFolded={isFolded}>
        <Details {...props} level={3} />
      </Foldable>
    </section>
  );
}

/** A metric that alone is shown, below the main heading. */
export function OnlyMetric<At>(props: MetricProps<At>) {
  return (
    <div class="compared">
      <Words metric={props.metric} level={2} />
      <Details {...props} level={2} />
    </div>
  );
}

/** The name of a metric with its class, its places and its preview. */
export function MetricName<At>({
  metric,
  host,
  children,
}: Pick<MetricProps<At>, 'metric' | 'host'> & { readonly children?: ComponentChildren }) {
  const { name, was, at } = metric;
  const preview = at.after === null ? undefined : host.toSubject({ kind: 'metric', name });
  return (
    <DefinitionName of={metric} was={was === name ? null : was} host={host}>
      {preview === undefined ? null : <Link to={preview}>Preview</Link>}
      {children}
    </DefinitionName>
  );
}

/** Words that are read behind a name, alone. */
function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function Words<At>({
  metric: { unmeant, headline, changes, effects },
  level,
}: Pick<MetricProps<At>, 'metric'> & { readonly level: 2 | 3 }) {
  return (
    <>
      {unmeant === null ? null : <Notice tone="warn">{sentence(unmeant)}</Notice>}
      {headline === null ? null : <HeadlineChange headline={headline} />}
      {changes.length === 0 && effects.length === 0 ? null : (
        <div class="columns">
          {changes.length === 0 ? null : (
            <Part level={level} title="What changed">
              <Lines lines={changes} />
            </Part>
          )}
          {effects.length === 0 ? null : (
            <Part level={level} title="What it does">
              <Lines lines={effects} />
            </Part>
          )}
        </div>
      )}
    </>
  );
}

function HeadlineChange({ headline }: { readonly headline: ComparedHeadline }) {
  const { period, before, after, change } = headline;
  return (
    <div class="headline">
      {headline.isMoved ? (
        <div class="headline-value">
          <span>
            <span class="visually-hidden">before </span>
            <span class="old-value">{before}</span>
          </span>
          <span aria-hidden="true">→</span>
          <span>
            <span class="visually-hidden">after </span>
            <span class="value">{after}</span>
          </span>
          {change === null ? null : <strong class="change">{withMinus(change)}</strong>}
          <span class="quiet">in {period}</span>
        </div>
      ) : (
        <div class="headline-value">
          <span class="value">{after}</span>
          <span class="quiet">in {period}, as before</span>
        </div>
      )}
    </div>
  );
}

/** Its definition and its trend, in both versions. */
function Details<At>({ metric, versions, id, level }: MetricProps<At> & { readonly level: 2 | 3 }) {
  return (
    <>
      <Part level={level} title="Definition">
        <DefinitionDiff name={metric.label} text={metric.text} versions={versions} />
      </Part>
      {metric.totals.some(isMoved) ? (
        <Part level={level} title="Values">
          <Values metric={metric} versions={versions} id={id} />
        </Part>
      ) : null}
    </>
  );
}

/** So many periods are read; the table of the chart has all that it draws. */
const MOST_MOVED = 12;

function Values<At>({ metric, versions, id }: Pick<MetricProps<At>, 'metric' | 'versions' | 'id'>) {
  const { totals } = metric;
  const lines = comparedLines(metric, versions);
  const more = movedTotals(totals).length - MOST_MOVED;
  return (
    <>
      {totals.length < 2 ? null : <LinesChart id={`${id}-trend`} data={lines} table={linesTable(lines)} />}
      <DataTable table={movedTable(metric, MOST_MOVED)} />
      {more <= 0 ? null : <p class="quiet">{counted(more, 'period')} before these moved too.</p>}
    </>
  );
}

/** With very many metrics a page of all their drawings would be slow, and nobody looks at all of them. On a printed page nothing unfolds. */
function Foldable({
  name,
  label,
  isFolded,
  children,
}: {
  readonly name: string;
  readonly label: string;
  readonly isFolded: boolean;
  readonly children: ComponentChildren;
}) {
  const isPrinted = useContext(PrintedContext);
  const [shown, setShown] = useRemembered(`details:${name}`, '');
  if (!isFolded || isPrinted) return <>{children}</>;
  const isShown = shown === 'yes';
  return (
    <>
      <div>
        <button
          type="button"
          aria-expanded={isShown}
          aria-label={`Definition and values of ${label}`}
          onClick={() => setShown(isShown ? '' : 'yes')}
        >
          {isShown ? 'Hide definition and values' : 'Show definition and values'}
        </button>
      </div>
      {isShown ? children : null}
    </>
  );
}
