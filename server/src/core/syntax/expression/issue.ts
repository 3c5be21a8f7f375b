import type { Span } from '../../base/span.ts';
import type { ValueType } from '../../base/value-type.ts';

/** A replacement inside the expression's own text that mends an issue. */
export interface ExpressionFix {
  readonly span: Span;
  readonly text: string;
  readonly title: string;
}

interface IssueBase {
  /** The offending characters, in the expression's own text. */
  readonly span: Span;
  /** One or two plain sentences: what is wrong, and what to write. */
  readonly message: string;
  readonly fix?: ExpressionFix;
}

/** Something wrong in an expression. Each `issue` is a stable slug. */
export type ExpressionIssue = IssueBase &
  (
    | { readonly issue: 'syntax' }
    /** Longer, deeper or with more parts than is allowed, or a text pattern that could run away. */
    | { readonly issue: 'too-complex' }
    | { readonly issue: 'unknown-column'; readonly name: string; readonly candidates: readonly string[] }
    | { readonly issue: 'unknown-link'; readonly name: string; readonly candidates: readonly string[] }
    | { readonly issue: 'unknown-function'; readonly name: string; readonly candidates: readonly string[] }
    /** The name exists, but not in this place. */
    | { readonly issue: 'not-available'; readonly name: string }
    | { readonly issue: 'wrong-type'; readonly expected: readonly ValueType[]; readonly found: ValueType }
    /** The number of arguments, a unit, or an argument that has to be a quoted text. */
    | { readonly issue: 'wrong-arguments'; readonly function: string }
    /** An aggregate where none may stand, inside another, or beside a value that is not aggregated. */
    | { readonly issue: 'aggregate-misplaced' }
    /** `x = null`, which never holds. The expression still has a meaning. */
    | { readonly issue: 'null-comparison' }
  );

/** The slugs of all issues. */
export type ExpressionIssueKind = ExpressionIssue['issue'];
