import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { guardAgainstNative, nativeFiles, nativePackages } from '../../../scripts/package/guard.ts';
import { productionPackages } from '../../../scripts/package/lock.ts';

const BINDING = '@duckdb/node-bindings-linux-x64';

describe('the guard against native code', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-guard-'));
    plant('dist/server.js', 'module.exports = 1;\n');
    plant(`node_modules/${BINDING}/duckdb.node`, Buffer.from('7f454c46020101', 'hex'));
    plant(`node_modules/${BINDING}/libduckdb.so`, Buffer.from('7f454c46020101', 'hex'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("lets DuckDB's binding and the packages of this project pass", () => {
    assert.doesNotThrow(() => guardAgainstNative(folder, BINDING));
  });

  for (const name of ['addon.node', 'libfast.so', 'libfast.so.1.2', 'fast.dll', 'libfast.dylib']) {
    it(`refuses a planted ${name}, and says what to do`, () => {
      plant(`node_modules/fast/build/${name}`, 'anything');
      assert.throws(
        () => guardAgainstNative(folder, BINDING),
        new RegExp(`- node_modules/fast/build/${name}\n.*\nUse a package of pure JavaScript`),
      );
    });
  }

  for (const [system, start] of [
    ['Linux', '7f454c46'],
    ['Windows', '4d5a9000'],
    ['macOS', 'cffaedfe'],
    ['macOS for several processors', 'cafebabe'],
  ] as const) {
    it(`knows a program for ${system} by how it begins`, () => {
      plant('node_modules/fast/bin/fast', Buffer.from(start, 'hex'));
      assert.deepEqual(nativeFiles(folder, BINDING), ['node_modules/fast/bin/fast']);
    });
  }

  it("refuses DuckDB's binding for another platform", () => {
    const other = 'node_modules/@duckdb/node-bindings-linux-x64-musl/duckdb.node';
    plant(other, 'anything');
    assert.deepEqual(nativeFiles(folder, BINDING), [other]);
  });

  it('refuses packages that build when they are installed, and those for one platform', () => {
    assert.deepEqual(
      nativePackages([
        ...productionPackages(),
        { name: 'fast', version: '1.0.0', hasInstallScript: true },
        { name: 'fast-linux', version: '2.0.0', os: ['linux'], cpu: ['x64'] },
        { name: 'plain', version: '3.0.0' },
      ]),
      ['fast 1.0.0 runs a script when it is installed', 'fast-linux 2.0.0 is made for linux x64 only'],
    );
  });

  function plant(path: string, content: string | Buffer): void {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
});
