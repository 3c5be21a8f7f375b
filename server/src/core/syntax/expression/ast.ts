import type { Span } from '../../base/span.ts';

/** One word of a dotted name, with its span in the expression's text. */
export interface NamePart {
  readonly text: string;
  readonly span: Span;
  /** Set where the word stands in double quotes, which the span includes. */
  readonly quoted?: true;
}

/**
 * The syntax tree of an expression. Every span is in the expression's own text; `ScalarNode.offsetAt` takes it to the file.
 * `missing` stands where something was expected and nothing was found.
 */
export type Expression =
  | { readonly kind: 'missing'; readonly span: Span }
  | {
      readonly kind: 'literal';
      readonly span: Span;
      readonly type: 'integer' | 'number' | 'text' | 'boolean' | 'null' | 'date' | 'timestamp';
      /** Numbers and dates as written, text unquoted. */
      readonly value: string;
    }
  | { readonly kind: 'name'; readonly span: Span; readonly parts: readonly NamePart[] }
  | {
      readonly kind: 'unary';
      readonly span: Span;
      readonly op: '-' | '+' | 'not';
      readonly operand: Expression;
    }
  | {
      readonly kind: 'binary';
      readonly span: Span;
      readonly op: BinaryOperator;
      readonly opSpan: Span;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'between';
      readonly span: Span;
      readonly negated: boolean;
      readonly value: Expression;
      readonly low: Expression;
      readonly high: Expression;
    }
  | {
      readonly kind: 'in';
      readonly span: Span;
      readonly negated: boolean;
      readonly value: Expression;
      readonly list: readonly Expression[];
    }
  | {
      readonly kind: 'like';
      readonly span: Span;
      readonly negated: boolean;
      readonly value: Expression;
      readonly pattern: Expression;
    }
  | { readonly kind: 'is-null'; readonly span: Span; readonly negated: boolean; readonly value: Expression }
  | {
      readonly kind: 'case';
      readonly span: Span;
      /** `case x when 1 then …`; `null` for the searched form. */
      readonly subject: Expression | null;
      readonly branches: readonly { readonly when: Expression; readonly result: Expression }[];
      readonly otherwise: Expression | null;
    }
  | {
      readonly kind: 'cast';
      readonly span: Span;
      readonly value: Expression;
      readonly to: NamePart;
    }
  | {
      readonly kind: 'call';
      readonly span: Span;
      /** As written; functions ignore case. */
      readonly name: NamePart;
      readonly distinct: boolean;
      readonly args: readonly Expression[];
    };

export type BinaryOperator =
  | 'or'
  | 'and'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '||';
