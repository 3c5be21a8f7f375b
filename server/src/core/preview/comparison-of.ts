import type { Place } from '../base/span.ts';
import { isMoved } from '../diff/compare-series.ts';
import { definitionText } from '../diff/definition-text.ts';
import { definitionsOf } from '../diff/definitions-of.ts';
import { diffProse, type ItemProse, type ProseLimits, unmeantWords } from '../diff/diff-prose.ts';
import type { Subject as DiffSubject } from '../diff/fact.ts';
import type { MetricEffect } from '../diff/project-diff.ts';
import { type ReportedDiff, type ReportedSide, sideNotes } from '../diff/reported-diff.ts';
import { signedDifference } from '../diff/value-words.ts';
import { formatValue } from '../evaluate/format-value.ts';
import type { Words } from '../ide/prose/prose.ts';
import type { AnyDefinition } from '../model/project.ts';
import { placeIn } from '../workspace.ts';
import type {
  Base,
  ComparedDefinition,
  ComparedHeadline,
  ComparedMetric,
  ComparedTarget,
  Comparison,
  Sides,
} from './comparison.ts';
import { valueShape } from './value-shape.ts';

/** How a face writes the places of a version: those of the version before lie in other files. */
export type PlaceWriter<At> = (side: 'before' | 'after', place: Place) => At;

export interface ComparisonOptions {
  /** What the version after is compared with, where that is a commit. */
  readonly base?: Base;
  /** Only this metric is shown. */
  readonly metric?: string;
  readonly limits?: ProseLimits;
}

/** Far more than anybody reads. */
const LIMITS: ProseLimits = { metrics: 500, others: 500, lines: 50 };

/** A comparison as an editor or a page shows it. */
export function comparisonOf<At>(
  report: ReportedDiff,
  at: PlaceWriter<At>,
  { base, metric, limits = LIMITS }: ComparisonOptions = {},
): Comparison<At> {
  const { diff, before, after } = report;
  // One that alone is asked for is shown, wherever it stands among the others.
  const most = metric === undefined ? limits.metrics : diff.metrics.length;
  const prose = diffProse(diff, { ...limits, metrics: most, apart: true });
  const isShown = ({ affected }: MetricEffect): boolean => metric === undefined || affected.name === metric;
  const metrics = prose.metrics.flatMap((item, index) => {
    const effect = diff.metrics[index];
    return effect === undefined || !isShown(effect) ? [] : [comparedMetric(report, effect, item, at)];
  });
  const targets = diff.flips
    .slice(0, limits.lines)
    .map(({ target, metric: of }, index): ComparedTarget<At> => {
      const definition = after.checked.project.targets.get(target);
      return {
        name: target,
        metric: of,
        words: prose.targets[index] ?? [],
        at: definition === undefined ? null : placeAt(report, 'after', definition, at),
      };
    });
  return {
    kind: 'comparison',
    base: base ?? null,
    metric: metric ?? null,
    before: before.name,
    after: after.name,
    summary: prose.summary,
    metrics,
    others:
      metric === undefined
        ? prose.others.map((item) => comparedDefinition(report, item.subject, item, undefined, at))
        : [],
    targets: targets.filter((target) => metric === undefined || target.metric === metric),
    examples: metric === undefined ? prose.examples : [],
    notes: [...prose.notes, ...leftTargets(diff.flips.length - limits.lines), ...sideNotes(report)],
    unavailable: null,
  };
}

function leftTargets(count: number): readonly Words[] {
  if (count <= 0) return [];
  return [
    [
      `${count} target${count === 1 ? '' : 's'} more with another status ${count === 1 ? 'is' : 'are'} not shown.`,
    ],
  ];
}

/** A comparison that there is not, and why. */
export function noComparison<At>(base: Base, metric: string | null, unavailable: string): Comparison<At> {
  const empty = { metrics: [], others: [], targets: [], examples: [], notes: [], summary: [] };
  const [before, after] = [base.ref, 'the working tree'];
  return { kind: 'comparison', base, metric, before, after, ...empty, unavailable };
}

function comparedMetric<At>(
  report: ReportedDiff,
  effect: MetricEffect,
  item: ItemProse,
  at: PlaceWriter<At>,
): ComparedMetric<At> {
  const { before, after } = report;
  const { affected, label, isUnmeant, totals, largest, compared, moved } = effect;
  const now = after.checked.project.metrics.get(affected.name);
  const shown = now === undefined ? before : after;
  return {
    ...comparedDefinition(report, { kind: 'metric', name: affected.name }, item, affected.was, at),
    name: affected.name,
    was: affected.was ?? null,
    label,
    shape: valueShape(shown.checked, shown.checked.project.metrics.get(affected.name)),
    unmeant: isUnmeant ? unmeantWords(effect) : null,
    effects: item.effects,
    headline: comparedHeadline(effect),
    totals,
    largest: largest ?? null,
    compared,
    moved,
  };
}

function comparedHeadline({ last, format }: MetricEffect): ComparedHeadline | null {
  const latest = last.at(-1);
  if (latest === undefined) return null;
  const { period, before, after, change } = latest;
  return {
    period,
    before: formatValue(before, format),
    after: formatValue(after, format),
    change: change === null ? null : signedDifference(change, format),
    isMoved: isMoved(latest),
  };
}

function comparedDefinition<At>(
  report: ReportedDiff,
  subject: DiffSubject,
  item: ItemProse,
  was: string | undefined,
  at: PlaceWriter<At>,
): ComparedDefinition<At> {
  const definitions: Sides<AnyDefinition | undefined> = {
    before: definitionIn(report.before, subject, was ?? oldName(report, subject)),
    after: definitionIn(report.after, subject, subject.name),
  };
  return {
    subject,
    class: item.class,
    changes: item.changes,
    at: sides((side) => {
      const definition = definitions[side];
      return definition === undefined ? null : placeAt(report, side, definition, at);
    }),
    text: sides((side) => {
      const definition = definitions[side];
      return definition === undefined ? null : definitionText(report[side], definition);
    }),
  };
}

function sides<T>(of: (side: 'before' | 'after') => T): Sides<T> {
  return { before: of('before'), after: of('after') };
}

function oldName({ diff, before }: ReportedDiff, { kind, name }: DiffSubject): string {
  if (kind === 'settings') return name;
  const names = [...definitionsOf(before, kind).keys()];
  return names.find((old) => (diff.renames.of(kind, old) ?? old) === name) ?? name;
}

function definitionIn(side: ReportedSide, { kind }: DiffSubject, name: string): AnyDefinition | undefined {
  return kind === 'settings' ? undefined : definitionsOf(side, kind).get(name);
}

function placeAt<At>(
  report: ReportedDiff,
  side: 'before' | 'after',
  { file, nameNode }: AnyDefinition,
  at: PlaceWriter<At>,
): At {
  return at(side, placeIn(report[side].loaded.texts, { file, span: nameNode.span }));
}
