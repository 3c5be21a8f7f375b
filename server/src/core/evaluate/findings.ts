import { type Day, formatDay, formatPeriod, periodAt } from '../base/period.ts';
import { type Problem, type ProblemKind, problemOf } from '../base/problem.ts';
import type { Checked } from '../check/checked.ts';
import type { Lifespan, Source } from '../model/project.ts';
import { Frame } from '../plan/frame.ts';
import { spellOf } from '../plan/plan-metric.ts';
import { Refusal } from '../plan/refusal.ts';
import type { PlanScalar, Select } from '../plan/relation.ts';
import { renderSelect } from '../plan/render-select.ts';
import { all, compareTimes, dateLiteral, isNotNull, isNull, literal, test } from '../plan/scalars.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import type { YamlNode } from '../syntax/yaml/tree.ts';
import type { MetricResult } from './evaluate.ts';
import type { ProjectData } from './load-data.ts';
import {
  duplicateKey,
  linkNotUnique,
  nearlyFinished,
  orphanLink,
  rowsSetAside,
  valueMisfit,
} from './problems.ts';
import type { RunContext } from './run-demands.ts';

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
  for (const source of sources) {
    problems.push(...loadFindings(data, source));
    for (const finding of await rowFindings(context, source)) {
      const problem = await counted(context, source, finding);
      if (problem !== undefined) problems.push(problem);
    }
    problems.push(...(await manyArrivals(context, source)));
    problems.push(...(await nearlyFinishedPeriod(context, source)));
    const duplicated = await duplicateKeys(context, source);
    if (duplicated !== undefined) problems.push(duplicated);
  }
  return [...problems, ...results.flatMap(offScaleFinding)];
}

/** What loading saw: cells that are not of their declared type, and exact duplicates. */
function loadFindings(data: ProjectData, source: Source): readonly Problem[] {
  const table = data.tables.get(source.name);
  if (table === undefined) return [];
  const problems: Problem[] = [];
  for (const column of source.columns.values()) {
    const stored = data.storage.column(source.name, column.name);
    const loaded = table.columns.find(({ name }) => name === stored);
    if (loaded === undefined || loaded.misfits === 0 || column.type === undefined) continue;
    const shown = loaded.examples.map(({ row, text }) => `"${text}" in row ${row}`).join(', ');
    const message = `${cells(loaded.misfits)} of ${column.name} not of the type ${column.type.text}: ${shown}.`;
    problems.push(at(valueMisfit, source, column.type.node, message));
  }
  if (table.duplicates > 0 && source.key !== undefined) {
    const message = `${rows(table.duplicates)} of ${source.name} set aside: ${table.duplicates === 1 ? 'it repeats' : 'they repeat'} another row in every column.`;
    problems.push(at(rowsSetAside, source, source.key.node, message));
  }
  return problems;
}

/** A condition that rows should not meet. */
interface Finding {
  readonly kind: ProblemKind;
  readonly node: YamlNode;
  /** Built in the frame that counts. */
  condition(frame: Frame): PlanScalar;
  message(count: string): string;
}

async function rowFindings(context: RunContext, source: Source): Promise<readonly Finding[]> {
  const { checked } = context;
  const { asOf } = await context.extents(source.name);
  const findings: Finding[] = [];
  const time = source.time === undefined ? undefined : checked.resolvePath(source.time.text, source.name);
  if (source.time !== undefined && time !== undefined) {
    const { node, text } = source.time;
    findings.push({
      kind: rowsSetAside,
      node,
      condition: (frame) => isNull(frame.lower(time)),
      message: (count) => `${count} of ${source.name} set aside: no ${text}.`,
    });
    if (asOf !== undefined) {
      findings.push({
        kind: rowsSetAside,
        node,
        condition: (frame) => compareTimes('>=', frame.lower(time), dateLiteral(asOf + 1)),
        message: (count) => `${count} of ${source.name} set aside: ${text} is after \`as_of\`.`,
      });
    }
  }
  findings.push(...spellFindings(checked, source, asOf), ...linkFindings(checked, source));
  return findings;
}

function spellFindings(checked: Checked, source: Source, asOf: Day | undefined): readonly Finding[] {
  const { lifespan } = source;
  if (lifespan === undefined) return [];
  let spell: ReturnType<typeof spellOf>;
  try {
    spell = spellOf(checked, source);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
  const { start, end } = spell;
  const missing: Finding = {
    kind: rowsSetAside,
    node: lifespan.start.node,
    condition: (frame) => isNull(frame.lower(start)),
    message: (count) => `${count} of ${source.name} set aside: no ${lifespan.start.text}.`,
  };
  const found = asOf === undefined ? [missing] : [missing, startsLate(source, lifespan, start, asOf)];
  if (lifespan.end === undefined || end.type === 'null') return found;
  const { node, text } = lifespan.end;
  const reversed: Finding = {
    kind: rowsSetAside,
    node,
    condition: (frame) => compareTimes('<=', frame.lower(end), frame.lower(start)),
    message: (count) => `${count} of ${source.name} set aside: ${text} is not after ${lifespan.start.text}.`,
  };
  return [...found, reversed];
}

function startsLate(source: Source, { start }: Lifespan, scalar: Scalar<NameRef>, asOf: Day): Finding {
  return {
    kind: rowsSetAside,
    node: start.node,
    condition: (frame) => compareTimes('>=', frame.lower(scalar), dateLiteral(asOf + 1)),
    message: (count) => `${count} of ${source.name} set aside: ${start.text} is after \`as_of\`.`,
  };
}

function linkFindings(checked: Checked, source: Source): readonly Finding[] {
  return [...source.links.values()].flatMap((link): Finding[] => {
    const mine = link.using.map((pair) => checked.resolvePath(pair.mine.text, source.name));
    const known = mine.filter((scalar) => scalar !== undefined);
    if (known.length === 0 || known.length < mine.length) return [];
    return [
      {
        kind: orphanLink,
        node: link.nameNode,
        condition: (frame) =>
          test(
            'and',
            test('not', frame.reaches([link.name])),
            ...known.map((scalar) => isNotNull(frame.lower(scalar))),
          ),
        message: (count) =>
          `${count} of ${source.name} without a match in ${link.to?.text}: what they reach through \`${link.name}\` is null.`,
      },
    ];
  });
}

/** Links that arrive at more than one row: metrics that use them are refused. */
async function manyArrivals(context: RunContext, source: Source): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const link of source.links.values()) {
    if (await context.arrivesAtOne({ source: source.name, link: link.name })) continue;
    const message = `The link ${link.name} arrives at more than one row of ${link.to?.text}: the columns in \`using\` are not unique there. Metrics that use it are not evaluated.`;
    problems.push(at(linkNotUnique, source, link.nameNode, message));
  }
  return problems;
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
  return [at(nearlyFinished, source, node, message)];
}

const SHOWN_ROWS = 3;

/** Counts the rows that meet a finding's condition and names some of them; nothing where there are none. */
async function counted(context: RunContext, source: Source, finding: Finding): Promise<Problem | undefined> {
  try {
    const select = findingQuery(context, source, finding, 'count');
    const [row] = await run(context, select);
    const count = Number(row?.count ?? 0);
    if (count === 0) return undefined;
    const shown = await run(context, findingQuery(context, source, finding, 'rows'));
    const numbers = shown.map(({ row: number }) => Number(number));
    return at(
      finding.kind,
      source,
      finding.node,
      `${finding.message(rows(count))} ${listed(numbers, count)}`,
    );
  } catch (error) {
    // What cannot be planned has been reported at its own place.
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function findingQuery(context: RunContext, source: Source, finding: Finding, what: 'count' | 'rows'): Select {
  const frame = new Frame(context.checked, context.storage, source.name);
  const condition = finding.condition(frame);
  const base = { from: frame.from, joins: frame.joins, where: [condition] };
  if (what === 'count') {
    return { ...base, keys: [], aggregates: [{ name: 'count', value: { fn: 'count', args: [] } }] };
  }
  return { ...base, keys: [{ name: 'row', value: frame.rowNumber }], aggregates: [], limit: SHOWN_ROWS };
}

/** Rows with one key and different content: all of them count, which is an error. */
async function duplicateKeys(context: RunContext, source: Source): Promise<Problem | undefined> {
  if (source.key === undefined) return undefined;
  const frame = new Frame(context.checked, context.storage, source.name);
  const key = source.key.items.map(({ text }) => context.checked.resolvePath(text, source.name));
  const known = key.filter((scalar) => scalar !== undefined);
  if (known.length === 0 || known.length < key.length) return undefined;
  const columns = known.map((scalar) => frame.lower(scalar));
  const complete = all(columns.map(isNotNull)) ?? literal(true);
  const select: Select = {
    from: frame.from,
    joins: frame.joins,
    where: [complete],
    keys: [],
    aggregates: [
      { name: 'count', value: { fn: 'count', args: [] } },
      { name: 'keys', value: { fn: 'count_distinct', args: columns } },
    ],
  };
  const [row] = await run(context, select);
  const extra = Number(row?.count ?? 0) - Number(row?.keys ?? 0);
  if (extra <= 0) return undefined;
  const named = source.key.items.map(({ text }) => text).join(', ');
  const message = `${rows(extra)} of ${source.name} more than there are values of the key ${named}: rows that differ have one key, and all of them count.`;
  return at(duplicateKey, source, source.key.node, message);
}

/** Survey scores off the scale, at the metric's `value`. */
function offScaleFinding({ metric, total }: MetricResult): readonly Problem[] {
  const count = total?.offScale ?? 0;
  if (count === 0) return [];
  const node = metric.node?.get('value')?.value ?? metric.nameNode;
  const message = `${count === 1 ? '1 score' : `${count} scores`} set aside: off the scale of ${metric.type}.`;
  return [problemOf(rowsSetAside, { file: metric.file, span: node.span }, message)];
}

function run(context: RunContext, select: Select): ReturnType<RunContext['run']> {
  return context.run(renderSelect(select, context.dialect, context.checked.project.settings.timezone));
}

function at(kind: ProblemKind, source: Source, node: YamlNode, message: string): Problem {
  return problemOf(kind, { file: source.file, span: node.span }, message);
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`;
}

function cells(count: number): string {
  return count === 1 ? '1 cell is' : `${count} cells are`;
}

function listed(numbers: readonly number[], count: number): string {
  const more = count > numbers.length ? ', …' : '';
  return `(${numbers.length === 1 ? 'Row' : 'Rows'} ${numbers.join(', ')}${more})`;
}
