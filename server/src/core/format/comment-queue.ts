import type { Comment } from '../syntax/yaml/tree.ts';
import type { Remark } from './layout.ts';

/** The comments of a text in order, handed out one after the other to what they belong to. */
export class CommentQueue {
  readonly text: string;
  readonly #comments: readonly Comment[];
  #next = 0;
  /** Where the last `|+` scalar ends: blank lines before it are text. */
  kept = 0;
  /** Where the last thing ends that was read or handed out. */
  reached = 0;

  constructor(text: string, comments: readonly Comment[]) {
    this.text = text;
    this.#comments = comments;
  }

  /** The column of an offset. */
  column(offset: number): number {
    return offset - this.#lineStart(offset);
  }

  /** The comment that follows `offset` on its line, with the white space between, or the empty text. */
  behind(offset: number): string {
    const comment = this.#peek();
    if (comment === undefined || comment.span.start < offset) return '';
    const between = this.text.slice(offset, comment.span.start);
    if (between.includes('\n')) return '';
    this.#take(comment);
    const gap = /[ \t]*$/.exec(between)?.[0].length ?? 0;
    return `${' '.repeat(Math.max(1, gap))}${comment.text.trimEnd()}`;
  }

  /** The comments before `offset`. */
  before(offset: number): Remark[] {
    return this.indented(0, offset);
  }

  /** The comments before `limit`, up to the first that is indented less than `column`. */
  indented(column: number, limit: number): Remark[] {
    const remarks: Remark[] = [];
    for (let comment = this.#peek(); comment !== undefined; comment = this.#peek()) {
      const { start } = comment.span;
      if (start >= limit || this.column(start) < column) break;
      remarks.push({ text: comment.text.trimEnd(), blank: this.blankAbove(start) });
      this.#take(comment);
    }
    return remarks;
  }

  /** Passes over the comments before `offset`; returns whether there were any. */
  skip(offset: number): boolean {
    return this.before(offset).length > 0;
  }

  /** Whether `offset` is the first place on its line and the line above is blank, other than in a text. */
  blankAbove(offset: number): boolean {
    const start = this.#lineStart(offset);
    if (start === 0 || this.text.slice(start, offset).trim() !== '') return false;
    const above = this.#lineStart(start - 1);
    return above >= this.kept && this.text.slice(above, start - 1).trim() === '';
  }

  #peek(): Comment | undefined {
    return this.#comments[this.#next];
  }

  #take(comment: Comment): void {
    this.#next += 1;
    this.reached = Math.max(this.reached, comment.span.end);
  }

  #lineStart(offset: number): number {
    return offset === 0 ? 0 : this.text.lastIndexOf('\n', offset - 1) + 1;
  }
}
