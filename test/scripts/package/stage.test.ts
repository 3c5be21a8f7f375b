import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeFiles } from '../../../scripts/package/guard.ts';
import { stage } from '../../../scripts/package/stage.ts';
import { bindingOf, currentTarget } from '../../../scripts/package/targets.ts';

describe('the package of the extension', () => {
  const target = currentTarget();
  let folder: string;
  let files: readonly string[];

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-stage-'));
    stage(folder, target, 'dist');
    files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  });

  after(() => rmSync(folder, { recursive: true }));

  it('holds every file that its manifest names', () => {
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const named = [...pathsIn(manifest.contributes), manifest.main, manifest.icon];
    assert.ok(named.length > 2);
    assert.deepEqual(
      named.filter((path) => !existsSync(join(folder, path))),
      [],
    );
  });

  it('holds each page to which a problem links', () => {
    assert.deepEqual(readdirSync(join(folder, 'docs', 'rules')), readdirSync(join('docs', 'rules')));
  });

  it('holds no sources, source maps, tests or what generates the sample', () => {
    assert.deepEqual(
      files.filter((path) => /\.tsx?$|\.map$|tsconfig|^test|^server|^client.src|generat/.test(path)),
      [],
    );
  });

  it("holds DuckDB's binding for its platform, and nothing else that is native", () => {
    assert.ok(files.includes(join('node_modules', bindingOf(target), 'duckdb.node')));
    assert.deepEqual(nativeFiles(folder, bindingOf(target)), []);
  });
});

/** Every text of the manifest that is the path of a file in it. */
function pathsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return /^(\.|client)\//.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(pathsIn) : [];
}
