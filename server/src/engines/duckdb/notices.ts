import type { DataNotice } from '../../core/ports.ts';

const EXAMPLES = 3;
/** Characters of a cell that are shown. */
const EXAMPLE_LENGTH = 200;
/** Keys of objects can be without end. */
const MAX_NOTICES = 100;

/** Counts what is not read as it stands. */
export interface Notices {
  add(kind: DataNotice['kind'], header: string, row: number, text: string): void;
  all(): readonly DataNotice[];
}

export function createNotices(): Notices {
  const found = new Map<
    string,
    { notice: DataNotice; count: number; examples: { row: number; text: string }[] }
  >();
  return {
    add(kind, header, row, text) {
      const key = `${kind} ${header}`;
      const known = found.get(key);
      if (known !== undefined) known.count += 1;
      else if (found.size >= MAX_NOTICES) return;
      const entry = known ?? { notice: { kind, header, count: 1, examples: [] }, count: 1, examples: [] };
      if (entry.examples.length < EXAMPLES) entry.examples.push({ row, text: text.slice(0, EXAMPLE_LENGTH) });
      found.set(key, entry);
    },
    all: () => [...found.values()].map(({ notice, count, examples }) => ({ ...notice, count, examples })),
  };
}
