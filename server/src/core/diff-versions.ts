import { formatPeriod } from './base/period.ts';
import { type AffectedMetric, affectedMetrics, isAboutNumbers, mayMove } from './diff/affected.ts';
import { clauseEffects, sourceRows } from './diff/clause-effects.ts';
import { type Corners, compareSeries, isMoved, isOtherHeadline } from './diff/compare-series.ts';
import { writtenOnALine } from './diff/definition-text.ts';
import { CHANGE_CLASSES, type Fact } from './diff/fact.ts';
import type { ExampleFailure, MetricEffect, ProjectDiff, TargetFlip } from './diff/project-diff.ts';
import { type ProjectFacts, projectFacts } from './diff/project-facts.ts';
import type { Renames } from './diff/renames.ts';
import { changedData } from './diff-versions/changed-data.ts';
import { type Corner, type CornerRequest, type CornerWork, evaluateCorner } from './diff-versions/corner.ts';
import { mixedVersion, type OpenVersion } from './diff-versions/version.ts';
import type { TargetResult } from './evaluate/evaluate-targets.ts';
import { metricFormat } from './evaluate/metric-format.ts';
import type { ExampleResult } from './evaluate/run-examples.ts';
import { labelOf } from './model/label-of.ts';

/** What a comparison runs with. */
export interface DiffWork extends CornerWork {
  /** Told before each pair of definitions and data that is evaluated, in words for users. */
  readonly progress?: (text: string) => void;
}

/**
 * Compares two versions of a project, and evaluates on both sides the metrics that the changes reach, and no other. Where definitions
 * and data changed, each is evaluated under the other version's too, so that their effects are told apart. Rejects with `EngineFailure`
 * and `Cancelled`.
 */
export async function diffVersions(
  before: OpenVersion,
  after: OpenVersion,
  work: DiffWork,
): Promise<ProjectDiff> {
  const known = projectFacts(before, after);
  const { facts, renames } = known;
  const data = await changedData(before, after, renames);
  const affected = affectedMetrics(before, after, known, data);
  const plan = planOf(before, after, facts, renames, affected);
  const corners = await evaluateAll(before, after, plan, work);
  const metrics = affected.map((metric) => effectOf(before, after, metric, corners, renames));
  return {
    facts,
    renames,
    data: [...data],
    dataRows: rowsOf(before, data, corners, renames),
    metrics: metrics.toSorted(byUrgency),
    flips: flipsOf(corners, renames),
    failures: failuresOf(before, after, corners, renames),
    counts: {
      metrics: after.checked.project.metrics.size,
      evaluated: plan.after.metrics.length,
      corners: Object.values(corners).filter((corner) => corner !== undefined).length,
    },
  };
}

/** What is evaluated of each version, and which metrics are evaluated in the mixed corners too. */
interface Plan {
  readonly before: CornerRequest;
  readonly after: CornerRequest;
  /** Metrics for which definitions and data changed, with their names before and after. */
  readonly both: readonly { readonly was: string; readonly name: string }[];
}

function planOf(
  before: OpenVersion,
  after: OpenVersion,
  facts: readonly Fact[],
  renames: Renames,
  affected: readonly AffectedMetric[],
): Plan {
  const moving = affected.filter(mayMove);
  const old = moving.flatMap(({ was }) => was ?? []);
  const names = moving.map(({ name }) => name);
  // A new metric has nothing to be compared with; its value, examples and targets are looked at.
  const compared = moving.filter(({ was }) => was !== undefined);
  const told = (metric: AffectedMetric): boolean => metric.own.some(({ path }) => path.includes('where'));
  const funnels = compared.filter(told);
  const targets = targetsToJudge(before, after, { facts, renames }, new Set(names));
  const changedExamples = affected.filter(({ own }) => own.some(({ path }) => path[0] === 'examples'));
  const examples = [...new Set([...moving, ...changedExamples])];
  return {
    before: {
      metrics: old,
      funnels: funnels.flatMap(({ was }) => was ?? []),
      targets: targets.before,
      examples: examples.flatMap(({ was }) => was ?? []),
    },
    after: {
      metrics: names,
      funnels: funnels.map(({ name }) => name),
      targets: targets.after,
      examples: examples.map(({ name }) => name),
    },
    both: compared
      .filter((metric) => definitionMoved(metric) && metric.data.length > 0)
      .map(({ was = '', name }) => ({ was, name })),
  };
}

/** The targets of metrics that may move, and those that ask for something else, by their names in each version. */
function targetsToJudge(
  before: OpenVersion,
  after: OpenVersion,
  { facts, renames }: ProjectFacts,
  moving: ReadonlySet<string>,
): { readonly before: readonly string[]; readonly after: readonly string[] } {
  const goals = new Set(
    facts.flatMap(({ subject, change }) =>
      subject.kind === 'target' && change !== 'removed' ? [subject.name] : [],
    ),
  );
  const wanted = [...after.checked.project.targets.values()].flatMap(({ name, metric }) =>
    goals.has(name) || moving.has(metric?.text ?? '') ? [name] : [],
  );
  const old = [...before.checked.project.targets.keys()].filter((name) =>
    wanted.includes(renames.of('target', name) ?? name),
  );
  return { before: old, after: wanted };
}

/** Whether something in the text, its own or below it, can have moved a metric. */
function definitionMoved({ own, causes }: AffectedMetric): boolean {
  return causes.length > 0 || own.some(isAboutNumbers);
}

/** What came of each pair of definitions and data; `undefined` where nothing asked for it. */
interface AllCorners {
  readonly before: Corner | undefined;
  readonly definition: Corner | undefined;
  readonly data: Corner | undefined;
  readonly after: Corner | undefined;
}

async function evaluateAll(
  before: OpenVersion,
  after: OpenVersion,
  plan: Plan,
  work: DiffWork,
): Promise<AllCorners> {
  const none = { before: undefined, definition: undefined, data: undefined, after: undefined };
  const wants = ({ metrics, targets, examples }: CornerRequest): boolean =>
    metrics.length + targets.length + examples.length > 0;
  if (!wants(plan.before) && !wants(plan.after)) return none;
  const { kinds, signal, progress } = work;
  const bare = { funnels: [], targets: [], examples: [] };
  progress?.('Evaluating the version before');
  const old = await evaluateCorner(before, plan.before, work);
  let [definition, data]: (Corner | undefined)[] = [];
  if (plan.both.length > 0) {
    progress?.('Evaluating the new definitions on the old data');
    const newOnOld = await mixedVersion(after, before, kinds, signal);
    definition = await evaluateCorner(
      newOnOld,
      { ...bare, metrics: plan.both.map(({ name }) => name) },
      work,
    );
    progress?.('Evaluating the old definitions on the new data');
    const oldOnNew = await mixedVersion(before, after, kinds, signal);
    data = await evaluateCorner(oldOnNew, { ...bare, metrics: plan.both.map(({ was }) => was) }, work);
  }
  progress?.('Evaluating the version after');
  return { before: old, definition, data, after: await evaluateCorner(after, plan.after, work) };
}

function rowsOf(
  { checked }: OpenVersion,
  data: ReadonlySet<string>,
  all: AllCorners,
  renames: Renames,
): ProjectDiff['dataRows'] {
  const oldNames = new Map(
    [...checked.project.sources.keys()].map((name) => [renames.of('source', name) ?? name, name]),
  );
  return [...data].flatMap((source) => {
    const old = all.before?.evaluator.data.tables.get(oldNames.get(source) ?? source);
    const now = all.after?.evaluator.data.tables.get(source);
    const isRead = old?.problem === undefined && now?.problem === undefined;
    return old === undefined || now === undefined || !isRead
      ? []
      : [{ source, before: old.rows, after: now.rows }];
  });
}

function effectOf(
  before: OpenVersion,
  after: OpenVersion,
  affected: AffectedMetric,
  all: AllCorners,
  renames: Renames,
): MetricEffect {
  const { name, was = '' } = affected;
  const corners: Corners = {
    before: all.before?.metrics.get(was),
    definition: all.definition?.metrics.get(name),
    data: all.data?.metrics.get(was),
    after: all.after?.metrics.get(name),
    moved: { definition: definitionMoved(affected), data: affected.data.length > 0 },
  };
  const comparison = compareSeries(corners, renames);
  const [old, now] = [all.before?.funnels.get(was), all.after?.funnels.get(name)];
  const metric = after.checked.project.metrics.get(name) ?? before.checked.project.metrics.get(was);
  // Another name, or another direction, moves no value.
  const isMeant = affected.own.some((fact) => isAboutNumbers(fact) && fact.path[0] !== 'better');
  const refused = { before: corners.before?.refused ?? null, after: corners.after?.refused ?? null };
  const grain = { before: corners.before?.grain ?? null, after: corners.after?.grain ?? null };
  const isOther =
    comparison.moved > 0 ||
    (refused.after !== null && refused.before === null) ||
    (grain.before === grain.after && isOtherHeadline(comparison.headline));
  return {
    ...comparison,
    affected,
    label: metric === undefined ? name : labelOf(metric),
    format: metric === undefined ? { unit: 'number' } : metricFormat(after.checked, metric),
    isUnmeant: isOther && !isMeant && affected.causes.length > 0,
    grain,
    refused,
    lost: lostBreakdowns(corners, renames),
    clauses: old === undefined || now === undefined ? [] : clauseEffects(old, now),
    rows: old === undefined || now === undefined ? [] : sourceRows(old, now),
  };
}

function lostBreakdowns({ before, after }: Corners, renames: Renames): MetricEffect['lost'] {
  const had = new Set(
    (before?.breakdowns ?? []).flatMap(({ by }) => by.map((name) => renames.of('segment', name) ?? name)),
  );
  return (after?.refusedBreakdowns ?? [])
    .filter(({ by }) => by.every((name) => had.has(name)))
    .map(({ by, refused }) => ({ by: by.join(', '), reason: refused }));
}

/**
 * What nobody meant first: of it what cannot be computed any more, then what moved in total. Of the rest too what cannot be computed any
 * more, then by class, what moved in total, and by how many values moved.
 */
function byUrgency(one: MetricEffect, other: MetricEffect): number {
  const rank = ({ isUnmeant, refused, affected, moved, compared, last }: MetricEffect): readonly number[] => {
    const isOther = last.some(isMoved) ? 0 : 1;
    return [
      isUnmeant ? 0 : 1,
      refused.after !== null && refused.before === null ? 0 : 1,
      isUnmeant ? isOther : 1,
      CHANGE_CLASSES.indexOf(affected.class),
      isOther,
      compared === 0 ? 0 : -moved / compared,
    ];
  };
  const [left, right] = [rank(one), rank(other)];
  const at = left.findIndex((value, index) => value !== right[index]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

function flipsOf({ before, after }: AllCorners, renames: Renames): readonly TargetFlip[] {
  const old = new Map(
    [...(before?.targets ?? [])].map(([name, result]) => [renames.of('target', name) ?? name, result]),
  );
  return [...(after?.targets ?? [])].flatMap(([name, result]) => {
    const [was, is] = [statusOf(old.get(name)), statusOf(result)];
    const same = was?.period === is?.period && was?.status === is?.status;
    // What is new has no status to flip from.
    return same || !old.has(name)
      ? []
      : [{ target: name, metric: result.target.metric?.text ?? '', before: was, after: is }];
  });
}

function statusOf(result: TargetResult | undefined): TargetFlip['before'] {
  const current = result?.current;
  return current === undefined ? null : { period: formatPeriod(current.period), status: current.status };
}

/** Examples are known again by what they say, wherever they stand among others; one that says something else in its place is the same too. */
function failuresOf(
  before: OpenVersion,
  after: OpenVersion,
  corners: AllCorners,
  renames: Renames,
): readonly ExampleFailure[] {
  const textOf = (side: OpenVersion, { metric: { file }, example }: ExampleResult): string =>
    writtenOnALine(side, { file, span: example.node.span });
  const now = corners.after?.examples ?? [];
  const texts = new Set(now.map((result) => `${result.metric.name} ${textOf(after, result)}`));
  const failed = new Set(
    (corners.before?.examples ?? []).flatMap((result) => {
      if (result.passed) return [];
      const name = renames.of('metric', result.metric.name) ?? result.metric.name;
      const text = `${name} ${textOf(before, result)}`;
      return texts.has(text) ? [text] : [placeKey(name, result.index)];
    }),
  );
  return now
    .filter(
      (result) =>
        !result.passed &&
        !failed.has(`${result.metric.name} ${textOf(after, result)}`) &&
        !failed.has(placeKey(result.metric.name, result.index)),
    )
    .map(({ metric, index, expected, computed, refused }) => ({
      metric: metric.name,
      number: index + 1,
      expected,
      computed: computed?.value ?? null,
      refused: refused ?? null,
    }));
}

/** Stands for a place among the examples of a metric; no text of one is like it. */
function placeKey(metric: string, index: number): string {
  return `${metric}\u0000${index}`;
}
