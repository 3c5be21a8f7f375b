/** How a YAML text is laid out: everything that is written in it, without the white space that means nothing. */

/** A comment on a line of its own. */
export interface Remark {
  readonly text: string;
  /** Whether a blank line stands above it. */
  readonly blank: boolean;
}

/** A key with its value, or an item of a list, with the comments that belong to it. */
export interface Entry {
  /** From its dash or key (or the key's anchor) to the end of its last line, its comments below included. */
  readonly start: number;
  readonly end: number;
  /** Comments on the lines above. They go where the entry goes. */
  readonly above: readonly Remark[];
  /** Whether a blank line stands right above its first line. */
  readonly blank: boolean;
  /** `undefined` for an item of a list. */
  readonly key: Key | undefined;
  /** The anchor of the value, as `&name`, or the empty text. */
  readonly anchor: string;
  /** What stands behind the dash, key or header on its line: the comment with the white space before it, or the empty text. */
  readonly comment: string;
  /** Comments on lines between the key and a value that is a scalar, a flow collection or missing. */
  readonly below: readonly Remark[];
  readonly value: Value | undefined;
  /** The comment behind the end of the value, with the white space before it, or the empty text. */
  readonly endComment: string;
}

export interface Key {
  /** As written, with its anchor if it has one; an alias has its blank behind it. */
  readonly source: string;
  /** What it says, to find it in the schema. */
  readonly name: string;
  /** False for a word alone in braces, as in `{ word }`. */
  readonly colon: boolean;
}

export type Value = Words | Block | Collection;

/** A plain or quoted scalar, or an alias, as written. */
export interface Words {
  readonly kind: 'words';
  /** Its lines; those behind the first without their indentation, which means nothing. */
  readonly lines: readonly string[];
  /** Whether it begins on a line below its key. */
  readonly lower: boolean;
}

/** A literal or folded scalar. */
export interface Block {
  readonly kind: 'block';
  readonly header: string;
  /** The number of the header that says how far the lines are indented, where it has one. */
  readonly indent: number | undefined;
  /** Whether the blank lines at its end are part of the text (`|+`). */
  readonly keeps: boolean;
  /** The lines without their indentation. */
  readonly lines: readonly string[];
}

/** A map or list. */
export interface Collection {
  readonly kind: 'map' | 'list';
  readonly flow: boolean;
  readonly entries: readonly Entry[];
  /** Comments at the top that a blank line sets off from the first entry: they stay at the top. */
  readonly head: readonly Remark[];
  /** Comments behind the last entry. */
  readonly tail: readonly Remark[];
  /** Set for a flow collection that is kept as the author laid it out: with comments or scalars of several lines in it. */
  readonly asWritten: AsWritten | undefined;
  /**
   * Whether an entry of a flow collection looks as if its text were cut by a comma, as in `[plan in ('free', 'team')]`. What
   * stands behind the comma has to stay behind it, so that the mistake is still seen for what it is.
   */
  readonly cut: boolean;
}

/** Source lines, with the column that their entry had. */
export interface AsWritten {
  readonly lines: readonly string[];
  readonly column: number;
}
