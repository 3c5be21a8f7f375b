import type { Grain } from '../base/period.ts';
import type { Place } from '../base/span.ts';
import type { ValueType } from '../base/value-type.ts';
import type { Lineage } from '../check/lineage.ts';
import type { MetricSql } from '../evaluate/metric-sql.ts';
import type { ColumnProfile, SegmentSizes, SourceProfile } from '../evaluate/numbers.ts';
import type { Overlap } from '../evaluate/overlaps-in.ts';
import type { MetricDocument, NumberDocument, TargetDocument } from '../evaluate/result.ts';
import type { RowPlace } from '../evaluate/row-words.ts';
import type { TargetStatus } from '../evaluate/target-status.ts';
import type { Block } from '../ide/prose/prose.ts';
import type { Comparison } from './comparison.ts';
import type { ExplanationBy } from './explanations.ts';
import type { FunnelDocument, RowsDocument } from './metric-documents.ts';
import type { MetricPicture } from './pictures/picture.ts';
import type { CountedNoun } from './rests-on.ts';

/**
 * What previews show, as plain data: an editor draws it, a report prints it. `At` is how places are written. Values are stored
 * values (percentages as fractions, times in their unit); `ValueShape` says how to write them. Sections that are not there yet, or cannot be, are
 * absent: those of a metric arrive one by one.
 */
export type Preview<At = Place> =
  | MetricPreview<At>
  | SegmentPreview<At>
  | TargetPreview<At>
  | SourcePreview<At>
  | Scorecard<At>
  | JourneyMap<At>
  | Comparison<At>;

/** A preview of one definition. */
export type DefinitionPreview<At = Place> = Extract<Preview<At>, { readonly about: unknown }>;

/** What every definition has. */
export interface About<At = Place> {
  readonly name: string;
  readonly label: string;
  /** The definition in words. */
  readonly words: readonly Block[];
  readonly description: string | null;
  readonly why: string | null;
  readonly owner: string | null;
  readonly tags: readonly string[];
  readonly version: number;
  readonly changes: readonly { readonly version: number; readonly date: string; readonly note: string }[];
  readonly at: At;
  /** Why there are no values, in words for users; null where there are. */
  readonly unavailable: string | null;
}

/** How values of a metric are written. */
export interface ValueShape {
  readonly unit: string;
  readonly decimals: number;
  readonly currency: string | null;
  readonly better: 'higher' | 'lower' | 'neutral';
}

export interface MetricPreview<At = Place> {
  readonly kind: 'metric';
  readonly about: About<At>;
  readonly type: string | null;
  readonly status: 'draft' | 'active' | 'deprecated';
  readonly shape: ValueShape;
  /** What its values rest on. */
  readonly restsOn: CountedNoun;
  /** What can be chosen: breakdowns by segment or by a column of its source, and grains not finer than the data allow. */
  readonly choices: { readonly by: readonly Choice[]; readonly grains: readonly Grain[] };
  /** What was chosen: the breakdown shown, and the grain. */
  readonly by: string | null;
  readonly grain: Grain | null;
  /** Values of the total first, then those of each group of `by`. */
  readonly result?: MetricDocument;
  /**
   * In place of one breakdown, each of the metric's own segments: `result` has the groups of all of them. Absent where one
   * is shown.
   */
  readonly breakdowns?: readonly MetricBreakdown[];
  /** How many groups are not among the values, those with the fewest rows in the headline's period; absent where all are. */
  readonly omittedGroups?: number;
  readonly targets?: readonly TargetPath[];
  readonly benchmarks?: readonly BenchmarkLine[];
  /** Null where its type has none. */
  readonly picture?: MetricPicture | null;
  /** Why the headline moved: by what is shown, or by each of the metric's own segments. */
  readonly explanations?: readonly ExplanationBy[];
  /** Null where the metric has no value. */
  readonly funnel?: FunnelDocument<At> | null;
  readonly rows?: readonly RowsDocument[];
  readonly sql?: readonly MetricSql[];
  readonly lineage?: Lineage<At>;
}

export interface MetricBreakdown {
  /** A segment, as `by` of a request takes it. */
  readonly by: string;
  readonly label: string;
  /** Why it is not possible, in words for users; null where it is. */
  readonly refused: string | null;
  /** How many of its groups are not among the values; absent where all are. */
  readonly omittedGroups?: number;
}

export interface Choice {
  /** As `by` of a request takes it. */
  readonly key: string;
  readonly label: string;
  readonly kind: 'segment' | 'column';
}

/** A target as it is drawn over a trend. */
export interface TargetPath {
  readonly target: TargetDocument;
  /** The goal of each period that it is about, oldest first: what should be reached, also on the way to a due date. */
  readonly points: readonly GoalPoint[];
}

export interface GoalPoint {
  readonly period: string;
  /** First day and the day behind the last one, `YYYY-MM-DD`. */
  readonly start: string;
  readonly end: string;
  /** Least and greatest value that reaches the goal; null where it is open on that side. */
  readonly low: number | null;
  readonly high: number | null;
  /** How it was judged; null for a period of which nothing is complete yet. */
  readonly status: TargetStatus | null;
  /** The value that was judged, its interval and rows; null where there is none. */
  readonly value: NumberDocument | null;
}

export interface BenchmarkLine {
  readonly value: number;
  readonly citation: string | null;
  /** `YYYY-MM-DD`; null where it is not said. */
  readonly as_of: string | null;
  /** The benchmark in words, with its age and how the headline compares. */
  readonly words: string;
}

/** The groups of a segment, on each of its sources. */
export interface SegmentPreview<At = Place> {
  readonly kind: 'segment';
  readonly about: About<At>;
  readonly sizes?: SegmentSizes;
  /** One for each source that has a time: rows by period and group. */
  readonly overTime?: readonly GroupsOverTime[];
  /** Rows that are in both of two groups, where there are any. */
  readonly overlaps?: readonly Overlap[];
  /** Names and labels of the metrics that are broken down by it, or filter by it. */
  readonly usedBy: readonly { readonly name: string; readonly label: string; readonly at: At }[];
}

/** The rows of a source by period and group. */
export interface GroupsOverTime {
  readonly source: string;
  readonly grain: Grain;
  /** Oldest first, without gaps. */
  readonly periods: readonly {
    readonly period: string;
    readonly start: string;
    readonly end: string;
    readonly partial: boolean;
  }[];
  readonly groups: readonly { readonly label: string; readonly rows: readonly number[] }[];
  /** How many groups are not listed, the smallest ones; absent where all are. */
  readonly omitted?: number;
}

/** A target, and its metric's way to it. */
export interface TargetPreview<At = Place> {
  readonly kind: 'target';
  readonly about: About<At>;
  readonly metric: { readonly name: string; readonly label: string; readonly at: At } | null;
  readonly shape: ValueShape;
  /** What the values of its metric rest on. */
  readonly restsOn: CountedNoun;
  /** A group of a segment, as it is written; null where it is about the total. */
  readonly segment: string | null;
  readonly ifMissed: string | null;
  /** The baseline that a path starts at. */
  readonly baseline: { readonly period: string; readonly value: number } | null;
  readonly path?: TargetPath;
  /** The metric (in that group) at its own grain, to draw under the path. */
  readonly result?: MetricDocument;
}

/** A source: what it declares, what its data hold, and who uses it. */
export interface SourcePreview<At = Place> {
  readonly kind: 'source';
  readonly about: About<At>;
  /** The file or glob as it is written; null for a union. */
  readonly data: string | null;
  readonly key: readonly string[];
  readonly time: string | null;
  readonly lifespan: { readonly start: string; readonly end: string | null } | null;
  readonly links: readonly { readonly name: string; readonly to: string }[];
  readonly usedBy: readonly { readonly name: string; readonly label: string; readonly at: At }[];
  readonly profile?: SourceProfile;
  readonly columns?: readonly SourceColumn[];
  /** The first page. */
  readonly rows?: RowsPage;
}

export interface SourceColumn {
  readonly name: string;
  readonly type: ValueType;
  /** Whether it stands in the data, or is computed from others. */
  readonly origin: 'file' | 'computed';
  /** What the specification says of it; null where it says nothing. */
  readonly description: string | null;
  /** Null where it could not be read. */
  readonly profile: ColumnProfile | null;
}

/** Rows of a source in the data's order. */
export interface RowsPage {
  readonly columns: readonly { readonly name: string; readonly type: ValueType }[];
  readonly rows: readonly (RowPlace & { readonly cells: readonly (string | null)[] })[];
  /** How many rows lie before the first of these. */
  readonly offset: number;
  readonly total: number;
}

/** All metrics of a project or file with where they stand, worst status first within each group. */
export interface Scorecard<At = Place> {
  readonly kind: 'scorecard';
  readonly project: string | null;
  /** A path from the root of the project; null for the whole project. */
  readonly file: string | null;
  readonly asOf: string | null;
  readonly metrics: readonly ScorecardRow<At>[];
  readonly journeys: readonly { readonly name: string; readonly label: string; readonly at: At }[];
  /** Why there are no values, in words for users; null where there are. */
  readonly unavailable: string | null;
}

export interface ScorecardRow<At = Place> {
  readonly name: string;
  readonly label: string;
  readonly owner: string | null;
  /** A path from the root of the project. */
  readonly file: string;
  /** The journeys' stages in which it is shown, as `journey / stage` labels. */
  readonly stages: readonly string[];
  readonly tags: readonly string[];
  readonly status: 'draft' | 'active' | 'deprecated';
  readonly shape: ValueShape;
  /** What its values rest on. */
  readonly restsOn: CountedNoun;
  readonly at: At;
  /** The headline; null where there is none (yet). */
  readonly headline: (NumberDocument & { readonly period: string; readonly small: boolean }) | null;
  /** Values of complete periods, oldest first, at most 24. */
  readonly trend: readonly (number | null)[];
  readonly targets: readonly {
    readonly name: string;
    readonly label: string;
    readonly status: TargetStatus;
  }[];
  /** Why there is no value; null where there is one, or where it is still being computed. */
  readonly error: string | null;
}

/** Where a metric stands on a journey. */
export interface JourneyMetric<At = Place> extends ScorecardRow<At> {
  /** Whether its numbers are everybody's, as it cannot be broken down by the journey's segment or the journey has no group. */
  readonly isOfAll: boolean;
}

/** A journey: its stages side by side, each with its pains and metrics. */
export interface JourneyMap<At = Place> {
  readonly kind: 'journey';
  readonly about: About<At>;
  readonly segment: string | null;
  /** The group of that segment whose numbers are shown; null where they are everybody's. */
  readonly group: { readonly segment: string; readonly group: string; readonly label: string } | null;
  readonly stages: readonly {
    readonly name: string;
    readonly label: string;
    readonly pains: readonly string[];
    readonly metrics: readonly JourneyMetric<At>[];
    readonly at: At;
  }[];
}
