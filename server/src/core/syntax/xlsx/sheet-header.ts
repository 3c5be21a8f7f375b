import type { Workbook } from './workbook.ts';
import { attributesOf, richText, unescapeXml } from './xml-text.ts';
import { type ZipEntry, ZipProblem } from './zip-entries.ts';

/** A header must end within so many bytes of its sheet, unpacked. */
const FIRST_BYTES = 128 * 1024;
const MOST_BYTES = 8 * 1024 * 1024;
/** Texts of a header stand at the beginning of the shared texts, as programs number them in the order of the cells. */
const FIRST_STRINGS = 256 * 1024;
const MOST_STRINGS = 64 * 1024 * 1024;

/** What a cell of the header says, or the number of the shared text that says it. */
type Cell = string | { readonly shared: number };

/**
 * The names in the row `headerRow` (from 1) of a sheet, up to its last filled cell; a blank cell is an empty name. Reads only the
 * beginning of the sheet. Empty where the row is blank or behind the end. Rejects with `ZipProblem`.
 */
export async function readSheetHeader(
  workbook: Workbook,
  sheet: ZipEntry,
  headerRow: number,
): Promise<readonly string[]> {
  const row = await findRow(workbook, sheet, headerRow);
  const cells = row === undefined ? [] : cellsIn(row);
  const shared = await sharedTexts(workbook, cells);
  const names = cells.map((cell) => (typeof cell === 'string' ? cell : (shared[cell.shared] ?? '')));
  while (names.at(-1)?.trim() === '') names.pop();
  return names;
}

/** The XML inside of a row. */
async function findRow(workbook: Workbook, sheet: ZipEntry, wanted: number): Promise<string | undefined> {
  for (let length = FIRST_BYTES; ; length *= 8) {
    const text = await workbook.read(sheet, length);
    const isWhole = text.length < length && !isCut(text);
    let number = 0;
    for (const [, tag = '', inner = ''] of text.matchAll(
      /<(?:\w+:)?row(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?row>)/g,
    )) {
      number = Number(attributesOf(tag).get('r') ?? number + 1);
      if (number === wanted) return inner;
      if (number > wanted) return undefined;
    }
    if (isWhole) return undefined;
    if (length >= MOST_BYTES) throw new ZipProblem(`has no row ${wanted} within the first 8 MB of the sheet`);
  }
}

function isCut(text: string): boolean {
  return !/<\/(?:\w+:)?worksheet>\s*$/.test(text);
}

function cellsIn(row: string): readonly Cell[] {
  const cells: Cell[] = [];
  const tags = row.matchAll(/<(?:\w+:)?c(\s[^>]*?)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g);
  for (const [, tag = '', inner = ''] of tags) {
    const attributes = attributesOf(tag);
    const column = columnOf(attributes.get('r')) ?? cells.length;
    // A sheet has at most 16,384 columns; a cell further to the right is a mistake of the file.
    if (column >= 16_384) break;
    while (cells.length < column) cells.push('');
    cells.push(cellOf(attributes.get('t'), inner));
  }
  return cells;
}

/** The position of a cell's column, from 0, by its address: `AB7` is 27. */
function columnOf(address: string | undefined): number | undefined {
  const letters = /^([A-Z]+)\d+$/.exec(address ?? '')?.[1];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function cellOf(type: string | undefined, inner: string): Cell {
  if (type === 'inlineStr') return richText(inner);
  const value = unescapeXml(/<(?:\w+:)?v(?:\s[^>]*)?>([\s\S]*?)<\/(?:\w+:)?v>/.exec(inner)?.[1] ?? '');
  if (type === 's') return value === '' ? '' : { shared: Number(value) };
  return type === 'b' && value !== '' ? String(value === '1') : value;
}

/** The shared texts up to the last that the cells refer to. */
async function sharedTexts(workbook: Workbook, cells: readonly Cell[]): Promise<readonly string[]> {
  const count = Math.max(0, ...cells.map((cell) => (typeof cell === 'string' ? 0 : cell.shared + 1)));
  const entry = workbook.sharedStrings;
  if (count === 0 || entry === undefined) return [];
  for (let length = FIRST_STRINGS; ; length *= 4) {
    const text = await workbook.read(entry, length);
    const texts: string[] = [];
    for (const [, inner = ''] of text.matchAll(
      /<(?:\w+:)?si(?:\s[^>]*)?(?:\/>|>([\s\S]*?)<\/(?:\w+:)?si>)/g,
    )) {
      texts.push(richText(inner));
      if (texts.length === count) return texts;
    }
    if (text.length < length / 4 || length >= MOST_STRINGS) return texts;
  }
}
