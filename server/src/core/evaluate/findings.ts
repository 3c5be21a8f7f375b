import { formatDay, formatPeriod, periodAt } from '../base/period.ts';
import { type Problem, problemOf } from '../base/problem.ts';
import type { Link, Source } from '../model/project.ts';
import { Frame } from '../plan/frame.ts';
import { measuresOf } from '../plan/metric-plan.ts';
import { lowerRows } from '../plan/plan-scan.ts';
import type { PlanScalar } from '../plan/relation.ts';
import type { Storage } from '../plan/storage.ts';
import { counted, problemAt, rows } from './counted-problem.ts';
import type { LoadedTable } from './engine.ts';
import { failureText } from './engine-limits.ts';
import type { MetricResult } from './evaluate.ts';
import type { ProjectData } from './load-data.ts';
import { notPlainFindings } from './not-plain-findings.ts';
import { onePerTie } from './one-per-ties.ts';
import { orNothing, orRefused } from './or-nothing.ts';
import {
  duplicateKey,
  linkNotUnique,
  nearlyFinished,
  notComputed,
  rowsSetAside,
  valueMisfit,
} from './problems.ts';
import { type Repeated, repeatedRows, SHOWN_ROWS } from './repeated-rows.ts';
import { rowFindings } from './row-findings.ts';
import { behind, listedRows } from './row-words.ts';
import { leftOut } from './rows-left-out.ts';
import { type RunContext, runSelect } from './run-demands.ts';
import { findingsOfSegments } from './segment-findings.ts';

/**
 * What the rows of sources break of what is declared of them, each at its declaration with the count and up to three row
 * numbers: section 2 of the format. No finding changes a value.
 */
export async function dataFindings(
  context: RunContext,
  data: ProjectData,
  sources: readonly Source[],
  results: readonly MetricResult[],
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const source of sources) problems.push(...(await sourceFindings(context, data, source)));
  problems.push(...(await findingsOfSegments(context, new Set(sources.map(({ name }) => name)))));
  for (const result of results) problems.push(...(await metricFindings(context, result)));
  return problems;
}

/** The findings of one source; none where its data are not there. Where the engine cannot look at its rows, that is the finding. */
export async function sourceFindings(
  context: RunContext,
  data: ProjectData,
  source: Source,
): Promise<readonly Problem[]> {
  try {
    return await findingsIn(context, data, source);
  } catch (error) {
    return [
      problemAt({
        kind: notComputed,
        source,
        node: source.nameNode,
        message: `The rows of ${source.name} were not checked. ${failureText(error)}`,
      }),
    ];
  }
}

async function findingsIn(
  context: RunContext,
  data: ProjectData,
  source: Source,
): Promise<readonly Problem[]> {
  if (!isLoaded(context, data, source)) return [];
  const table = data.tables.get(source.name);
  const duplicated = await duplicateKeys(context, source);
  const tied = await orRefused(() => onePerTie(context, data.storage, source));
  return [
    ...(table === undefined
      ? []
      : [...loadFindings(data.storage, table, source), ...notPlainFindings(table, source)]),
    ...(await brokenByRows(context, source)),
    ...(await manyArrivals(context, source)),
    ...(await nearlyFinishedPeriod(context, source)),
    ...(await leftOut(context, data.storage, source)),
    ...(duplicated === undefined ? [] : [duplicated]),
    ...(tied === undefined ? [] : [tied]),
  ];
}

/** Whether the rows of a source are there; those of a stack are where those of all that it is made of are. */
function isLoaded({ checked }: RunContext, data: ProjectData, source: Source): boolean {
  // Each is looked at once: stacks of stacks share their members.
  const names = new Set([source.name]);
  for (const name of names) {
    const table = data.tables.get(name);
    if (table?.problem !== undefined) return false;
    if (table !== undefined) continue;
    const { union } = checked.project.sources.get(name) ?? {};
    // One that is stacked on itself has no rows.
    if (union === undefined || union.items.some((member) => member.source.text === source.name)) return false;
    for (const member of union.items) names.add(member.source.text);
  }
  return true;
}

/** What loading saw: cells that are not of their declared type, and exact duplicates. */
function loadFindings(storage: Storage, table: LoadedTable, source: Source): readonly Problem[] {
  const problems: Problem[] = [];
  for (const column of source.columns.values()) {
    const stored = storage.column(source.name, column.name);
    const loaded = table.columns.find(({ name }) => name === stored);
    if (loaded === undefined || loaded.misfits === 0 || column.type === undefined) continue;
    const shown = loaded.examples.map(({ row, text }) => `"${text}" in row ${row}`).join(', ');
    const counts = { count: loaded.misfits, rows: loaded.examples.map(({ row }) => row) };
    const message = `${cells(loaded.misfits)} of ${column.name} ${loaded.misfits === 1 ? 'is' : 'are'} not of the type ${column.type.text}: ${shown}.`;
    problems.push({ ...problemAt({ kind: valueMisfit, source, node: column.type.node, message }), counts });
  }
  if (table.duplicates > 0 && source.key !== undefined) {
    const { duplicates: count, duplicateRows = [] } = table;
    const shown = listedRows(
      duplicateRows.map((number) => ({ number, member: undefined })),
      count,
    );
    const message = `${rows(count)} of ${source.name} set aside: ${count === 1 ? 'it repeats' : 'they repeat'} another row in every column. ${shown}`;
    const counts = { count, rows: duplicateRows };
    problems.push({
      ...problemAt({ kind: rowsSetAside, source, node: source.key.node, message: message.trimEnd() }),
      counts,
    });
  }
  return problems;
}

/** Counts what the rows of a source break, all in one query, and names some rows of what is broken. */
async function brokenByRows(context: RunContext, source: Source): Promise<readonly Problem[]> {
  const { asOf } = await context.extents(source.name);
  const links: Link[] = [];
  for (const link of source.links.values()) {
    if (await context.arrivesAtOne({ source: source.name, link: link.name })) links.push(link);
  }
  const frame = new Frame(context.checked, context.storage, source.name);
  const findings = rowFindings(context.checked, source, asOf, links).flatMap((finding) => {
    const condition = orNothing(() => finding.condition(frame));
    return condition === undefined ? [] : [{ finding, condition }];
  });
  if (findings.length === 0) return [];
  const [row] = await runSelect(context, {
    from: frame.from,
    joins: frame.joins,
    where: [],
    keys: [],
    aggregates: findings.map(({ condition }, index) => ({
      name: `broken_${index}`,
      value: { fn: 'count_if', args: [condition] },
    })),
  });
  const problems: Problem[] = [];
  for (const [index, { finding, condition }] of findings.entries()) {
    const count = Number(row?.[`broken_${index}`] ?? 0);
    if (count === 0) continue;
    const shown = await rowNumbers(context, frame, [condition]);
    const { kind, node, message } = finding;
    problems.push(counted(context, { kind, source, node, message: message(rows(count)) }, count, shown));
  }
  return problems;
}

/** The numbers of the first rows that meet conditions. */
async function rowNumbers(
  context: RunContext,
  frame: Frame,
  where: readonly PlanScalar[],
): Promise<readonly number[]> {
  const found = await runSelect(context, {
    from: frame.from,
    joins: frame.joins,
    where,
    keys: [{ name: 'row', value: frame.rowNumber }],
    aggregates: [],
    limit: SHOWN_ROWS,
  });
  return found.map(({ row }) => Number(row));
}

/** Links that arrive at more than one row: metrics that use them are refused. */
async function manyArrivals(context: RunContext, source: Source): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const link of source.links.values()) {
    if (await context.arrivesAtOne({ source: source.name, link: link.name })) continue;
    const message = `The link ${link.name} arrives at more than one row of ${link.to?.text}: the columns in \`using\` are not unique there. Metrics that use it are not evaluated.`;
    const repeated = await repeatedArrivals(context, source, link);
    const at = { kind: linkNotUnique, source, node: link.nameNode };
    if (repeated === undefined) problems.push(problemAt({ ...at, message }));
    else {
      const { count, shown, target } = repeated;
      const more = `${rows(count)} of ${target.name} ${count === 1 ? 'repeats' : 'repeat'} an earlier one there.`;
      problems.push(counted(context, { ...at, message: `${message} ${more}` }, count, shown, target));
    }
  }
  return problems;
}

/** The rows of a link's target that repeat an earlier one in the columns at which the link arrives. */
async function repeatedArrivals(
  context: RunContext,
  source: Source,
  link: Link,
): Promise<(Repeated & { readonly target: Source }) | undefined> {
  const target = context.checked.project.sources.get(context.checked.follow(source.name, [link.name]) ?? '');
  if (target === undefined) return undefined;
  const key = target.key?.items ?? [];
  const names = link.using.map((pair, index) => (pair.theirs ?? key[index])?.text ?? '');
  const repeated = await repeatedRows(context, target.name, names);
  return repeated && { ...repeated, target };
}

/** The default `as_of` may make partial a period of the project's grain of which at most a tenth is missing. */
async function nearlyFinishedPeriod(context: RunContext, source: Source): Promise<readonly Problem[]> {
  const { settings } = context.checked.project;
  const { asOf } = await context.extents(source.name);
  const chosen = settings.asOf !== undefined || source.asOf !== undefined;
  if (chosen || asOf === undefined || settings.grain === 'all') return [];
  const period = periodAt(settings.grain, asOf);
  const missing = period.end - 1 - asOf;
  if (missing < 1 || missing > (period.end - period.start) / 10) return [];
  const node = source.time?.node ?? source.lifespan?.start.node ?? source.nameNode;
  const message = `The data of ${source.name} end on ${formatDay(asOf)}, so that ${formatPeriod(period)} is partial. If they are complete, write \`as_of: ${formatDay(period.end - 1)}\`.`;
  return [problemAt({ kind: nearlyFinished, source, node: node, message })];
}

/** Rows with one key and different content: all of them count, which is an error. */
async function duplicateKeys(context: RunContext, source: Source): Promise<Problem | undefined> {
  if (source.key === undefined) return undefined;
  const names = source.key.items.map(({ text }) => text);
  const repeated = await repeatedRows(context, source.name, names);
  if (repeated === undefined) return undefined;
  const { count, shown } = repeated;
  const message = `${rows(count)} of ${source.name} more than there are values of the key ${names.join(', ')}: rows that differ have one key, and all of them count.`;
  return counted(context, { kind: duplicateKey, source, node: source.key.node, message }, count, shown);
}

/** Survey scores off the scale, at the metric's `value`; or that the engine could not compute the metric, at its name. */
export async function metricFindings(context: RunContext, result: MetricResult): Promise<readonly Problem[]> {
  const { metric, failed } = result;
  if (failed !== true) return scoresOffScale(context, result);
  const [breakdown] = result.refusedBreakdowns;
  const why = result.refused ?? breakdown?.refused ?? '';
  return [
    problemOf(
      notComputed,
      { file: metric.file, span: metric.nameNode.span },
      `"${metric.name}" has no value. ${why}`,
    ),
  ];
}

async function scoresOffScale(
  context: RunContext,
  { metric, total, plan }: MetricResult,
): Promise<readonly Problem[]> {
  const count = total?.offScale ?? 0;
  if (plan === undefined) return [];
  const scored = measuresOf(plan).find(({ measure: { offScale } }) => offScale !== undefined);
  if (count === 0 || scored?.metric !== metric) return [];
  const { source, rows: selection, where, measure } = scored;
  const off = measure.aggregates[measure.offScale ?? -1]?.args[0];
  if (off === undefined) return [];
  const extent = (await context.extents(source)).extentOf(selection);
  const frame = new Frame(context.checked, context.storage, source);
  const { where: counting } = lowerRows(frame, {
    source,
    rows: selection,
    view: {},
    grain: 'all',
    breakdown: [],
    extent,
  });
  const conditions = [...counting, ...where.map((one) => frame.lower(one)), frame.lower(off)];
  const shown =
    selection.mode === 'active' || selection.mode === 'during'
      ? []
      : await rowNumbers(context, frame, conditions);
  const node = metric.node?.get('value')?.value ?? metric.nameNode;
  const definition = context.checked.project.sources.get(source);
  const read = definition === undefined ? [] : behind(context, definition, shown);
  const message = `${count === 1 ? '1 score' : `${count} scores`} set aside: off the scale of ${metric.type}. ${listedRows(read, count)}`;
  const problem = problemOf(rowsSetAside, { file: metric.file, span: node.span }, message.trimEnd());
  return [{ ...problem, counts: { count, rows: read.map(({ number }) => number) } }];
}

function cells(count: number): string {
  return count === 1 ? '1 cell' : `${count} cells`;
}
