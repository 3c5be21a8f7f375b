import { countedStep, periodStep } from '../../core/evaluate/funnel-words.ts';
import type { FunnelDocument } from '../../core/preview/metric-documents.ts';
import { countText, shareText } from '../parts/numbers.ts';
import { numberCell, type Table } from '../parts/table.ts';

/** One step on the way of rows to a value: how many are left after it. */
export interface FunnelStep<At> {
  readonly name: string;
  readonly rows: number;
  /** The condition that the step is, where it is one. */
  readonly clause?: { readonly text: string; readonly at: At };
}

type Part<At> = FunnelDocument<At>['parts'][number];

/** The steps of one measure, the source's rows first. Steps that a metric does not have are left out. */
export function funnelSteps<At>(part: Part<At>): readonly FunnelStep<At>[] {
  const { source, rows, timed, clauses, period, inPeriod, counted } = part;
  const isSnapshot = timed === null;
  return [
    { name: `Rows of ${source}`, rows },
    ...(isSnapshot ? [] : [{ name: 'with a time that counts', rows: timed }]),
    ...clauses.map(({ text, kept, at }) => ({ name: `where ${text}`, rows: kept, clause: { text, at } })),
    ...(isSnapshot || period === null ? [] : [{ name: periodStep(part), rows: inPeriod }]),
    { name: countedStep(part), rows: counted },
  ];
}

/** The steps as a table: what is left, and what each step drops. */
export function funnelTable<At>({ metric, source }: Part<At>, steps: readonly FunnelStep<At>[]): Table {
  return {
    title: `Rows of ${source} that ${metric} counts`,
    columns: [
      { label: 'Step' },
      { label: 'Rows left', numeric: true, strong: true },
      { label: 'Dropped', numeric: true },
      { label: 'Of the step before', numeric: true },
    ],
    rows: steps.map(({ name, rows }, index) => {
      const before = steps[index - 1]?.rows;
      const dropped = before === undefined ? null : before - rows;
      return [
        { text: name },
        numberCell(rows, countText(rows)),
        numberCell(dropped, countText(dropped ?? 0)),
        { text: before === undefined ? '–' : shareText(rows, before) },
      ];
    }),
  };
}
