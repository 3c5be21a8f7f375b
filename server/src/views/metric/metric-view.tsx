import { useContext } from 'preact/hooks';
import type { MetricPreview } from '../../core/preview/preview.ts';
import { LinesChart } from '../charts/lines-chart.tsx';
import { linesTable } from '../charts/lines-table.ts';
import { PrintedContext, type ViewHost } from '../host.ts';
import { AboutSection, Heading, Unavailable } from '../parts/about.tsx';
import { Notice, Pending } from '../parts/notice.tsx';
import { Section } from '../parts/section.tsx';
import { Prose } from '../parts/words.tsx';
import { BreakdownSection } from './breakdown-section.tsx';
import { FunnelSection } from './funnel-section.tsx';
import { Headline } from './headline.tsx';
import { LineageSection } from './lineage-section.tsx';
import { PictureSection } from './picture-section.tsx';
import { RowsSection } from './rows-section.tsx';
import { SqlSection } from './sql-section.tsx';
import { totalTrend } from './trend.ts';

/** A metric: what it means, where it stands, how it came there and what is behind it. */
export function MetricView<At>({
  preview,
  host,
}: {
  readonly preview: MetricPreview<At>;
  readonly host: ViewHost<At>;
}) {
  const { about, type, status, result } = preview;
  const error = result?.error ?? null;
  const hasValues = about.unavailable === null && (result === undefined || result.values.length > 0);
  return (
    <>
      <Heading kind={type === null ? 'Metric' : `Metric, ${type}`} about={about} host={host}>
        {status === 'active' ? null : <span class="chip">{status}</span>}
      </Heading>
      {status === 'deprecated' ? <Notice tone="warn">It is deprecated: use it in nothing new.</Notice> : null}
      <Unavailable reason={about.unavailable} host={host} />
      {error === null || error === about.unavailable ? null : <Notice tone="warn">{error}</Notice>}
      <Prose blocks={about.words} />
      {hasValues ? <Values preview={preview} host={host} /> : null}
      <LineageSection lineage={preview.lineage} host={host} />
      {hasValues ? <SqlSection sql={preview.sql} host={host} /> : null}
      <AboutSection about={about} />
    </>
  );
}

function Values<At>({ preview, host }: { readonly preview: MetricPreview<At>; readonly host: ViewHost<At> }) {
  const { result } = preview;
  const isPrinted = useContext(PrintedContext);
  return (
    <>
      {result === undefined ? <Pending lines={3} /> : <Headline preview={preview} host={host} />}
      <TrendSection preview={preview} />
      <PictureSection preview={preview} />
      <Breakdowns preview={preview} host={host} />
      <FunnelSection funnel={preview.funnel} host={host} />
      {isPrinted && preview.rows === undefined ? null : <RowsSection rows={preview.rows} />}
    </>
  );
}

/** By what is chosen, or by each segment one below the other. */
function Breakdowns<At>({
  preview,
  host,
}: {
  readonly preview: MetricPreview<At>;
  readonly host: ViewHost<At>;
}) {
  const { result, choices, breakdowns } = preview;
  if (breakdowns === undefined)
    return result?.grain === 'all' && choices.by.length === 0 ? null : (
      <BreakdownSection preview={preview} host={host} />
    );
  return (
    <>
      {breakdowns.map(({ by, label, refused, omittedGroups = 0 }) => (
        <BreakdownSection
          key={by}
          id={`by-${by}`}
          title={`By ${label}`}
          refused={refused}
          preview={{ ...preview, by, ...(omittedGroups === 0 ? {} : { omittedGroups }) }}
          host={host}
        />
      ))}
    </>
  );
}

function TrendSection<At>({ preview }: { readonly preview: MetricPreview<At> }) {
  const { result, about, shape, targets = [], benchmarks = [] } = preview;
  if (result?.grain === 'all') return <Benchmarks preview={preview} />;
  const title = result === undefined ? about.label : `${about.label} by ${result.grain}`;
  const data = result && totalTrend(title, shape, result, targets, benchmarks);
  return (
    <Section id="trend" title="Trend">
      {data === undefined ? (
        <Pending lines={8} />
      ) : (
        <LinesChart id="trend" data={data} table={linesTable(data)} />
      )}
      <Benchmarks preview={preview} />
    </Section>
  );
}

function Benchmarks<At>({ preview: { benchmarks = [] } }: { readonly preview: MetricPreview<At> }) {
  if (benchmarks.length === 0) return null;
  return (
    <ul class="quiet">
      {benchmarks.map(({ words }, index) => (
        <li key={index}>{words}</li>
      ))}
    </ul>
  );
}
