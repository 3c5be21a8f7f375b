import { useContext, useEffect, useState } from 'preact/hooks';
import { GRAINS, type Grain } from '../../core/base/period.ts';
import type { MetricDocument } from '../../core/evaluate/result.ts';
import type { MetricPreview } from '../../core/preview/preview.ts';
import { drawnWords } from '../charts/lines.ts';
import { LinesChart } from '../charts/lines-chart.tsx';
import { linesTable } from '../charts/lines-table.ts';
import { PrintedContext, type ViewHost } from '../host.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Empty, Pending } from '../parts/notice.tsx';
import { Section } from '../parts/section.tsx';
import { Select } from '../parts/select.tsx';
import { Sparkline } from '../parts/sparkline.tsx';
import type { Table } from '../parts/table.ts';
import {
  CHANGE,
  type GroupRow,
  groupLines,
  groupRows,
  groupsTable,
  listedWords,
  uncountedWords,
} from './breakdown.ts';
import { Compare } from './compare.tsx';
import { ExplanationPart } from './explanation-part.tsx';
import { Change } from './headline.tsx';

/** A metric by group, and by another grain. */
export function BreakdownSection<At>({
  preview,
  host,
  id = 'breakdown',
  title = 'By group',
  refused = null,
}: {
  readonly preview: MetricPreview<At>;
  readonly host: ViewHost<At>;
  /** Unique in the view. */
  readonly id?: string;
  readonly title?: string;
  /** Why it cannot be broken down so; null where it can. */
  readonly refused?: string | null;
}) {
  const { result, by } = preview;
  return (
    <Section id={id} title={title} tools={<Choosers preview={preview} host={host} />}>
      {refused !== null ? (
        <Empty>{refused}</Empty>
      ) : result === undefined ? (
        <Pending lines={5} />
      ) : by === null ? (
        <Empty>
          {preview.choices.by.length === 0
            ? 'No segment reaches its rows, and its source has no column to break it down by.'
            : 'No breakdown is chosen.'}
        </Empty>
      ) : (
        <Groups preview={preview} result={result} by={by} />
      )}
    </Section>
  );
}

function Choosers<At>({
  preview,
  host,
}: {
  readonly preview: MetricPreview<At>;
  readonly host: ViewHost<At>;
}) {
  const { by, grain, choices } = preview;
  // What was asked for is shown at once; the preview that comes says what it is by.
  const [asked, setAsked] = useState<{ readonly by?: string | null; readonly grain?: Grain }>({});
  useEffect(() => setAsked({}), [by, grain]);
  const { choose } = host;
  if (choose === undefined) return null;
  const ask = (choice: { readonly by?: string | null; readonly grain?: Grain }): void => {
    setAsked({ ...asked, ...choice });
    choose(choice);
  };
  const shown = asked.by === undefined ? by : asked.by;
  return (
    <>
      <Select
        label="Break down by"
        value={shown ?? ''}
        options={[
          { value: '', label: 'nothing' },
          ...choices.by.map(({ key, label, kind }) => ({
            value: key,
            label,
            group: kind === 'segment' ? 'Segments' : 'Columns',
          })),
        ]}
        onChange={(value) => ask({ by: value === '' ? null : value })}
      />
      {choices.grains.length < 2 ? null : (
        <Select
          label="Each"
          value={asked.grain ?? grain ?? ''}
          options={choices.grains.map((each) => ({ value: each, label: each }))}
          onChange={(value) => {
            const chosen = GRAINS.find((each) => each === value);
            if (chosen !== undefined) ask({ grain: chosen });
          }}
        />
      )}
    </>
  );
}

function Groups<At>({
  preview,
  result,
  by,
}: {
  readonly preview: MetricPreview<At>;
  readonly result: MetricDocument;
  readonly by: string;
}) {
  const rows = groupRows(result, by);
  const isPrinted = useContext(PrintedContext);
  const { shape, about, omittedGroups: omitted = 0 } = preview;
  const label = preview.choices.by.find(({ key }) => key === by)?.label ?? by;
  if (rows.length === 0) return <Empty>There is no group with a value.</Empty>;
  const title = `${about.label} by ${label}`;
  const lines = groupLines(`${title}, over time`, shape, result, by);
  const period = result.headline?.period;
  const why = preview.explanations?.find((each) => each.by === by);
  // Where nothing can be compared there is no change to ask about.
  const hasMoved = (result.headline?.change ?? null) !== null;
  return (
    <>
      <DataTable
        table={shownGroups(
          groupsTable(`${title}${period === undefined ? '' : ` in ${period}`}`, shape, rows),
          rows,
          preview,
        )}
      />
      {why === undefined || !hasMoved ? null : (
        <ExplanationPart
          id={preview.breakdowns === undefined ? 'why' : `why-${by}`}
          of={why}
          shape={shape}
          title={title}
        />
      )}
      {lines.periods.length < 2 ? null : (
        <LinesChart id={`groups-${by}`} data={lines} table={linesTable(lines)} />
      )}
      <Limits
        words={[
          listedWords(preview, rows.length),
          uncountedWords(result, by),
          drawnWords(rows.length + omitted),
        ]}
      />
      {isPrinted ? null : (
        <Compare shape={shape} result={result} by={by} groups={rows.map((row) => row.label)} />
      )}
    </>
  );
}

/** Says what of very many groups is not here. */
function Limits({ words }: { readonly words: readonly (string | null)[] }) {
  const said = words.filter((each) => each !== null);
  return said.length === 0 ? null : <p class="quiet">{said.join(' ')}</p>;
}

/** On screen a trend stands beside the numbers of each group. */
function shownGroups<At>(table: Table, rows: readonly GroupRow[], { shape }: MetricPreview<At>): Table {
  return {
    ...table,
    columns: [...table.columns, { label: 'Trend', drawn: true }],
    rows: table.rows.map((cells, index) => {
      const row = rows[index];
      const shown = <Change of={row?.now ?? null} shape={shape} />;
      return [
        ...cells.map((each, at) => (table.columns[at]?.label === CHANGE ? { ...each, shown } : each)),
        { text: '', shown: <Sparkline values={row?.trend.slice(-24) ?? []} shape={shape} /> },
      ];
    }),
  };
}
