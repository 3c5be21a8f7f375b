// Writes what is generated in `docs/`: the pages of the rules from the registry of problems, and the tables between markers in the pages that
// people write, from the schemas and the catalogue of functions. Pages of rules that are gone are removed.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedPages } from './generated-pages.ts';

const pages = generatedPages();
const written = new Set(pages.map(({ path }) => path));
mkdirSync('docs/rules', { recursive: true });
for (const name of readdirSync('docs/rules')) {
  if (!written.has(`docs/rules/${name}`)) rmSync(join('docs/rules', name));
}
for (const { path, text } of pages) writeFileSync(path, text);
console.log(`${pages.length} pages of docs written.`);
