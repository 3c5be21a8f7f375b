import type { MetricPreview, Preview } from '../../core/preview/preview.ts';
import { linesTable } from '../charts/lines-table.ts';
import { comparisonTables } from '../comparison/tables.ts';
import { groupLines, groupRows, groupsTable, listedWords } from '../metric/breakdown.ts';
import { cohortTable } from '../metric/cohorts.ts';
import { explanationTable } from '../metric/explanation.ts';
import { funnelSteps, funnelTable } from '../metric/funnel.ts';
import { movementTable } from '../metric/movement.ts';
import { rowsTables } from '../metric/rows.ts';
import { stepsTable } from '../metric/steps.ts';
import { survivalTable } from '../metric/survival.ts';
import { totalTrend } from '../metric/trend.ts';
import type { Table } from '../parts/table.ts';
import { scorecardTable } from '../scorecard/rows.ts';
import { overTimeLines } from '../segment/over-time.ts';
import { overlapsTable, sizesTable } from '../segment/tables.ts';
import { columnsTable, pageTable } from '../source/tables.ts';
import { pathTable } from '../target/tables.ts';

/** Everything that a preview shows in numbers, as far as it is there. */
export function tablesOf<At>(preview: Preview<At>): readonly Table[] {
  switch (preview.kind) {
    case 'metric':
      return metricTables(preview);
    case 'segment': {
      const { sizes, overTime = [], overlaps = [] } = preview;
      return [
        ...(sizes === undefined ? [] : [sizesTable(sizes)]),
        ...overTime.map((each) => linesTable(overTimeLines(each))),
        ...(overlaps.length === 0 ? [] : [overlapsTable(overlaps)]),
      ];
    }
    case 'target':
      return preview.path === undefined ? [] : [pathTable(preview.path, preview.shape)];
    case 'source': {
      const { columns, rows, about } = preview;
      return [
        ...(columns === undefined ? [] : [columnsTable(columns)]),
        ...(rows === undefined ? [] : [pageTable(rows, about.name)]),
      ];
    }
    case 'scorecard':
      return [scorecardTable('Metrics', preview.metrics)];
    case 'journey':
      return preview.stages.map(({ label, metrics }) => scorecardTable(label, metrics));
    case 'comparison':
      return comparisonTables(preview);
  }
}

function metricTables<At>(preview: Extract<Preview<At>, { kind: 'metric' }>): readonly Table[] {
  const { about, shape, result, by, targets = [], benchmarks = [], funnel, rows = [] } = preview;
  const tables: Table[] = [];
  if (result !== undefined)
    tables.push(
      linesTable(totalTrend(`${about.label} by ${result.grain}`, shape, result, targets, benchmarks)),
    );
  if (result !== undefined && by !== null) {
    const title = `${about.label} by ${by}`;
    const groups = groupRows(result, by);
    const listed = listedWords(preview, groups.length);
    tables.push(
      groupsTable(listed === null ? title : `${title}. ${listed}`, shape, groups),
      linesTable(groupLines(`${title}, over time`, shape, result, by)),
    );
  }
  tables.push(...pictureTables(preview));
  for (const { by: key, explanation } of preview.explanations ?? [])
    if (explanation !== null)
      tables.push(explanationTable(explanation, shape, `${about.label} by ${key}: why it moved`));
  for (const part of funnel?.parts ?? []) tables.push(funnelTable(part, funnelSteps(part)));
  for (const part of rows) tables.push(...rowsTables(part, rows.length > 1));
  return tables;
}

function pictureTables<At>({ picture, restsOn, shape, about }: MetricPreview<At>): readonly Table[] {
  switch (picture?.kind) {
    case 'cohorts':
      return [cohortTable(picture, restsOn, about.label)];
    case 'steps':
      return [stepsTable(picture, restsOn, about.label)];
    case 'movement':
      return [movementTable(picture, shape, about.label)];
    case 'survival':
      return [survivalTable(picture, restsOn, about.label)];
    default:
      return [];
  }
}
