import type { ValueType } from '../../base/value-type.ts';
import type { Expression, NamePart } from './ast.ts';
import type { NameRef } from './scalar.ts';

/** A call as it is written. */
export type CallSyntax = Extract<Expression, { kind: 'call' }>;

/** What a name stands for, or why it stands for nothing. */
export type Lookup =
  | { readonly kind: 'found'; readonly ref: NameRef; readonly type: ValueType }
  | {
      /** The part of the path with this index is no column, or (`unknown-link`) no link, of `source`. */
      readonly kind: 'unknown-column' | 'unknown-link';
      readonly part: number;
      /** Where it was looked for, in words for the message: `subscriptions`. */
      readonly source?: string;
      /** What could stand there. */
      readonly candidates: readonly string[];
      /** Paths through links, as they are written, to a column of just that name: what was meant, more likely than a name that is near. */
      readonly behindLinks?: readonly string[];
    }
  /** The name is known, but not in this place; `reason` is a sentence that says why and what to do. */
  | { readonly kind: 'not-available'; readonly reason: string };

/** Where a name or call stands. */
export interface LookupPlace {
  readonly insideAggregate: boolean;
}

/** What the names of an expression mean where it stands, and whether it may aggregate. */
export interface Scope {
  /** A dotted path of one part or more. The type `unknown` (not declared, data not read) fits everywhere. */
  lookup(path: readonly NamePart[], place: LookupPlace): Lookup;
  /**
   * Functions of this place alone, such as `previous(m)` in a formula; asked before the catalogue. `null` where the call
   * is none of them. Its arguments are the scope's business.
   */
  call?(call: CallSyntax, place: LookupPlace): Lookup | null;
  /** The names of those functions, to be suggested for one that is mistyped. */
  readonly functions?: readonly string[];
  /**
   * `forbidden`: a value of one row. `allowed`: either a value of one row, or aggregates and what is the same for all
   * rows. `required`: every column stands in an aggregate.
   */
  readonly aggregates: 'forbidden' | 'allowed' | 'required';
}
