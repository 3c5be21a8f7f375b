// Writes the pages of the rules, `docs/rules/*.md`, from the registry of problems. Pages of rules that are gone are removed.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { compiledSchemas } from '../schemas/esbuild-plugin.mjs';

const outfile = join(tmpdir(), `plumbline-docs-${process.pid}.mjs`);
await build({
  entryPoints: ['server/src/core/rule-pages.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  outfile,
  logLevel: 'warning',
  plugins: [compiledSchemas()],
});
const { rulePages } = await import(pathToFileURL(outfile).href);
rmSync(outfile);

const pages = rulePages();
const written = new Set(pages.map(({ path }) => path));
mkdirSync('docs/rules', { recursive: true });
for (const name of readdirSync('docs/rules')) {
  if (!written.has(`docs/rules/${name}`)) rmSync(join('docs/rules', name));
}
for (const { path, text } of pages) writeFileSync(path, text);
console.log(`${pages.length} pages written to docs/rules.`);
