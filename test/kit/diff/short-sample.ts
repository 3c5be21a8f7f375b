import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The samples, each with the columns that say whose a row is, and the tables by whose rows others are cut, in this order. */
const SAMPLES = {
  saas: { people: ['account_id'], first: ['accounts.csv', 'subscriptions.csv'] },
  retail: { people: ['customer_id', 'visitor_id'], first: ['customers.csv', 'orders.csv'] },
  education: { people: ['person_id'], first: ['people.csv', 'enrolments.csv'] },
} as const;

/** What happened before is left out, so that series are shorter. */
const SINCE = '2024-07-01';

/** The name of a sample. */
export type SampleName = keyof typeof SAMPLES;

/** The names of the samples. */
export const SAMPLE_NAMES: readonly SampleName[] = ['saas', 'retail', 'education'];

/**
 * The files of a sample with all that concerns one of so many of its customers, by paths from its folder: what leads from row to row
 * leads there still.
 */
export function shortSample(name: SampleName, every: number): Readonly<Record<string, string>> {
  const folder = resolve('samples', name);
  const { people, first } = SAMPLES[name];
  const tables = readdirSync(join(folder, 'data'));
  const kept = new Map<string, ReadonlySet<string>>();
  const texts = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);
  const data = [...new Set<string>([...first, ...tables.sort()])].map((file) => {
    const [header = '', ...rows] = readFileSync(join(folder, 'data', file), 'utf8')
      .trimEnd()
      .split('\n');
    const columns = header.split(',');
    const isFirst = first.some((one) => one === file);
    const stays = (row: string): boolean => {
      const cells = row.split(',');
      return columns.every((column, index) => {
        const cell = cells[index] ?? '';
        if (people.some((one) => one === column)) return Number(cell.replace(/\D/g, '')) % every === 0;
        return cell === '' || (kept.get(column)?.has(cell) ?? true);
      });
    };
    const own = rows.filter((row) => stays(row) && (isFirst || !isOld(row)));
    const [key = ''] = columns;
    if (isFirst) kept.set(key, new Set(own.map((row) => row.split(',')[0] ?? '')));
    return [`data/${file}`, `${[header, ...own].join('\n')}\n`] as const;
  });
  return Object.fromEntries([...texts, ...data]);
}

/** Whether the first day in a row lies before the others. */
function isOld(row: string): boolean {
  const [day = SINCE] = /\b20\d\d-\d\d-\d\d/.exec(row) ?? [];
  return day < SINCE;
}
