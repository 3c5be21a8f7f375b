/** East Asian Wide and Fullwidth blocks of Unicode 16 (UAX #11), joined where only unassigned characters lie between. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6f],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];

const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** One letter of the Latin blocks; the soft hyphen is none. */
const LATIN = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff]$/;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A character as people see it, with the columns that it takes in a terminal. */
export interface Grapheme {
  readonly text: string;
  readonly width: number;
}

/** Code units that the segmenter is given at once. A longer run of combining marks counts as several characters. */
const PIECE = 128;

/**
 * The characters of a text, one by one. The segmenter sees a short piece at a time: each of its answers holds a copy of its whole
 * input, so that a line of 1 MB would need more memory than there is.
 */
export function* graphemes(text: string): Generator<Grapheme> {
  let start = 0;
  while (start < text.length) {
    const end = wholeCharacter(text, Math.min(start + PIECE, text.length));
    const rest = end === text.length;
    const found = segmentsOf(text.slice(start, end));
    // The last character of a piece may go on behind it: the next piece begins with it, unless it is all of this one.
    const whole = rest || found.length === 1 ? found : found.slice(0, -1);
    for (const segment of whole) {
      yield { text: segment, width: graphemeWidth(segment) };
      start += segment.length;
    }
  }
}

/** The index itself, or the one before where a surrogate pair would be torn apart. */
export function wholeCharacter(text: string, at: number): number {
  const isTorn = /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 1), at + 1));
  return isTorn ? at - 1 : at;
}

function segmentsOf(piece: string): readonly string[] {
  if (PRINTABLE_ASCII.test(piece)) return [...piece];
  return [...segmenter.segment(piece)].map(({ segment }) => segment);
}

/** How many columns of a terminal a text without tabs and line breaks takes. */
export function textWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  let sum = 0;
  for (const { width } of graphemes(text)) sum += width;
  return sum;
}

/** The text cut to a width, its end then being `mark`. */
export function cutToWidth(text: string, width: number, mark: string): string {
  if (textWidth(text) <= width) return text;
  let used = textWidth(mark);
  let kept = '';
  for (const grapheme of graphemes(text)) {
    used += grapheme.width;
    if (used > width) break;
    kept += grapheme.text;
  }
  return `${kept.trimEnd()}${mark}`;
}

/** The text broken at spaces into lines of at most `width` columns; a word that is longer is a line of its own. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function graphemeWidth(text: string): number {
  if (LATIN.test(text)) return 1;
  const code = text.codePointAt(0) ?? 0;
  if (/^[\p{Cc}\p{Mn}\p{Me}\p{Cf}]+$/u.test(text)) return 0;
  if (/\p{Emoji_Presentation}|\ufe0f/u.test(text)) return 2;
  return WIDE.some(([from, to]) => from <= code && code <= to) ? 2 : 1;
}
