import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { assertValid } from './kit.ts';

const files = existsSync('samples')
  ? readdirSync('samples', { recursive: true, encoding: 'utf8' }).map((name) => join('samples', name))
  : [];
const metricsFiles = files.filter((name) => /[.]metrics[.]ya?ml$/.test(name));
const projectFiles = files.filter((name) => basename(name) === 'plumbline.yaml');

describe('the samples', () => {
  it('hold a project with metrics', () => {
    assert.notDeepEqual(metricsFiles, []);
    assert.notDeepEqual(projectFiles, []);
  });
  for (const name of metricsFiles) {
    it(`${name} follows the schema`, () => assertValid('metrics', readFileSync(name, 'utf8'), name));
  }
  for (const name of projectFiles) {
    it(`${name} follows the schema`, () => assertValid('project', readFileSync(name, 'utf8'), name));
  }
});
