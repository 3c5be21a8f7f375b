import { plainWords } from '../../core/ide/prose/plain.ts';
import type { Words } from '../../core/ide/prose/prose.ts';
import type { ComparedDefinition, ComparedMetric, Comparison } from '../../core/preview/comparison.ts';
import { type Cell, cell, type Table, withoutEmptyColumns } from '../parts/table.ts';
import { withMinus } from './minus.ts';
import { changeCell, movedTable, movedTotals, valueCell } from './values.ts';

/** All of a comparison in numbers: a row for each metric, the values that moved, and what else changed. */
export function comparisonTables<At>(comparison: Comparison<At>): readonly Table[] {
  const { metrics, others, targets, examples } = comparison;
  const tables = [
    metricsTable(comparison),
    ...metrics.filter(({ totals }) => movedTotals(totals).length > 0).map((metric) => movedTable(metric)),
    linesTable(
      'Targets with another status',
      'Target',
      targets.map(({ words }) => words),
    ),
    linesTable('Examples that now fail', 'Example', examples),
    othersTable(others),
  ];
  return tables.filter(({ rows }) => rows.length > 0);
}

function metricsTable<At>({ before, after, metrics }: Comparison<At>): Table {
  return withoutEmptyColumns({
    title: `Metrics from ${before} to ${after}`,
    columns: [
      { label: 'Metric' },
      { label: 'Name' },
      { label: 'Class' },
      { label: 'Period' },
      { label: 'Before', numeric: true },
      { label: 'After', numeric: true },
      { label: 'Change', numeric: true },
      { label: 'Values that moved', numeric: true },
      { label: 'What changed' },
    ],
    rows: metrics.map((metric) => [
      cell(metric.label),
      cell(metric.name),
      cell(metric.unmeant !== null ? `${metric.class}, and nobody changed its text` : metric.class),
      ...headlineCells(metric),
      metric.compared === 0
        ? cell('–')
        : { text: `${metric.moved} of ${metric.compared}`, value: metric.moved },
      cell(sentence(metric.changes)),
    ]),
  });
}

/** The stored values where they are known; else as they are read. */
function headlineCells<At>({ headline, totals, shape }: ComparedMetric<At>): readonly Cell[] {
  if (headline === null) return [cell('–'), cell('–'), cell('–'), cell('–')];
  const { period, before, after, change } = headline;
  const values = totals.find((each) => each.period === period);
  if (values === undefined)
    return [cell(period), cell(before), cell(after), cell(change === null ? '–' : withMinus(change))];
  return [
    cell(period),
    valueCell(values.before, shape),
    valueCell(values.after, shape),
    changeCell(values.change, shape),
  ];
}

function linesTable(title: string, label: string, lines: readonly Words[]): Table {
  return { title, columns: [{ label }], rows: lines.map((words) => [cell(plainWords(words))]) };
}

function othersTable<At>(others: readonly ComparedDefinition<At>[]): Table {
  return {
    title: 'Other definitions',
    columns: [{ label: 'Definition' }, { label: 'Class' }, { label: 'What changed' }],
    rows: others.map(({ subject: { kind, name }, class: gravity, changes }) => [
      cell(kind === 'settings' ? name : `${kind} ${name}`),
      cell(gravity),
      cell(sentence(changes)),
    ]),
  };
}

function sentence(lines: readonly Words[]): string {
  return lines.map(plainWords).join('; ') || '–';
}
