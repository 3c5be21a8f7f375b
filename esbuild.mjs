// One table of bundles. `node esbuild.mjs` builds all of them; `--only a,b` builds some; `--watch` rebuilds on change. `--package` builds
// those of the extension for its package: without source maps, minified, to `dist/package`, with `meta.json` on what is in them.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, context } from 'esbuild';
import { compiledSchemas } from './schemas/esbuild-plugin.mjs';
import { reportTexts } from './server/src/report/esbuild-plugin.mjs';
import { templateTexts } from './templates/esbuild-plugin.mjs';

const node = { platform: 'node', target: 'node20', format: 'cjs', external: ['vscode', '@duckdb/node-api'] };

function testFiles(folder, ending = '.test.ts') {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}

const bundles = {
  // A command is over before most of its code has run, so that reading it counts. Names stay, for whoever reports a defect.
  cli: {
    ...node,
    minifySyntax: true,
    minifyWhitespace: true,
    entryPoints: { cli: 'server/src/cli/main.ts' },
  },
  server: { ...node, entryPoints: { server: 'server/src/lsp/node.ts' } },
  // Loaded when a report is written: charts and components are more than all else that the command line reads.
  report: {
    ...node,
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryPoints: { report: 'server/src/report/index.ts' },
  },
  engine: { ...node, entryPoints: { engine: 'server/src/engines/duckdb/child.ts' } },
  client: {
    ...node,
    entryPoints: { client: 'client/src/node.ts', 'language-client': 'client/src/language-client.ts' },
    // Loaded when the server is needed: a bundle is one file here, so that this import stays one, as a `require`.
    external: [...node.external, './language-client.js'],
    supported: { 'dynamic-import': false },
  },
  // The page of the previews. It is alone in a browser, so that its size counts.
  webview: {
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    entryPoints: { 'webview/preview': 'client/webview/main.tsx' },
  },
  // Proves that the core needs nothing but a JavaScript engine: any Node import or polyfill fails this bundle.
  core: {
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    entryPoints: { core: 'server/src/core/index.ts' },
  },
  test: {
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    splitting: true,
    outExtension: { '.js': '.mjs' },
    outdir: 'dist/test',
    outbase: 'test',
    entryPoints: testFiles('test'),
  },
  // `npm run bench` and `npm run bench:lsp`.
  bench: {
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    outExtension: { '.js': '.mjs' },
    entryPoints: {
      bench: 'test/bench/core/main.ts',
      'bench-duckdb': 'test/bench/core/duckdb-alone.ts',
      'bench-lsp': 'test/bench/lsp/main.ts',
    },
  },
  // `npm run docs`.
  docs: { ...node, entryPoints: { docs: 'scripts/docs/main.ts' } },
  // `npm run package`.
  vsix: {
    ...node,
    packages: 'external',
    entryPoints: { 'package-vsix': 'scripts/package/main.ts' },
  },
  e2e: {
    ...node,
    packages: 'external',
    outdir: 'dist/e2e',
    outbase: 'test/e2e',
    entryPoints: [
      'test/e2e/run.ts',
      'test/e2e/report/run.ts',
      'test/e2e/suite/index.ts',
      ...testFiles('test/e2e', '.suite.ts'),
    ],
  },
};

const EXTENSION = ['cli', 'client', 'server', 'report', 'engine', 'webview'];

const isPackage = process.argv.includes('--package');
const only = process.argv.includes('--only')
  ? process.argv[process.argv.indexOf('--only') + 1].split(',')
  : isPackage
    ? EXTENSION
    : Object.keys(bundles);
const watch = process.argv.includes('--watch');
const packaged = {
  sourcemap: false,
  minify: true,
  legalComments: 'eof',
  metafile: true,
  outdir: 'dist/package',
};
const outputs = {};

for (const name of only) {
  const options = {
    bundle: true,
    sourcemap: true,
    outdir: 'dist',
    logLevel: 'warning',
    plugins: [compiledSchemas(), reportTexts(), templateTexts()],
    ...bundles[name],
    ...(isPackage ? packaged : {}),
  };
  if (watch) await (await context(options)).watch();
  else Object.assign(outputs, (await build(options)).metafile?.outputs);
}
if (isPackage) writeFileSync('dist/package/meta.json', JSON.stringify({ outputs }));
