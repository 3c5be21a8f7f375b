import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join('samples', 'saas');

/** The texts of the sample project, by path relative to its root. Of its data the headers only, which are all that checks read. */
export function saasTexts(): Readonly<Record<string, string>> {
  const read = (path: string): string => readFileSync(join(FOLDER, path), 'utf8');
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
  const data = readdirSync(join(FOLDER, 'data')).map((name) => `data/${name}`);
  return Object.fromEntries([
    ...names.map((name) => [name, read(name)]),
    ...data.map((name) => [name, `${read(name).split('\n', 1)[0]}\n`]),
  ]);
}
