/** A problem that must be reported: its rule, its file, and the line in which it stands. */
export interface ExpectedProblem {
  readonly code: string;
  readonly file: string;
  /** What the line begins with, or its number where no text tells it apart. */
  readonly line: string | number;
}

/** One piece of the hostile folder: what it plants, and what must be said of it. */
export interface Planted {
  readonly title: string;
  /** Contents by path inside the project. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Symbolic links: path inside the project, and where they point. */
  readonly links?: Readonly<Record<string, string>>;
  readonly problems: readonly ExpectedProblem[];
  /** Metrics that must have a value all the same, computed by hand. */
  readonly values?: Readonly<Record<string, number>>;
  /** Metrics that must have no value. */
  readonly refused?: readonly string[];
}

/** The places that cases need to know of: absolute paths. */
export interface Places {
  readonly project: string;
  /** A folder beside it, with files that nobody may read. */
  readonly outside: string;
}

/** Makes the cases of one area. */
export type MakeCases = (places: Places) => readonly Planted[];
