import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { build } from 'esbuild';

/** The floors of the core, lowest first. Files at the top of the core, and `kinds`, stand on all of them. */
const FLOORS = [
  'base',
  'syntax',
  'schema',
  'format',
  'model',
  'check',
  'plan',
  'evaluate',
  'mutate',
  'ide',
  'diff',
  'policy',
  'preview',
  'scaffold',
];
const CORE = 'server/src/core';

/** Where the few files between the floors stand. */
const PLACES: Readonly<Record<string, number>> = {
  // Ports are named by hosts and by any floor from the model up; they name the engine's types, which are types only.
  'ports.ts': FLOORS.indexOf('schema'),
  workspace: FLOORS.indexOf('model'),
  'workspace.ts': FLOORS.indexOf('model'),
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly line: string;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name).split(sep).join('/'));
}

/** The imports of a text, static and dynamic: relative ones as paths from the repository's root, packages by their name. */
function importsIn(file: string, text: string): Import[] {
  const written =
    /^(?:import|export)\b[^;]*?\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\b(?:import|require)\(\s*'([^']+)'/gm;
  return [...text.matchAll(written)].map(([line, from, alone, called]) => {
    const specifier = from ?? alone ?? called ?? '';
    return {
      from: file,
      to: specifier.startsWith('.') ? posix.join(dirname(file), specifier) : specifier,
      line: line.replaceAll(/\s+/g, ' '),
    };
  });
}

function importsOf(file: string): Import[] {
  return importsIn(file, readFileSync(file, 'utf8'));
}

/** Whether an import goes to a higher floor. */
function runsUpward({ from, to }: Import): boolean {
  const [own, other] = [height(from), height(to)];
  if (own === undefined || !to.startsWith(`${CORE}/`)) return false;
  // The ports name the engine's types, which stand beside what uses them.
  if (to === `${CORE}/evaluate/engine.ts` && from === `${CORE}/ports.ts`) return false;
  return other === undefined || other > own;
}

/** The height of a core file; `undefined` for one that may import every floor. */
function height(file: string): number | undefined {
  const [first = ''] = relative(CORE, file).split(sep);
  const floor = FLOORS.indexOf(first);
  return floor >= 0 ? floor : PLACES[first];
}

describe('the floors', () => {
  const core = sources(CORE);

  it('are all there', () => {
    for (const floor of FLOORS)
      assert.ok(
        core.some((file) => file.startsWith(`${CORE}/${floor}/`)),
        floor,
      );
  });

  it('import downward only', () => {
    const upward = core.flatMap(importsOf).filter(runsUpward);
    assert.deepEqual(
      upward.map(({ from, line }) => `${from}: ${line}`),
      [],
    );
  });

  it('keep the core free of hosts, engines, faces and platforms', () => {
    const allowed = [
      'yaml',
      'picomatch',
      'ignore',
      'papaparse',
      'hyparquet',
      'plumbline:',
      '@stdlib/stats-base-dists-normal-cdf',
      '@stdlib/stats-base-dists-t-cdf',
      '@stdlib/stats-base-dists-t-quantile',
    ];
    const isAllowed = (name: string): boolean => allowed.some((start) => name.startsWith(start));
    const foreign = core.flatMap(importsOf).filter(({ to }) => !to.startsWith(`${CORE}/`) && !isAllowed(to));
    assert.deepEqual(
      foreign.map(({ from, line }) => `${from}: ${line}`),
      [],
    );
  });

  it('keep the faces apart', () => {
    const faces = ['server/src/lsp', 'server/src/cli'];
    for (const [face, other] of [faces, [...faces].reverse()]) {
      const across = sources(face ?? '')
        .flatMap(importsOf)
        .filter(({ to }) => to.startsWith(`${other}/`));
      assert.deepEqual(across, []);
    }
  });

  it('let views import nothing but the core, what draws them and each other, so that any page can show them', () => {
    const allowed = /^(server\/src\/(core|views)\/|preact(\/hooks)?$|echarts\/)/;
    const foreign = sources('server/src/views')
      .flatMap(importsOf)
      .filter(({ to }) => !allowed.test(to));
    assert.deepEqual(
      foreign.map(({ from, line }) => `${from}: ${line}`),
      [],
    );
    const drawn = sources('server/src/views').filter((file) =>
      importsOf(file).some(({ to, line }) => to.startsWith('echarts/') && !line.startsWith('import type')),
    );
    assert.deepEqual(drawn, ['server/src/views/charts/library.ts']);
  });

  it('let pages of the client import no platform, and of the server only its protocol and views', () => {
    const allowed = /^(server\/src\/(protocol|views)\/|client\/webview\/|preact(\/hooks)?$)/;
    const foreign = sources('client/webview')
      .flatMap(importsOf)
      .filter(({ to }) => !allowed.test(to));
    assert.deepEqual(
      foreign.map(({ from, line }) => `${from}: ${line}`),
      [],
    );
  });

  it('let only the client import vscode, and the client only the protocol of the server', () => {
    const outside = sources('server/src')
      .flatMap(importsOf)
      .filter(({ to }) => to === 'vscode');
    assert.deepEqual(outside, []);
    const inside = sources('client/src')
      .flatMap(importsOf)
      .filter(({ to }) => to.startsWith('server/') && !to.startsWith('server/src/protocol/'));
    assert.deepEqual(inside, []);
  });

  it('let one file of the client import the library that talks to the server, loaded when it is needed only', () => {
    const apart = 'client/src/language-client.ts';
    const all = sources('client/src').flatMap(importsOf);
    const library = all.filter(({ to }) => to.startsWith('vscode-languageclient'));
    assert.deepEqual([...new Set(library.map(({ from }) => from))], [apart]);
    // Whatever imports it at once would take the library into the bundle that every activation reads.
    const loading = all.filter(({ to }) => /^client\/src\/language-client\.[jt]s$/.test(to));
    assert.deepEqual(
      loading.map(({ line }) => line),
      ["import('./language-client.js'"],
    );
  });

  it('find an upward import however it is written', () => {
    const file = `${CORE}/base/span.ts`;
    const planted = [
      "import { evaluate } from '../evaluate/evaluate.ts';",
      "import type {\n  Metric,\n} from '../model/project.ts';",
      "export { kinds } from '../kinds/index.ts';",
      "import '../plan/frame.ts';",
      "const later = import('../check/check.ts');",
    ];
    for (const text of planted) assert.equal(importsIn(file, text).filter(runsUpward).length, 1, text);
    assert.deepEqual(importsIn(file, "import { x } from './line-index.ts';").filter(runsUpward), []);
  });
});

describe('the core in a browser', () => {
  it('builds without a polyfill', async () => {
    const { compiledSchemas } = (await import(
      new URL('../../../schemas/esbuild-plugin.mjs', import.meta.url).href
    )) as { compiledSchemas: () => import('esbuild').Plugin };
    const result = await build({
      entryPoints: [`${CORE}/index.ts`],
      bundle: true,
      platform: 'browser',
      format: 'esm',
      write: false,
      metafile: true,
      logLevel: 'silent',
      plugins: [compiledSchemas()],
    });
    // An import of a Node module would have failed the build; a package that stands in for one would be listed.
    const inputs = Object.keys(result.metafile.inputs);
    assert.ok(inputs.length > 100);
    assert.deepEqual(
      inputs.filter((name) => /^node:|browserify|node-libs|polyfill-node/.test(name)),
      [],
    );
  });
});
