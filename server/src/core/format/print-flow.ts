import type { Collection, Entry, Value } from './layout.ts';

/** A flow collection on one line: `{ a: 1, b: 2 }` and `[a, b]`. */
export function printInline({ kind, entries }: Collection): string {
  const items = entries.map(printItem).join(', ');
  if (kind === 'list') return `[${items}]`;
  return items === '' ? '{}' : `{ ${items} }`;
}

function printItem({ key, anchor, value }: Entry): string {
  const name = key === undefined ? '' : `${key.source}${key.colon ? ':' : ''}`;
  return [name, anchor, value === undefined ? '' : printValue(value)].filter((part) => part !== '').join(' ');
}

function printValue(value: Value): string {
  if (value.kind === 'words') return value.lines.join(' ');
  return value.kind === 'block' ? '' : printInline(value);
}
