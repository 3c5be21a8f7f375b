import type { Edit, OpenDocument } from './open-document.ts';

/** Where in a text the benchmark types: in one metric of it. */
export interface Spots {
  readonly name: number;
  readonly type: number;
  readonly description: number;
  readonly where: number;
  /** The `where` key. */
  readonly key: number;
  /** The four digits of the number in `where`. */
  readonly digits: number;
}

/** The spots of a metric by its name. */
export function spotsOf(text: string, metric: string): Spots {
  const name = text.indexOf(`  ${metric}:\n`) + 2;
  const after = (words: string): number => text.indexOf(words, name) + words.length;
  return {
    name,
    type: after('    type: '),
    description: after('    description: '),
    where: after('    where: '),
    key: after('    where: ') - 'where: '.length,
    digits: after('    where: amount > '),
  };
}

/** A kind of keystroke: the nth time it is pressed. What one changes another may put back. */
export type Keystrokes = (text: string, spots: Spots, nth: number) => Edit;

/** A letter inside a description: typed, and deleted the next time. */
export const inDescription: Keystrokes = (_, { description }, nth) =>
  nth % 2 === 0
    ? { start: description + 4, end: description + 4, text: 'x' }
    : { start: description + 4, end: description + 5, text: '' };

/** A digit of the number in an expression is overtyped; the numbers never come again. */
export const inExpression: Keystrokes = (text, { digits }, nth) => {
  const wanted = gray(nth + 1);
  const now = text.slice(digits, digits + 4);
  const at = [...wanted].findIndex((digit, index) => digit !== now[index]);
  return { start: digits + at, end: digits + at + 1, text: wanted[at] ?? '' };
};

/** A quotation mark that nothing closes, which is no YAML any more. */
export const breaking: Keystrokes = (_, { description }) => ({
  start: description,
  end: description,
  text: '"',
});

/** Takes it back. */
export const mending: Keystrokes = (_, { description }) => ({
  start: description,
  end: description + 1,
  text: '',
});

/** A letter overtyped by itself: a new version of the same text. */
export const nothing: Keystrokes = (text, { description }) => ({
  start: description,
  end: description + 1,
  text: text[description] ?? '',
});

/** Types into one metric of a document. */
export class Typist {
  readonly document: OpenDocument;
  readonly spots: Spots;
  readonly #typed = new Map<Keystrokes, number>();

  constructor(document: OpenDocument, metric: string) {
    this.document = document;
    this.spots = spotsOf(document.text, metric);
  }

  /** Makes the next keystroke of a kind ready. */
  prepare(keystrokes: Keystrokes): () => number {
    const nth = this.#typed.get(keystrokes) ?? 0;
    this.#typed.set(keystrokes, nth + 1);
    return this.document.prepare(keystrokes(this.document.text, this.spots, nth));
  }
}

/** Counts from 1000 in such a way that each number has one digit other than the one before. */
function gray(nth: number): string {
  const digits = [100, 10, 1].map((place) => {
    const digit = Math.floor(nth / place) % 10;
    const isDown = Math.floor(nth / (10 * place)) % 2 === 1;
    return isDown ? 9 - digit : digit;
  });
  return `1${digits.join('')}`;
}
