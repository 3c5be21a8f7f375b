import type { Grain } from '../base/period.ts';
import type { Comment, MapNode, ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';

/** A scalar of the text with what it says. */
export interface Word {
  readonly text: string;
  readonly node: ScalarNode;
}

/** A number as written (`0.42`, `42%`), with its value as stored: percentages divided by 100. */
export interface NumberWord extends Word {
  readonly value: number;
  readonly percent: boolean;
  /** Digits behind the decimal point as written. */
  readonly decimals: number;
}

/** An expression of section 3. Its syntax tree comes from `parsedExpression`, once per node. */
export interface ExpressionWord extends Word {
  /** What the key is called in messages: `where`, `value`, `groups`, … */
  readonly role: string;
}

/** A list's items, or one scalar read as a list of one, with the node that holds them. */
export interface Listed<T> {
  readonly items: readonly T[];
  readonly node: YamlNode;
}

export type DefinitionKind = 'source' | 'segment' | 'metric' | 'target' | 'journey';

/** What every named definition has. `nameNode` is its key: problems about the whole of it stand there. */
export interface Definition {
  readonly definition: DefinitionKind;
  readonly name: string;
  /** The `path` of the metrics file, or of the unit of one, that its offsets are offsets of. */
  readonly file: string;
  readonly nameNode: ScalarNode;
  /** The body; `undefined` where it is missing or not a map. */
  readonly node: MapNode | undefined;
  readonly label: string | undefined;
  readonly description: string | undefined;
  readonly owner: string | undefined;
  readonly why: string | undefined;
  readonly tags: readonly string[];
  readonly version: number;
  readonly changes: readonly { readonly version: number; readonly date: string; readonly note: string }[];
}

// Sources ---------------------------------------------------------------------------------------------------------

export interface Source extends Definition {
  readonly definition: 'source';
  readonly data: DataReference | undefined;
  readonly union: Listed<UnionMember> | undefined;
  readonly key: Listed<Word> | undefined;
  readonly time: Word | undefined;
  readonly lifespan: Lifespan | undefined;
  readonly timezone: Word | undefined;
  readonly asOf: Word | undefined;
  readonly where: readonly ExpressionWord[];
  readonly onePer:
    | { readonly key: Listed<Word>; readonly keep: Word; readonly by: Word; readonly node: MapNode }
    | undefined;
  readonly coverage: 'sample' | 'census';
  readonly sampledBy: Word | undefined;
  readonly columns: ReadonlyMap<string, Column>;
  readonly links: ReadonlyMap<string, Link>;
}

export interface DataReference {
  readonly file: Word;
  readonly node: YamlNode;
  readonly sheet: Word | undefined;
  readonly delimiter: Word | undefined;
  readonly headerRow: Word | undefined;
  readonly nulls: readonly Word[];
  readonly dateFormats: readonly Word[];
  readonly encoding: Word | undefined;
}

export interface UnionMember {
  readonly source: Word;
  readonly columns: ReadonlyMap<string, ExpressionWord>;
}

export interface Lifespan {
  readonly start: Word;
  readonly end: Word | undefined;
  readonly endInclusive: boolean;
  readonly node: MapNode;
}

export interface Column {
  readonly name: string;
  readonly nameNode: ScalarNode;
  readonly type: Word | undefined;
  /** The header in the file where it differs from the name; may be the empty text. */
  readonly header: Word | undefined;
  /** Computed from the row, or from rows of `of`. */
  readonly value: ExpressionWord | undefined;
  readonly of: Word | undefined;
  readonly values: readonly Word[];
  readonly min: NumberWord | undefined;
  readonly max: NumberWord | undefined;
  readonly required: boolean;
  readonly dateFormats: readonly Word[];
  readonly description: string | undefined;
}

export interface Link {
  readonly name: string;
  readonly nameNode: ScalarNode;
  readonly to: Word | undefined;
  /** `theirs` is absent where it is the target's `key`. */
  readonly using: readonly { readonly mine: Word; readonly theirs: Word | undefined }[];
}

// Segments --------------------------------------------------------------------------------------------------------

export interface Segment extends Definition {
  readonly definition: 'segment';
  readonly source: Word | undefined;
  readonly form:
    | { readonly kind: 'groups'; readonly groups: ReadonlyMap<string, Group> }
    | { readonly kind: 'by'; readonly by: ExpressionWord }
    | { readonly kind: 'by-source'; readonly by: ReadonlyMap<string, ExpressionWord> }
    | { readonly kind: 'where'; readonly where: readonly ExpressionWord[] }
    | { readonly kind: 'none' };
  readonly persona: MapNode | undefined;
}

export interface Group {
  readonly name: string;
  readonly nameNode: ScalarNode;
  readonly condition: ExpressionWord;
}

/** A use of a segment by a metric: `company_size` or `{ segment: company_size, via: account }`. */
export interface SegmentUse {
  readonly segment: Word;
  readonly via: Word | undefined;
}

/** `company_size.enterprise`: the segment is the text before the first dot, the group all behind it, literally. */
export interface GroupReference extends Word {
  readonly segment: string;
  readonly group: string;
}

// Metrics ---------------------------------------------------------------------------------------------------------

/** The common fields of a metric; what its type needs beyond them is in `spec`, read by its kind. */
export interface Metric extends Definition {
  readonly definition: 'metric';
  /** `undefined` where `type` is missing or no type of ours. */
  readonly type: string | undefined;
  readonly typeNode: ScalarNode | undefined;
  /** For an inline metric: the metric it stands in. Its name is the path, such as `tickets_per_account.numerator`. */
  readonly parent: Metric | undefined;
  /** For a filtered reuse `{ metric: booking_value, where: is_instant }`: the metric reused. */
  readonly reuse: Word | undefined;
  readonly source: Word | undefined;
  readonly where: readonly ExpressionWord[];
  readonly time: Word | undefined;
  readonly when: Word | undefined;
  readonly grain: Word | undefined;
  readonly window: Word | undefined;
  readonly at: Word | undefined;
  readonly atPer: Listed<Word> | undefined;
  readonly per: ExpressionWord | undefined;
  readonly oncePer: Word | undefined;
  readonly totalOver: Listed<Word> | undefined;
  readonly segments: readonly SegmentUse[];
  readonly unit: Word | undefined;
  readonly decimals: number | undefined;
  readonly better: 'higher' | 'lower' | 'neutral' | undefined;
  readonly status: 'draft' | 'active' | 'deprecated';
  readonly deprecated: { readonly since: string | undefined; readonly use: Word | undefined } | undefined;
  readonly benchmarks: readonly Benchmark[];
  readonly examples: readonly Example[];
  /** What the kind's `read` made of the fields of its type; only that kind looks inside. */
  readonly spec: unknown;
}

/** Where a metric names another: by name, or by an inline definition. */
export type MetricReference =
  | { readonly kind: 'name'; readonly word: Word }
  | { readonly kind: 'inline'; readonly metric: Metric };

export interface Benchmark {
  readonly value: NumberWord | undefined;
  readonly citation: string | undefined;
  readonly asOf: string | undefined;
  readonly node: YamlNode;
}

export interface Example {
  readonly node: YamlNode;
  readonly given: ReadonlyMap<string, GivenRows> | undefined;
  readonly period: Word | undefined;
  readonly segment: GroupReference | undefined;
  /** `null` expects "no data". */
  readonly expect: NumberWord | null | undefined;
  readonly expectNode: ScalarNode | undefined;
}

export interface GivenRows {
  readonly source: Word;
  readonly rows: readonly { readonly node: YamlNode; readonly cells: ReadonlyMap<string, Word> }[];
}

// Targets and journeys --------------------------------------------------------------------------------------------

export interface Target extends Definition {
  readonly definition: 'target';
  readonly metric: Word | undefined;
  readonly segment: GroupReference | undefined;
  readonly goal:
    | { readonly kind: 'at_least' | 'at_most'; readonly value: NumberWord }
    | { readonly kind: 'between'; readonly low: NumberWord; readonly high: NumberWord }
    | undefined;
  readonly due: Word | undefined;
  readonly each: Word | undefined;
  readonly baseline: { readonly period: Word; readonly value: NumberWord } | undefined;
  readonly tolerance: NumberWord | undefined;
  readonly ifMissed: string | undefined;
}

export interface Journey extends Definition {
  readonly definition: 'journey';
  readonly segment: Word | undefined;
  readonly stages: ReadonlyMap<string, Stage>;
}

export interface Stage {
  readonly name: string;
  readonly nameNode: ScalarNode;
  readonly label: string | undefined;
  readonly pains: readonly string[];
  readonly metrics: readonly Word[];
}

// Projects --------------------------------------------------------------------------------------------------------

/**
 * A metrics file as read, or one unit of it (`syntax/units`): its definitions in file order, also those whose name was already
 * taken. Every offset in it, and in its definitions, is one of its `text`.
 */
export interface MetricsFile {
  /** The file's path, or the id of the unit, of which `pathOf` gives the file's path. It is the `file` of its definitions. */
  readonly path: string;
  readonly text: string;
  readonly root: YamlNode | undefined;
  readonly comments: readonly Comment[];
  /** `plumbline:` at the top; `undefined` where it is missing. */
  readonly version: Word | undefined;
  readonly definitions: readonly AnyDefinition[];
}

export type AnyDefinition = Source | Segment | Metric | Target | Journey;

/** `plumbline.yaml`, with defaults filled in. */
export interface Settings {
  /** Path of the file; `undefined` where the folder has none. */
  readonly path: string | undefined;
  readonly root: YamlNode | undefined;
  readonly version: Word | undefined;
  readonly name: string | undefined;
  /** A valid IANA name; `UTC` where none or a wrong one is set. */
  readonly timezone: string;
  readonly currency: string | undefined;
  readonly asOf: string | undefined;
  readonly grain: Grain;
  readonly files: readonly string[];
  readonly rules: ReadonlyMap<string, 'error' | 'warning' | 'info' | 'off'>;
  /** What a change of the project is held to: from which relative size on a value that moves needs a note. */
  readonly policy: { readonly noteAbove: number | undefined };
}

/** All definitions under one root. Of several with one name the first in file order is in the map. */
export interface Project {
  /** Absolute path of the root folder. */
  readonly folder: string;
  readonly settings: Settings;
  readonly files: readonly MetricsFile[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly segments: ReadonlyMap<string, Segment>;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly targets: ReadonlyMap<string, Target>;
  readonly journeys: ReadonlyMap<string, Journey>;
}
