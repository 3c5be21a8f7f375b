import type { Day } from '../base/period.ts';
import type { Problem, ProblemKind } from '../base/problem.ts';
import type { Place } from '../base/span.ts';
import type { AffectedMetric } from '../diff/affected.ts';
import type { MetricEffect } from '../diff/project-diff.ts';
import type { ProjectFacts } from '../diff/project-facts.ts';
import type { DiffSide } from '../diff/side.ts';
import type { ProjectCodeOwners } from './code-owners.ts';

/** What rules about changes look at: two versions of a project, and in what they differ. */
export interface PolicyContext {
  readonly before: DiffSide;
  readonly after: DiffSide;
  readonly known: ProjectFacts;
  readonly affected: readonly AffectedMetric[];
  /** What the change does to values; `undefined` where nothing asked for them. */
  readonly effects: readonly MetricEffect[] | undefined;
  /** What `CODEOWNERS` says in the version before, as a change must not choose whom to ask; `undefined` where there is none. */
  readonly codeOwners: ProjectCodeOwners | undefined;
  /** The day on which the change is looked at. */
  readonly today: Day;
}

/** Says that a change breaks a rule, at a place in the files of the version after. */
export type PolicyReport = (place: Place, message: string, more?: Pick<Problem, 'related'>) => void;

/** One rule about changes: what it is called, how it is explained, and how it is checked. */
export interface PolicyRule extends ProblemKind {
  check(context: PolicyContext, report: PolicyReport): void;
}
