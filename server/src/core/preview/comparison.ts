import type { Place } from '../base/span.ts';
import type { ValueChange } from '../diff/compare-series.ts';
import type { ChangeClass, Subject as DiffSubject } from '../diff/fact.ts';
import type { Words } from '../ide/prose/prose.ts';
import type { ValueShape } from './preview.ts';

/** Which version a project is compared with. */
export interface Base {
  /** A branch, tag or commit, as git reads it: `HEAD`, `main`, `v1`. */
  readonly ref: string;
  /** Whether it is compared with the last commit that `ref` and the last commit here have in common: what was changed since a branch left it. */
  readonly mergeBase: boolean;
}

/** Two versions of a project side by side: what changed by meaning, whom it reaches, and what it does to the numbers. */
export interface Comparison<At = Place> {
  readonly kind: 'comparison';
  /** What `after` is compared with; null where the versions are no commit and a working tree. */
  readonly base: Base | null;
  /** The metric that alone is shown; null where all are. */
  readonly metric: string | null;
  /** As people call the versions. */
  readonly before: string;
  readonly after: string;
  /** One line: how much changed, and how gravely. */
  readonly summary: Words;
  /** The metrics that a change reaches, the most urgent first. */
  readonly metrics: readonly ComparedMetric<At>[];
  /** Changed definitions that are none of these. */
  readonly others: readonly ComparedDefinition<At>[];
  /** Targets that have another status. */
  readonly targets: readonly ComparedTarget<At>[];
  /** Examples that fail now. */
  readonly examples: readonly Words[];
  /** What has to be known to read it: data that changed or come from elsewhere, errors, what is left out. */
  readonly notes: readonly Words[];
  /** Why there is none, in words for users; null where there is one. */
  readonly unavailable: string | null;
}

/** A definition that changed, or that a change reaches. */
export interface ComparedDefinition<At = Place> {
  readonly subject: DiffSubject;
  readonly class: ChangeClass;
  /** What changed: of its own text, and of what it rests on. */
  readonly changes: readonly Words[];
  /** Where its name stands; null in a version that does not have it. */
  readonly at: Sides<At | null>;
  /** As it is written, in YAML; null in a version that does not have it. */
  readonly text: Sides<string | null>;
}

/** Something in the version before and in the version after. */
export interface Sides<T> {
  readonly before: T;
  readonly after: T;
}

export interface ComparedMetric<At = Place> extends ComparedDefinition<At> {
  readonly name: string;
  /** Its name before; null where it is new. */
  readonly was: string | null;
  readonly label: string;
  readonly shape: ValueShape;
  /** What became of it though nobody changed its text, such as "its values moved, and nobody changed its text"; null where somebody did, or nothing did. */
  readonly unmeant: string | null;
  /** What the changes do to its numbers, in words. */
  readonly effects: readonly Words[];
  /** Its value in the last period that is complete on both sides, ready to be read; null where there is none. */
  readonly headline: ComparedHeadline | null;
  /** All periods that are complete on both sides, oldest first, in total. */
  readonly totals: readonly ValueChange[];
  /** The greatest change over all periods and groups; null where no value moved. */
  readonly largest: ValueChange | null;
  /** How many values of periods and groups there are on both sides, and how many of them are others. */
  readonly compared: number;
  readonly moved: number;
}

/** A value before and after, as people read it. */
export interface ComparedHeadline {
  readonly period: string;
  readonly before: string;
  readonly after: string;
  /** With its sign; null where one of the two is no number. */
  readonly change: string | null;
  readonly isMoved: boolean;
}

/** A target whose status is another than before. */
export interface ComparedTarget<At = Place> {
  readonly name: string;
  readonly metric: string;
  readonly words: Words;
  readonly at: At | null;
}
