// Runs the bundled tests with mocha. Folders or files under test/ limit the run: `npm run test:unit -- core/syntax`;
// `--grep WORDS` runs the tests whose title has these words. Closes with a line that counts.
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Mocha from 'mocha';

process.setSourceMapsEnabled(true);
const args = process.argv.slice(2);
const at = args.indexOf('--grep');
const grep = at < 0 ? undefined : args.splice(at, 2)[1];

const bundles = join('dist', 'test');
const files = readdirSync(bundles, { recursive: true })
  .filter((name) => name.endsWith('.test.mjs'))
  .filter((name) => args.length === 0 || args.some((place) => name.startsWith(place)))
  .sort()
  .map((name) => resolve(bundles, name));

const mocha = new Mocha({ timeout: 120_000, forbidOnly: true, ...(grep === undefined ? {} : { grep }) });
for (const file of files) mocha.addFile(file);
await mocha.loadFilesAsync();
const runner = mocha.run((failures) => {
  const { passes, pending } = runner.stats;
  console.log(`Tests: ${passes} passed, ${failures} failed, ${pending} skipped`);
  process.exitCode = failures > 0 || passes === 0 ? 1 : 0;
});
