// Runs the bundled tests with mocha. `npm run test:unit -- --grep nps` and any other mocha option work;
// folders or files named first limit the run: `npm run test:unit -- core/syntax`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const args = process.argv.slice(2);
const places = args.filter((arg) => existsSync(join('test', arg)) || existsSync(join('test', `${arg}.test.ts`)));
const rest = args.filter((arg) => !places.includes(arg));
const specs = (places.length > 0 ? places : ['']).map((place) =>
  existsSync(join('test', `${place}.test.ts`)) ? `dist/test/${place}.test.mjs` : `dist/test/${place}/**/*.test.mjs`,
);
const result = spawnSync(
  process.execPath,
  ['--enable-source-maps', mocha, '--timeout', '60000', '--forbid-only', ...specs, ...rest],
  { stdio: 'inherit' },
);
process.exit(result.status ?? 1);
