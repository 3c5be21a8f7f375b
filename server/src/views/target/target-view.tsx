import { formatValue } from '../../core/evaluate/format-value.ts';
import type { TargetStatus } from '../../core/evaluate/target-status.ts';
import type { TargetPath, TargetPreview } from '../../core/preview/preview.ts';
import { LinesChart } from '../charts/lines-chart.tsx';
import { linesTable } from '../charts/lines-table.ts';
import type { ViewHost } from '../host.ts';
import { groupsOf, type Series, totalOf } from '../metric/series.ts';
import { trendOf } from '../metric/trend.ts';
import { AboutSection, Heading, Unavailable } from '../parts/about.tsx';
import { Bar } from '../parts/bar.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Fact, Facts } from '../parts/facts.tsx';
import { Link } from '../parts/link.tsx';
import { Notice, Pending } from '../parts/notice.tsx';
import { formatOf, intervalText, restsOnText } from '../parts/numbers.ts';
import { Section } from '../parts/section.tsx';
import { Status } from '../parts/status.tsx';
import { Prose } from '../parts/words.tsx';
import { pathTable } from './tables.ts';

/** A target: what it asks for, where its metric stands, and the way there. */
export function TargetView<At>({
  preview,
  host,
}: {
  readonly preview: TargetPreview<At>;
  readonly host: ViewHost<At>;
}) {
  const { about, metric, path } = preview;
  return (
    <>
      <Heading kind="Target" about={about} host={host}>
        {metric === null ? null : (
          <span>
            of{' '}
            <Link to={host.toSubject({ kind: 'metric', name: metric.name }) ?? host.toPlace(metric.at)}>
              {metric.label}
            </Link>
            {preview.segment === null ? null : <span class="quiet"> in {preview.segment}</span>}
          </span>
        )}
      </Heading>
      <Unavailable reason={about.unavailable} host={host} />
      {path === undefined || path.target.error === null ? null : (
        <Notice tone="warn">{path.target.error}</Notice>
      )}
      <Prose blocks={about.words} />
      {about.unavailable !== null ? null : path === undefined ? (
        <Pending lines={8} />
      ) : (
        <Way preview={preview} path={path} />
      )}
      <AboutSection about={about} />
    </>
  );
}

function Way<At>({ preview, path }: { readonly preview: TargetPreview<At>; readonly path: TargetPath }) {
  const { about, shape } = preview;
  const series = seriesOf(preview);
  const data =
    series &&
    trendOf({ title: about.label, shape, grain: preview.result?.grain ?? '', series, targets: [path] });
  const table = pathTable(path, shape);
  const newest = [...path.points].reverse();
  return (
    <>
      <Standing preview={preview} path={path} />
      {data === undefined || data.periods.length < 2 ? null : (
        <Section id="way" title="The way there">
          <LinesChart id="way" data={data} table={linesTable(data)} />
        </Section>
      )}
      <Section id="periods" title="By period">
        <DataTable
          caption="quiet"
          tall
          table={{
            ...table,
            rows: table.rows.map((row, index) => {
              const status = newest[index]?.status ?? null;
              return [
                ...row.slice(0, -1),
                { text: '', shown: status === null ? 'still to come' : <Status status={status} /> },
              ];
            }),
          }}
        />
      </Section>
    </>
  );
}

/** The metric in the group that the target is about; its result has no others. */
function seriesOf<At>({ result, segment, metric }: TargetPreview<At>): Series | undefined {
  if (result === undefined) return undefined;
  const label = metric?.label ?? result.label;
  if (segment === null) return { ...totalOf(result), label };
  const by = segment.slice(0, segment.lastIndexOf('.'));
  const group = segment.slice(segment.lastIndexOf('.') + 1);
  const groups = groupsOf(result, by);
  const own = groups.find((series) => series.label === group) ?? groups[0];
  return own === undefined ? { ...totalOf(result), label } : { ...own, label: `${label}, ${group}` };
}

/** Whether a status is about a period that is not over yet. */
function isRunning(status: TargetStatus): boolean {
  return status === 'on_track' || status === 'at_risk' || status === 'off_track';
}

function Standing<At>({
  preview,
  path: { target },
}: {
  readonly preview: TargetPreview<At>;
  readonly path: TargetPath;
}) {
  const { shape, restsOn, baseline } = preview;
  const write = (value: number | null): string => formatValue(value, formatOf(shape));
  return (
    <div class="headline">
      <div class="headline-value">
        <span class="value">{write(target.value)}</span>
        <span class="quiet">
          {isRunning(target.status) ? 'on the way to' : 'in'} {target.period}
        </span>
        <Status status={target.status} />
      </div>
      <Facts>
        <Fact term="Should be by now">{target.expected === null ? null : write(target.expected)}</Fact>
        <Fact term="95 % interval">{intervalText(target, shape)}</Fact>
        <Fact term="Rests on">{target.n === null ? null : restsOnText(target.n, restsOn)}</Fact>
        <Fact term="Started at">
          {baseline === null ? null : (
            <>
              {write(baseline.value)} <span class="quiet">in {baseline.period}</span>
            </>
          )}
        </Fact>
        <Fact term="Progress">
          {target.progress === null ? null : (
            <span class="progress">
              <Bar share={target.progress} />
              {formatValue(target.progress, { unit: 'percent', decimals: 0 })} of the way
            </span>
          )}
        </Fact>
      </Facts>
    </div>
  );
}
