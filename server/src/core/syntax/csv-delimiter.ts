import { readCsvRecord } from './csv-record.ts';

/** What files that are called CSV separate their cells with. */
const DELIMITERS = [',', ';', '\t', '|'];

/**
 * What separates the columns of a text that begins with its header: the usual one where it separates anything, else what separates the
 * most cells of the header and just as many of the row below it.
 */
export function delimiterOf(text: string, usual: string): string {
  const widths = DELIMITERS.map((delimiter) => {
    const header = readCsvRecord(text, 0, delimiter);
    const row = readCsvRecord(text, header.next, delimiter);
    const same = header.next >= text.length || row.cells.length === header.cells.length;
    return { delimiter, width: same ? header.cells.length : 0 };
  });
  const own = widths.find(({ delimiter }) => delimiter === usual)?.width ?? 0;
  if (own > 1) return usual;
  const best = widths.reduce((one, other) => (other.width > one.width ? other : one));
  return best.width > 1 ? best.delimiter : usual;
}
