import type { DataNotice } from '../../core/ports.ts';
import { createNotices } from './notices.ts';

/** Errors such as `#DIV/0!`, and formulas of which the program that wrote the file left no result. Both are read as blank cells. */
const ERROR_CELL = /<(?:\w+:)?c\s([^>]*\bt="e"[^>]*)>([\s\S]*?)<\/(?:\w+:)?c>/g;
const OPEN_FORMULA = /<\/(?:\w+:)?f>\s*<\/(?:\w+:)?c>|<(?:\w+:)?f(?:\s[^>]*)?\/>\s*<\/(?:\w+:)?c>/g;

/**
 * The cells of a sheet that hold an error or an open formula.
 *
 * @param numbers the number of each row of the sheet among the rows of the table
 */
export function findUnreadCells(
  sheet: Uint8Array,
  headers: readonly string[],
  numbers: ReadonlyMap<number, number>,
): readonly DataNotice[] {
  const bytes = Buffer.from(sheet.buffer, sheet.byteOffset, sheet.byteLength);
  const notices = createNotices();
  const note = (address: string | undefined, text: string): void => {
    const [, letters = '', row] = /^([A-Z]+)(\d+)$/.exec(address ?? '') ?? [];
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
    const header = headers[column];
    const number = numbers.get(Number(row));
    if (header !== undefined && number !== undefined) notices.add('error', header, number, text);
  };
  const hasErrors = bytes.includes('t="e"');
  const hasFormulas = bytes.includes('f>') || bytes.includes('<f ');
  if (!hasErrors && !hasFormulas) return [];
  const xml = bytes.toString('utf8');
  if (hasErrors) {
    for (const [, tag = '', inner = ''] of xml.matchAll(ERROR_CELL))
      note(addressIn(tag), />(#[^<]*)</.exec(inner)?.[1] ?? '#ERROR');
  }
  if (hasFormulas) {
    for (const { index } of xml.matchAll(OPEN_FORMULA)) {
      const start = Math.max(xml.lastIndexOf('<c ', index), xml.lastIndexOf(':c ', index));
      note(addressIn(xml.slice(start, xml.indexOf('>', start))), 'a formula without a result');
    }
  }
  return notices.all();
}

function addressIn(tag: string): string | undefined {
  return /\br="([A-Z]+\d+)"/.exec(tag)?.[1];
}
