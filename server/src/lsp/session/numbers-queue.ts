import { type BookNeed, keyOf } from './numbers-book.ts';

/** So many numbers are computed before it is looked whether others are more urgent. */
const BATCH = 24;
/** More numbers than this are not computed unasked: those of a huge file are when they come into view. */
const MAX_BACKGROUND = 3_000;
/** More numbers than this are not kept up to date for who asked for them; the latest count. */
const MAX_WANTED = 2_000;

/** Which numbers are wanted, in the order of their urgency. */
export class NumbersQueue {
  /** What somebody waits for. */
  readonly #urgent = new Map<string, BookNeed>();
  /** What somebody looks at: it is kept up to date. */
  readonly #wanted = new Map<string, BookNeed>();
  /** What was asked for by the thousand, once, and how many wait for it. */
  readonly #bulk = new Map<string, { readonly need: BookNeed; readonly waiting: number }>();
  /** What is wanted when nobody waits for anything; found anew after a change. */
  #background: readonly BookNeed[] | undefined;
  readonly #findBackground: () => readonly BookNeed[];

  constructor(background: () => readonly BookNeed[]) {
    this.#findBackground = background;
  }

  get hasUrgent(): boolean {
    return this.#urgent.size > 0;
  }

  /** The text has changed. */
  change(): void {
    this.#background = undefined;
  }

  /** Keeps numbers up to date from now on. */
  want(needs: readonly BookNeed[]): void {
    for (const need of needs) {
      const key = keyOf(need);
      this.#wanted.delete(key);
      this.#wanted.set(key, need);
    }
    for (const oldest of this.#wanted.keys()) {
      if (this.#wanted.size <= MAX_WANTED) break;
      this.#wanted.delete(oldest);
    }
  }

  /** Somebody waits for numbers: until they are there, or cannot be. */
  hurry(needs: readonly BookNeed[]): void {
    for (const need of needs) this.#urgent.set(keyOf(need), need);
    this.want(needs);
  }

  /** Somebody waits for many numbers, and does so until `removeBulk`. */
  addBulk(needs: readonly BookNeed[]): void {
    for (const need of needs) {
      const key = keyOf(need);
      this.#bulk.set(key, { need, waiting: (this.#bulk.get(key)?.waiting ?? 0) + 1 });
    }
  }

  removeBulk(needs: readonly BookNeed[]): void {
    for (const need of needs) {
      const key = keyOf(need);
      const waiting = (this.#bulk.get(key)?.waiting ?? 0) - 1;
      // Another request may wait for the same.
      if (waiting > 0) this.#bulk.set(key, { need, waiting });
      else this.#bulk.delete(key);
    }
  }

  /** Nobody waits any more for what is there. */
  settle(isMissing: (need: BookNeed) => boolean): void {
    for (const [key, need] of this.#urgent) if (!isMissing(need)) this.#urgent.delete(key);
  }

  /** A number that somebody has asked for, by its key. */
  get(key: string): BookNeed | undefined {
    return this.#wanted.get(key) ?? this.#bulk.get(key)?.need;
  }

  /** What to compute next. */
  next(isMissing: (need: BookNeed) => boolean): readonly BookNeed[] {
    this.#background ??= this.#findBackground().slice(0, MAX_BACKGROUND);
    const groups = [this.#urgent.values(), this.#wanted.values(), this.#bulkNeeds(), this.#background];
    for (const group of groups) {
      const missing: BookNeed[] = [];
      for (const need of group) {
        if (isMissing(need)) missing.push(need);
        if (missing.length === BATCH) break;
      }
      if (missing.length > 0) return missing;
    }
    return [];
  }

  *#bulkNeeds(): Generator<BookNeed> {
    for (const { need } of this.#bulk.values()) yield need;
  }
}
