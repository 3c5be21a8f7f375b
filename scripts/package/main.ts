// Makes a package of the extension for every platform: `npm run package`, or for some with `npm run package -- --target linux-x64`.
import { statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Sizes, sizesOfBundles } from './sizes.ts';
import { isTarget, TARGETS, type Target } from './targets.ts';
import { makeVsix, type Vsix } from './vsix.ts';

/** Where `node esbuild.mjs --package` writes to. */
const BUNDLES = 'dist/package';
const SHOWN = 8;

function main(): void {
  const targets = chosen();
  const bundles = sizesOfBundles(BUNDLES);
  const made: Vsix[] = [];
  for (const target of targets) {
    const vsix = makeVsix(target, BUNDLES);
    made.push(vsix);
    console.log(`${vsix.path}: ${megabytes(vsix.size)}, of it before compression`);
    print(vsix.parts);
  }
  for (const [name, sizes] of Object.entries(bundles)) {
    console.log(`${name}: ${megabytes(statSync(`${BUNDLES}/${name}`).size)}, of it`);
    print(sizes);
  }
  writeFileSync('dist/vsix/sizes.json', `${JSON.stringify({ packages: made, bundles }, undefined, 2)}\n`);
  console.log(
    `${made.length} of ${Object.keys(TARGETS).length} packages made, sizes in dist/vsix/sizes.json`,
  );
}

/** The platforms that were asked for, or all. */
function chosen(): readonly Target[] {
  const { values } = parseArgs({ options: { target: { type: 'string', multiple: true } } });
  return (values.target ?? Object.keys(TARGETS)).map((name) => {
    if (isTarget(name)) return name;
    throw new Error(`There is no platform "${name}". There are: ${Object.keys(TARGETS).join(', ')}.`);
  });
}

function print(sizes: Sizes): void {
  for (const [name, bytes] of Object.entries(sizes).slice(0, SHOWN))
    console.log(`  ${megabytes(bytes).padStart(9)}  ${name}`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
