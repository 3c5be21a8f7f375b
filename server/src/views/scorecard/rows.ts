import { formatValue } from '../../core/evaluate/format-value.ts';
import { statusRank, statusWords, type TargetStatus } from '../../core/evaluate/target-status.ts';
import type { Scorecard, ScorecardRow } from '../../core/preview/preview.ts';
import { changeCellText, countText, formatOf, intervalText } from '../parts/numbers.ts';
import { numberCell, type Table } from '../parts/table.ts';

/** What metrics can be put together by. */
export const GROUPINGS = ['nothing', 'stage', 'owner', 'file', 'tag'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What they can be ordered by. */
export const ORDERS = ['status', 'metric', 'owner'] as const;
export type Order = (typeof ORDERS)[number];

export interface RowGroup<At> {
  /** Null where nothing is put together. */
  readonly label: string | null;
  readonly rows: readonly ScorecardRow<At>[];
}

/** The metrics in which every word of a filter occurs: in name, label, owner, tags, file, stage or status. */
export function filteredRows<At>(
  rows: readonly ScorecardRow<At>[],
  filter: string,
): readonly ScorecardRow<At>[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return rows.filter(({ name, label, owner, tags, file, stages, targets, status }) => {
    const text = [
      name,
      label,
      owner ?? '',
      ...tags,
      file,
      ...stages,
      status,
      ...targets.map((each) => statusWords(each.status)),
    ]
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** The metrics put together. One that is in several stages or has several tags is in each; one that is in none comes last. */
export function groupedRows<At>(rows: readonly ScorecardRow<At>[], by: Grouping): readonly RowGroup<At>[] {
  if (by === 'nothing') return [{ label: null, rows }];
  const groups = new Map<string, ScorecardRow<At>[]>();
  const rest: ScorecardRow<At>[] = [];
  for (const row of rows) {
    const labels = labelsOf(row, by);
    if (labels.length === 0) rest.push(row);
    for (const label of labels) groups.set(label, [...(groups.get(label) ?? []), row]);
  }
  return [
    ...[...groups].map(([label, own]) => ({ label, rows: own })),
    ...(rest.length === 0 ? [] : [{ label: `No ${by}`, rows: rest }]),
  ];
}

function labelsOf<At>({ stages, owner, file, tags }: ScorecardRow<At>, by: Grouping): readonly string[] {
  switch (by) {
    case 'stage':
      return stages;
    case 'owner':
      return owner === null ? [] : [owner];
    case 'file':
      return [file];
    case 'tag':
      return tags;
    case 'nothing':
      return [];
  }
}

/** The metrics in order; what is equal keeps the order that it had. */
export function orderedRows<At>(
  rows: readonly ScorecardRow<At>[],
  order: Order,
  isReversed: boolean,
): readonly ScorecardRow<At>[] {
  const compare = (a: ScorecardRow<At>, b: ScorecardRow<At>): number => {
    switch (order) {
      case 'status':
        return rankOf(a) - rankOf(b);
      case 'metric':
        return a.label.localeCompare(b.label, 'en');
      case 'owner':
        return (a.owner ?? '\uffff').localeCompare(b.owner ?? '\uffff', 'en');
    }
  };
  const sorted = [...rows].sort(compare);
  return isReversed ? sorted.reverse() : sorted;
}

/** The worst status of its targets; a metric without targets comes behind those that have one, one with an error before all. */
function rankOf<At>({ targets, error }: ScorecardRow<At>): number {
  if (error !== null) return -1;
  return targets.length === 0 ? 99 : Math.min(...targets.map(({ status }) => statusRank(status)));
}

/** How many targets have which status, the worst first. */
export function statusCounts<At>(
  rows: readonly ScorecardRow<At>[],
): readonly { readonly status: TargetStatus; readonly count: number }[] {
  const counts = new Map<TargetStatus, number>();
  for (const { targets } of rows)
    for (const { status } of targets) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts]
    .map(([status, count]) => ({ status, count }))
    .sort((a, b) => statusRank(a.status) - statusRank(b.status));
}

/** The metrics as a table, to be copied. */
export function scorecardTable<At>(title: string, rows: Scorecard<At>['metrics']): Table {
  return {
    title,
    columns: [
      { label: 'Metric' },
      { label: 'Period' },
      { label: 'Value', numeric: true, strong: true },
      { label: '95 % interval', numeric: true },
      { label: 'n', numeric: true },
      { label: 'Change', numeric: true },
      { label: 'Targets' },
      { label: 'Owner' },
    ],
    rows: rows.map(({ label, headline, shape, targets, owner, error }) => [
      { text: label },
      { text: headline?.period ?? '–' },
      numberCell(headline?.value ?? null, formatValue(headline?.value ?? null, formatOf(shape))),
      { text: (headline && intervalText(headline, shape)) ?? '–' },
      numberCell(headline?.n ?? null, countText(headline?.n ?? 0)),
      numberCell(headline?.change ?? null, changeCellText(headline, shape)),
      { text: error ?? targets.map((target) => `${target.label}: ${statusWords(target.status)}`).join('; ') },
      { text: owner ?? '' },
    ]),
  };
}
