import type { AnyDefinition, DefinitionKind } from '../model/project.ts';
import { type AffectedMetric, affectedMetrics, mayMove } from './affected.ts';
import { definitionText } from './definition-text.ts';
import { definitionsOf } from './definitions-of.ts';
import type { Fact, Subject } from './fact.ts';
import { projectFacts } from './project-facts.ts';
import type { DiffSide } from './side.ts';

/** What the change of one definition does, as far as it is known without data. */
export interface ChangesOf {
  /** What it says otherwise; empty where it only says the same in other words. */
  readonly facts: readonly Fact[];
  /** The metrics whose values can be others by it, in the order of the files, itself among them. */
  readonly reached: readonly string[];
}

/** Tells of each definition what its change does to the metrics of a project. */
export function changesBetween(before: DiffSide, after: DiffSide): (subject: Subject) => ChangesOf {
  const known = projectFacts(before, after);
  const affected = affectedMetrics(before, after, known, new Set());
  return ({ kind, name }) => {
    const isAbout = ({ subject }: Fact): boolean => subject.kind === kind && subject.name === name;
    const isReached = (metric: AffectedMetric): boolean =>
      mayMove(metric) && (metric.own.some(isAbout) || metric.causes.some(({ fact }) => isAbout(fact)));
    return {
      facts: known.facts.filter(isAbout),
      reached: affected.filter(isReached).map((metric) => metric.name),
    };
  };
}

/** Whether a definition is written otherwise than in the version before, be it only in its spelling, or is new. */
export function isWrittenOtherwise(
  before: DiffSide,
  after: Pick<DiffSide, 'loaded'>,
  definition: AnyDefinition,
): boolean {
  const kind: DefinitionKind = definition.definition;
  const was = definitionsOf(before, kind).get(definition.name);
  return was === undefined || definitionText(before, was) !== definitionText(after, definition);
}

/** So many metrics are named. */
const MOST_NAMED = 3;

/**
 * What a change does, to be read above the definition.
 *
 * @param changes `undefined` where that is not known before somebody asks
 * @param moved how many of the reached metrics have other values, where that was computed
 */
export function changesTitle(changes: ChangesOf | undefined, moved: number | undefined): string {
  const question = 'what changes if I commit this';
  if (changes === undefined) return question;
  return `${question}: ${effectTitle(changes.facts.length, changes.reached, moved)}`;
}

function effectTitle(facts: number, reached: readonly string[], moved: number | undefined): string {
  if (facts === 0) return 'nothing by meaning';
  if (reached.length === 0) return 'no number';
  if (moved !== undefined)
    return `the values of ${moved} of ${reached.length} metric${reached.length === 1 ? '' : 's'}`;
  const named = reached.slice(0, MOST_NAMED).join(', ');
  const more = reached.length - MOST_NAMED;
  return more > 0 ? `${named} and ${more} more` : named;
}
