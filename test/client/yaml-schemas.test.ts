import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileOf, SCHEME, schemaFor } from '../../client/src/features/yaml-extension/schemas.ts';

describe('the schemas that are lent to the YAML extension', () => {
  it('are for our files, wherever they lie', () => {
    assert.equal(schemaFor('vscode-vfs://github/a/b/nps.metrics.yaml'), `${SCHEME}://schema/metrics`);
    assert.equal(schemaFor('file:///c%3A/a/nps.metrics.yml'), `${SCHEME}://schema/metrics`);
    assert.equal(schemaFor('file:///a/plumbline.yaml?ref=1#2'), `${SCHEME}://schema/project`);
  });

  it('are for no others', () => {
    for (const name of [
      'notes.yaml',
      'metrics.yaml',
      'myplumbline.yaml',
      'a.metrics.yaml/b.yaml',
      'plumbline.yaml.bak',
    ])
      assert.equal(schemaFor(`file:///a/${name}`), undefined, name);
    assert.equal(fileOf('file:///schema/metrics'), undefined);
    assert.equal(fileOf(`${SCHEME}://schema/other`), undefined);
  });

  for (const resource of ['file:///a/x.metrics.yaml', 'file:///a/plumbline.yaml'])
    it(`are there as JSON, for ${resource}`, () => {
      const file = fileOf(schemaFor(resource) ?? '');
      assert.ok(file !== undefined);
      const schema: { readonly $schema?: string } = JSON.parse(readFileSync(join('schemas', file), 'utf8'));
      assert.match(schema.$schema ?? '', /json-schema\.org/);
    });
});
