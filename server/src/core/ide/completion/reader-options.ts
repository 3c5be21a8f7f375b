import { ENCODING_NAMES } from '../../model/encodings.ts';
import type { IdeContext } from '../ide-context.ts';
import type { Candidate } from './item.ts';
import type { PlaceInFormat } from './item-context.ts';

/** Patterns of dates that files often have, with what they read. */
const PATTERNS: readonly (readonly [pattern: string, example: string])[] = [
  ['%d/%m/%Y', '31/12/2025'],
  ['%m/%d/%Y', '12/31/2025'],
  ['%d.%m.%Y', '31.12.2025'],
  ['%d-%b-%Y', '31-Dec-2025'],
  ['%Y%m%d', '20251231'],
  ['%d/%m/%Y %H:%M', '31/12/2025 17:30'],
  ['%m/%d/%Y %I:%M %p', '12/31/2025 05:30 PM'],
];

/** What separates columns, as it is written, with its name. */
const DELIMITERS: readonly (readonly [text: string, name: string])[] = [
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'vertical bar'],
  [',', 'comma'],
];

/** What can stand at a reader option of `data`; `undefined` for those of which nothing is known. */
export function readerOptionCandidates(
  { checked }: IdeContext,
  { key, path }: PlaceInFormat,
): readonly Candidate[] | undefined {
  const values = (pairs: readonly (readonly [string, string])[]): readonly Candidate[] =>
    pairs.map(([label, detail], index) => ({ label, kind: 'value', detail, rank: index < 3 ? 3 : 5 }));
  switch (key) {
    case 'sheet': {
      const shape = checked.shapes.get(String(path[1] ?? ''));
      return shape?.sheets?.map((label) => ({ label, kind: 'value' }));
    }
    case 'encoding':
      return [...new Set(ENCODING_NAMES)].map((label, index) => ({
        label,
        kind: 'value',
        rank: index < 4 ? 3 : 5,
      }));
    case 'date_format':
      return values(PATTERNS);
    case 'delimiter':
      return values(DELIMITERS);
    default:
      return undefined;
  }
}
