import type { Span } from '../../base/span.ts';
import type { SchemaKind } from '../../schema/json-schema.ts';

/** What kind of thing an item stands for, from which an editor takes its icon. */
export type CompletionKind =
  | 'key'
  | 'value'
  | 'type'
  | 'source'
  | 'segment'
  | 'group'
  | 'metric'
  | 'column'
  | 'link'
  | 'function'
  | 'keyword'
  | 'text'
  | 'period'
  | 'file'
  | 'folder'
  | 'rule'
  | 'definition';

/** What an item's documentation is made from when it is asked for: small, since it travels with every item. */
export type CompletionData =
  | { readonly of: 'key'; readonly schema: SchemaKind; readonly owner: string; readonly key: string }
  | { readonly of: 'type' | 'source' | 'segment' | 'metric' | 'function' | 'rule'; readonly name: string }
  | { readonly of: 'column'; readonly source: string; readonly name: string };

/** One thing that could be written at the cursor. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** A few words beside the label, such as a type or a number of rows. */
  readonly detail: string | undefined;
  /** What accepting the item writes, with the defaults in the place of placeholders. The span lies on one line. */
  readonly edit: { readonly span: Span; readonly text: string };
  /** The same text in the snippet syntax of the Language Server Protocol, where it has placeholders. */
  readonly snippet: string | undefined;
  /** Items are shown in the order of these texts. */
  readonly sortText: string;
  /** What the characters from the start of the span to the cursor are compared with. */
  readonly filterText: string;
  /** Whether what it names should no longer be used. */
  readonly deprecated: boolean;
  readonly data: CompletionData | undefined;
}

/** The items for one place. Where the list is incomplete, it has to be asked for again with every character. */
export interface CompletionList {
  readonly items: readonly CompletionItem[];
  readonly isIncomplete: boolean;
}

/** An item before it is known where and how it is written. */
export interface Candidate {
  readonly label: string;
  readonly kind: CompletionKind;
  readonly detail?: string | undefined;
  /** What is written, where that is not the label. */
  readonly insert?: Insert;
  /** Whether it is written as it is, in braces, in place of the whole value. */
  readonly isYaml?: true;
  /** Orders items: the rank first, then the order in which they are listed. Default 5. */
  readonly rank?: number;
  readonly deprecated?: boolean;
  readonly data?: CompletionData;
}

/** A text with places that the user fills in. */
export type Insert = readonly (string | Hole)[];

/** A place to fill in, with what stands there until then. */
export interface Hole {
  readonly hole: string;
}

/** The text with the defaults in its holes. */
export function plainOf(insert: Insert): string {
  return insert.map((piece) => (typeof piece === 'string' ? piece : piece.hole)).join('');
}

/** The text in snippet syntax; `undefined` where it has no holes. The last hole is an ordinary one. */
export function snippetOf(insert: Insert): string | undefined {
  if (insert.every((piece) => typeof piece === 'string')) return undefined;
  let next = 1;
  return insert
    .map((piece) => {
      if (typeof piece === 'string') return escaped(piece);
      const number = next++;
      return piece.hole === '' ? `$${number}` : `\${${number}:${escaped(piece.hole)}}`;
    })
    .join('');
}

/** Every text of an insert changed, those in holes too. */
export function mapInsert(insert: Insert, change: (text: string) => string): Insert {
  return insert.map((piece) => (typeof piece === 'string' ? change(piece) : { hole: change(piece.hole) }));
}

function escaped(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}
