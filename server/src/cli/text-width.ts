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

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The characters of a text as people see them, with the columns that each takes in a terminal. */
export function graphemes(text: string): readonly { readonly text: string; readonly width: number }[] {
  return [...segmenter.segment(text)].map(({ segment }) => ({
    text: segment,
    width: graphemeWidth(segment),
  }));
}

/** How many columns of a terminal a text without tabs and line breaks takes. */
export function textWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  return graphemes(text).reduce((sum, { width }) => sum + width, 0);
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
  const code = text.codePointAt(0) ?? 0;
  if (/^[\p{Cc}\p{Mn}\p{Me}\p{Cf}]+$/u.test(text)) return 0;
  if (/\p{Emoji_Presentation}|\ufe0f/u.test(text)) return 2;
  return WIDE.some(([from, to]) => from <= code && code <= to) ? 2 : 1;
}
