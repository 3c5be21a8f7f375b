/** What is said while a table is loaded. `share` of its files is read, where that is known. */
export function loadText(done: number, total: number, table: string, share?: number): string {
  const percent = share === undefined ? '' : `, ${Math.floor(share * 100)} % of it`;
  return `Loading ${table} (${done} of ${total} tables${percent})`;
}
