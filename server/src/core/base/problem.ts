import type { Place, Span } from './span.ts';

/** How much a problem matters. `off` is only a setting; no problem carries it. */
export type Severity = 'error' | 'warning' | 'info' | 'off';

/** A replacement of one span of one file. */
export interface TextEdit {
  readonly file: string;
  readonly span: Span;
  readonly text: string;
}

/** A named repair. `sure` fixes may be applied without asking. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  readonly sure: boolean;
}

/** Something wrong, at the exact characters that are wrong. */
export interface Problem extends Place {
  /** The id of its kind: a stable slug with a documentation page. */
  readonly code: string;
  readonly severity: Exclude<Severity, 'off'>;
  /** One plain sentence or two: what is wrong, and what to do. */
  readonly message: string;
  readonly related?: readonly (Place & { readonly message: string })[];
  readonly fixes?: readonly Fix[];
  /** Where rows of data break something: how many, and the numbers of the first of them in the data, counted from 1 below the header. */
  readonly counts?: { readonly count: number; readonly rows: readonly number[] };
}

/** What is known of every problem with one code. Each floor lists its own kinds; `core/registry.ts` joins them. */
export interface ProblemKind {
  readonly id: string;
  readonly severity: Exclude<Severity, 'off'> | 'off';
  /** One line for tables and tooltips. */
  readonly summary: string;
  /** Says that what stands there is not needed, or should not be used any more: editors show it so. */
  readonly tag?: 'unused' | 'deprecated';
  /** Markdown for the rule's page: what is checked and why, a wrong and a right example, how to mend it. */
  readonly documentation: string;
}

/** Builds a problem of a kind with the kind's own severity (warning where the kind is off by default). */
export function problemOf(
  kind: ProblemKind,
  place: Place,
  message: string,
  more: Pick<Problem, 'related' | 'fixes'> = {},
): Problem {
  const severity = kind.severity === 'off' ? 'warning' : kind.severity;
  return { code: kind.id, severity, message, file: place.file, span: place.span, ...more };
}

/** Orders problems by file, place, and code, so that output is stable. */
export function compareProblems(a: Problem, b: Problem): number {
  return (
    compareText(a.file, b.file) ||
    a.span.start - b.span.start ||
    a.span.end - b.span.end ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
