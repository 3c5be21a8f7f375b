import { readCsvRecord } from './csv-record.ts';

/**
 * The names in the first record of a delimited text, as written (a byte-order mark and lines of white space before it are dropped).
 * `complete` is false when the text ends inside that record: with more of the file the names could differ. An empty
 * text has no names.
 */
export function parseCsvHeader(text: string, delimiter: string): { headers: string[]; complete: boolean } {
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  while (start < text.length) {
    const record = readCsvRecord(text, start, delimiter);
    const blank = record.cells.length === 1 && record.cells[0]?.trim() === '';
    if (!blank) return { headers: [...record.cells], complete: record.complete };
    start = record.next;
  }
  return { headers: [], complete: false };
}
