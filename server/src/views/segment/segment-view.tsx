import type { SegmentPreview } from '../../core/preview/preview.ts';
import { drawnWords } from '../charts/lines.ts';
import { LinesChart } from '../charts/lines-chart.tsx';
import { linesTable } from '../charts/lines-table.ts';
import type { ViewHost } from '../host.ts';
import { AboutSection, Heading, Unavailable } from '../parts/about.tsx';
import { Bar } from '../parts/bar.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Empty, Pending } from '../parts/notice.tsx';
import { counted } from '../parts/numbers.ts';
import { Section } from '../parts/section.tsx';
import type { Table } from '../parts/table.ts';
import { UsedBy } from '../parts/used-by.tsx';
import { Prose } from '../parts/words.tsx';
import { overTimeLines } from './over-time.ts';
import { overlapsTable, sizesTable } from './tables.ts';

/** A segment: how its groups are cut, how large they are and were, and what is broken down by it. */
export function SegmentView<At>({
  preview,
  host,
}: {
  readonly preview: SegmentPreview<At>;
  readonly host: ViewHost<At>;
}) {
  const { about } = preview;
  return (
    <>
      <Heading kind="Segment" about={about} host={host} />
      <Unavailable reason={about.unavailable} host={host} />
      <Prose blocks={about.words} />
      {about.unavailable === null ? <Numbers preview={preview} /> : null}
      <UsedBy
        users={preview.usedBy}
        to={({ name, at }) => host.toSubject({ kind: 'metric', name }) ?? host.toPlace(at)}
      />
      <AboutSection about={about} />
    </>
  );
}

function Numbers<At>({ preview: { sizes, overTime, overlaps } }: { readonly preview: SegmentPreview<At> }) {
  return (
    <>
      <Section id="sizes" title="Sizes now">
        {sizes === undefined ? <Pending lines={4} /> : <Sizes sizes={sizes} />}
      </Section>
      {overTime?.length === 0 ? null : (
        <Section id="over-time" title="Over time">
          {overTime === undefined ? <Pending lines={8} /> : null}
          {overTime?.map((each, index) => {
            const data = overTimeLines(each);
            const drawn = drawnWords(each.groups.length + (each.omitted ?? 0));
            return (
              <div key={each.source} class="stack">
                {overTime.length === 1 ? null : <h3>Rows of {each.source}</h3>}
                <LinesChart id={`over-time-${index}`} data={data} table={linesTable(data)} />
                {drawn === null ? null : <p class="quiet">{drawn}</p>}
              </div>
            );
          })}
        </Section>
      )}
      {overlaps === undefined || overlaps.length === 0 ? null : (
        <Section id="overlaps" title="Overlaps">
          <DataTable table={overlapsTable(overlaps)} caption="quiet" />
        </Section>
      )}
    </>
  );
}

function Sizes({ sizes }: { readonly sizes: NonNullable<SegmentPreview['sizes']> }) {
  const table = sizesTable(sizes);
  const { rows, groups, overlapping, omitted = 0 } = sizes;
  const shown: Table = {
    ...table,
    columns: [...table.columns, { label: 'As a bar' }],
    rows: table.rows.map((row, index) => [
      ...row,
      { text: '', shown: <Bar share={rows === 0 ? 0 : (groups[index]?.rows ?? 0) / rows} /> },
    ]),
  };
  return (
    <>
      {groups.length === 0 ? <Empty>No group has a row.</Empty> : <DataTable table={shown} caption="quiet" />}
      <p class="quiet">
        {counted(rows, 'row')} in all.
        {overlapping === 0 ? null : ` ${counted(overlapping, 'row is', 'rows are')} in more than one group.`}
        {omitted === 0 ? null : ` ${counted(omitted, 'smaller group is', 'smaller groups are')} not listed.`}
      </p>
    </>
  );
}
