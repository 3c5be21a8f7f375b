import type { ParityColumn } from './rows.ts';

/** The columns that an expression names, in its order. */
export function columnsIn(text: string): ParityColumn[] {
  const bare = text.replaceAll(/'[^']*'/g, '').replaceAll(/\w+(?=\()/g, '');
  return [...bare.matchAll(/\b[a-z]\b/g)].map(([name]) => name as ParityColumn);
}
