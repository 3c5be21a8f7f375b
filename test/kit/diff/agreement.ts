import { mayMove } from '../../../server/src/core/diff/affected.ts';
import type { MetricEffect, ProjectDiff } from '../../../server/src/core/diff/project-diff.ts';
import type { Renames } from '../../../server/src/core/diff/renames.ts';
import type { Scratch, ScratchMetric, ScratchValue } from './from-scratch.ts';

/** How a comparison holds against both of its versions evaluated whole. */
export interface Agreement {
  /** Metrics that both versions have, those of them that are others in anything, and those that were evaluated by the comparison. */
  readonly metrics: number;
  readonly others: number;
  readonly evaluated: number;
  /** Values of complete periods that the comparison and the evaluations were held against each other by, and those that moved. */
  readonly values: number;
  readonly moved: number;
  /** What they do not agree on, in words; nothing where all is well. */
  readonly disagreements: readonly string[];
}

/** Holds what a comparison says against two evaluations of everything, which know nothing of each other. */
export function agreementOf(diff: ProjectDiff, before: Scratch, after: Scratch): Agreement {
  const { renames } = diff;
  const effects = new Map(diff.metrics.map((effect) => [effect.affected.name, effect]));
  const sum = { metrics: 0, others: 0, evaluated: 0, values: 0, moved: 0 };
  const wrong: string[] = [];
  const old = new Map(
    [...before.metrics].map(([name, metric]) => [renames.of('metric', name) ?? name, metric]),
  );
  for (const [name, now] of after.metrics) {
    const was = old.get(name);
    const effect = effects.get(name);
    const isEvaluated = effect !== undefined && mayMove(effect.affected);
    if (was === undefined) {
      if (!isEvaluated) wrong.push(`${name} is new, and is not told`);
      continue;
    }
    const seen = inNewNames(was, renames);
    const isOther = allOf(seen) !== allOf(now);
    sum.metrics += 1;
    if (isOther) sum.others += 1;
    if (isEvaluated) sum.evaluated += 1;
    if (!isEvaluated) {
      if (isOther)
        wrong.push(`${name} is another than before, and was not evaluated: ${firstOther(seen, now)}`);
      continue;
    }
    const { changes, words } = comparedWith(effect, seen, now);
    sum.values += changes.length;
    sum.moved += changes.filter(isMoved).length;
    wrong.push(...words.map((text) => `${name}: ${text}`));
  }
  wrong.push(...ofTargets(diff, before, after), ...ofExamples(diff, before, after));
  return { ...sum, disagreements: wrong };
}

interface Change {
  readonly by: readonly string[];
  readonly period: string;
  readonly group: readonly string[];
  readonly before: number | null;
  readonly after: number | null;
}

function isMoved({ before, after }: Change): boolean {
  return digits(before) !== digits(after) && !isNear(before, after);
}

function isNear(one: number | null, other: number | null): boolean {
  if (one === null || other === null) return one === other;
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
}

/** A value but for its last digits. */
function digits(value: number | null): string {
  return value === null ? 'none' : value.toPrecision(9);
}

function allOf({ refused, grain, refusedBreakdowns, values }: ScratchMetric): string {
  const seen = values.map(
    ({ by, period, group, value, n, low, high, isComplete }) =>
      `${JSON.stringify([by, period, group])} ${digits(value)} ${n} ${digits(low)} ${digits(high)} ${isComplete}`,
  );
  return [refused, grain, ...refusedBreakdowns, ...seen.sort()].join('\n');
}

function firstOther(was: ScratchMetric, now: ScratchMetric): string {
  const [old, fresh] = [allOf(was).split('\n'), allOf(now).split('\n')];
  const at = fresh.findIndex((line, index) => line !== old[index]);
  return `${old[at] ?? 'nothing'} before, ${fresh[at] ?? 'nothing'} after`;
}

function inNewNames(metric: ScratchMetric, renames: Renames): ScratchMetric {
  const named = (name: string): string => renames.of('segment', name) ?? name;
  return {
    ...metric,
    breakdowns: metric.breakdowns.map(named),
    refusedBreakdowns: metric.refusedBreakdowns.map(named),
    values: metric.values.map((value) => ({ ...value, by: value.by.map(named) })),
  };
}

/** Every period that is complete in both, with every group that one of them has. */
function changesBetween(was: ScratchMetric, now: ScratchMetric): readonly Change[] {
  if (was.grain !== now.grain) return [];
  const key = ({ by, period, group }: Pick<ScratchValue, 'by' | 'period' | 'group'>): string =>
    JSON.stringify([by, period, group]);
  const [old, fresh] = [was, now].map(({ values }) => new Map(values.map((value) => [key(value), value])));
  const complete = ({ values }: ScratchMetric): ReadonlySet<string> =>
    new Set(
      values.flatMap(({ by, period, isComplete }) => (isComplete ? [JSON.stringify([by, period])] : [])),
    );
  const [whole, alsoWhole] = [complete(was), complete(now)];
  const places = new Map([...was.values, ...now.values].map((value) => [key(value), value]));
  return [...places].flatMap(([place, { by, period, group }]) => {
    const span = JSON.stringify([by, period]);
    if (!whole.has(span) || !alsoWhole.has(span)) return [];
    return [
      { by, period, group, before: old?.get(place)?.value ?? null, after: fresh?.get(place)?.value ?? null },
    ];
  });
}

function comparedWith(
  effect: MetricEffect,
  was: ScratchMetric,
  now: ScratchMetric,
): { readonly changes: readonly Change[]; readonly words: readonly string[] } {
  const changes = changesBetween(was, now);
  const moved = changes.filter(isMoved);
  const words: string[] = [];
  const same = (what: string, told: unknown, scratch: unknown): void => {
    if (JSON.stringify(told) !== JSON.stringify(scratch))
      words.push(`${what} is ${JSON.stringify(told)}, and ${JSON.stringify(scratch)} from scratch`);
  };
  same('why it has no values', effect.refused, { before: was.refused, after: now.refused });
  same(
    'what it cannot be broken down by any more',
    effect.lost.map(({ by }) => by),
    now.refusedBreakdowns.filter((by) => was.breakdowns.includes(by)),
  );
  same('the number of values', effect.compared, changes.length);
  same('the number of values that moved', effect.moved, moved.length);
  const totals = changes.filter(({ by }) => by.length === 0).map(shown);
  same('the total', effect.totals.map(shown), totals);
  same('the headline', headlineOf(effect.headline.after), lastOf(now));
  same('the headline before', headlineOf(effect.headline.before), lastOf(was));
  words.push(...ofLargest(effect.largest, moved));
  return { changes, words };
}

function shown({ period, before, after }: Pick<Change, 'period' | 'before' | 'after'>): string {
  return `${period} ${digits(before)} ${digits(after)}`;
}

/** What is told to be the largest change is one, and none is larger. */
function ofLargest(largest: MetricEffect['largest'], moved: readonly Change[]): readonly string[] {
  if (largest === undefined) return moved.length === 0 ? [] : ['no change is told to be the largest'];
  const { group, period } = largest;
  const [by, labels] = [Object.keys(group).join(), Object.values(group).join()];
  const at = moved.find(
    (one) => one.period === period && one.by.join() === by && one.group.join() === labels,
  );
  if (at === undefined || shown(at) !== shown(largest))
    return [`the largest change is ${shown(largest)}, and ${at ? shown(at) : 'none'} from scratch`];
  return sizeOf(at) < Math.max(...moved.map(sizeOf)) * (1 - 1e-9)
    ? [`${shown(at)} is not the largest change`]
    : [];
}

function sizeOf({ before, after }: Change): number {
  return before === null || after === null ? Number.MAX_VALUE : Math.abs(after - before);
}

function headlineOf(headline: MetricEffect['headline']['after']): string | null {
  return headline && `${headline.period} ${digits(headline.value)}`;
}

/** The last complete period of the total. */
function lastOf({ values }: ScratchMetric): string | null {
  const last = values.findLast(({ by, isComplete }) => by.length === 0 && isComplete);
  return last === undefined ? null : `${last.period} ${digits(last.value)}`;
}

function ofTargets({ flips, renames }: ProjectDiff, before: Scratch, after: Scratch): readonly string[] {
  const told = new Map(
    flips.map((flip) => [flip.target, [flip.before, flip.after].map(flipText).join(', then ')]),
  );
  const old = new Map(
    [...before.targets].map(([name, status]) => [renames.of('target', name) ?? name, status]),
  );
  const flipped = [...after.targets].flatMap(([name, status]) => {
    const was = old.get(name);
    return was === undefined || was === status ? [] : [`${name}: ${was ?? 'none'}, then ${status ?? 'none'}`];
  });
  const said = [...told].map(([name, text]) => `${name}: ${text}`);
  return said.sort().join() === flipped.sort().join()
    ? []
    : [`the statuses ${said.join('; ')} are told, and ${flipped.join('; ')} are others`];
}

function flipText(side: ProjectDiff['flips'][number]['before']): string {
  return side === null ? 'none' : `${side.status} in ${side.period}`;
}

function ofExamples({ failures, renames }: ProjectDiff, before: Scratch, after: Scratch): readonly string[] {
  const old = new Set(
    [...before.failing].map((text) => {
      const [name = '', number = ''] = text.split(' ');
      return `${renames.of('metric', name) ?? name} ${number}`;
    }),
  );
  const broken = [...after.failing].filter((text) => !old.has(text)).sort();
  const told = failures.map(({ metric, number }) => `${metric} ${number}`).sort();
  return told.join() === broken.join()
    ? []
    : [`the examples ${told.join(', ')} are told to fail now, and ${broken.join(', ')} do`];
}
