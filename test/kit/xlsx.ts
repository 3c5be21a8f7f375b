import { zipOf } from './zip.ts';

/** A cell as a workbook stores it: a text, or what its XML says. */
export type SheetCell =
  | null
  | string
  | { readonly number: string }
  | { readonly boolean: boolean }
  /** Days since 30 December 1899, shown as a date or as a date with a time. */
  | { readonly date: number; readonly time?: boolean }
  | { readonly error: string }
  /** A formula, with its last result where the program wrote one. */
  | { readonly formula: string; readonly result?: string };

export interface SheetContent {
  readonly name: string;
  readonly rows: readonly (readonly SheetCell[])[];
}

/** A workbook by ECMA-376, part 1: texts are shared, or stand in the cells (`inline`), as different programs write them. */
export function xlsxOf(
  sheets: readonly SheetContent[],
  { inline = false }: { readonly inline?: boolean } = {},
): Uint8Array {
  const shared = new Map<string, number>();
  const textCell = (at: string, text: string): string => {
    if (inline)
      return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
    const index = shared.get(text) ?? shared.size;
    shared.set(text, index);
    return `<c r="${at}" t="s"><v>${index}</v></c>`;
  };
  const files = sheets.map(({ rows }, index) => ({
    name: `xl/worksheets/sheet${index + 1}.xml`,
    content: sheetXml(rows, textCell),
  }));
  const strings = [...shared.keys()].map((text) => `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`);
  return zipOf([
    { name: '[Content_Types].xml', content: `${HEAD}<Types xmlns="x"/>` },
    { name: 'xl/workbook.xml', content: workbookXml(sheets) },
    { name: 'xl/_rels/workbook.xml.rels', content: relationsXml(sheets.length) },
    { name: 'xl/styles.xml', content: STYLES },
    { name: 'xl/sharedStrings.xml', content: `${HEAD}<sst xmlns="${MAIN}">${strings.join('')}</sst>` },
    ...files,
  ]);
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
/** Style 1 is a date (14: mm-dd-yy), style 2 a date with a time (22: m/d/yy h:mm). */
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0" applyNumberFormat="1"/><xf numFmtId="22" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;

function workbookXml(sheets: readonly SheetContent[]): string {
  const tags = sheets.map(
    ({ name }, index) => `<sheet name="${escapeXml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${tags.join('')}</sheets></workbook>`;
}

function relationsXml(count: number): string {
  const sheets = Array.from(
    { length: count },
    (_, index) =>
      `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
  );
  const rest = `<Relationship Id="rIdS" Type="${RELATIONS}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rIdT" Type="${RELATIONS}/styles" Target="styles.xml"/>`;
  return `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${sheets.join('')}${rest}</Relationships>`;
}

function sheetXml(rows: SheetContent['rows'], textCell: (at: string, text: string) => string): string {
  const lines = rows.map((cells, row) => {
    const xml = cells.map((cell, column) => cellXml(`${letters(column)}${row + 1}`, cell, textCell));
    return `<row r="${row + 1}">${xml.join('')}</row>`;
  });
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

function cellXml(at: string, cell: SheetCell, textCell: (at: string, text: string) => string): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return textCell(at, cell);
  if ('number' in cell) return `<c r="${at}"><v>${cell.number}</v></c>`;
  if ('boolean' in cell) return `<c r="${at}" t="b"><v>${cell.boolean ? 1 : 0}</v></c>`;
  if ('date' in cell) return `<c r="${at}" s="${cell.time ? 2 : 1}"><v>${cell.date}</v></c>`;
  if ('error' in cell) return `<c r="${at}" t="e"><v>${cell.error}</v></c>`;
  const result = cell.result === undefined ? '' : `<v>${cell.result}</v>`;
  return `<c r="${at}"><f>${escapeXml(cell.formula)}</f>${result}</c>`;
}

function letters(column: number): string {
  const rest = String.fromCharCode(65 + (column % 26));
  return column < 26 ? rest : letters(Math.floor(column / 26) - 1) + rest;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}
