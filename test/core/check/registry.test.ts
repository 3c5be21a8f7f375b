import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rules } from '../../../server/src/core/check/rules/index.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { pageOf, problemKinds } from '../../../server/src/core/registry.ts';
import { rulePages } from '../../../server/src/core/rule-pages.ts';
import { parseYaml } from '../../../server/src/core/syntax/yaml/parse.ts';
import { FIXTURES } from './fixture.ts';

describe('registry', () => {
  it('has every id once, written as a slug', () => {
    const ids = problemKinds.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)].sort());
    for (const id of ids) assert.match(id, /^[a-z]+(-[a-z]+)*$/);
  });

  it('lists every rule that has a file', () => {
    const files = readdirSync('server/src/core/check/rules').filter((name) => name !== 'index.ts');
    assert.deepEqual(rules.map(({ id }) => `${id}.ts`).sort(), files.sort());
    for (const { id } of rules)
      assert.ok(
        problemKinds.some((kind) => kind.id === id),
        id,
      );
  });

  it('has no fixtures of rules that are gone', () => {
    const folders = readdirSync(FIXTURES).filter((name) => name !== 'common');
    const ids = new Set(rules.map(({ id }) => id));
    assert.deepEqual(
      folders.filter((folder) => !ids.has(folder)),
      [],
    );
  });

  it('explains every rule with a wrong and a right example in valid YAML', () => {
    for (const { id, documentation, summary } of rules) {
      assert.match(summary, /\.$/, id);
      assert.ok(summary.length <= 120, id);
      for (const heading of ['## Wrong', '## Right', '## How to mend it']) {
        assert.ok(documentation.includes(heading), `${id} lacks "${heading}".`);
      }
      const right = documentation.slice(documentation.indexOf('## Right'));
      const example = /```yaml\n([\s\S]*?)```/.exec(right)?.[1] ?? '';
      assert.notEqual(example, '', id);
      assert.deepEqual(parseYaml(example).issues, [], `The right example of ${id} is no YAML.`);
    }
  });

  it('has a page for every kind, as `npm run docs` writes it', () => {
    const pages = rulePages();
    for (const { path, text } of pages) {
      assert.ok(existsSync(path), `${path} is missing: run npm run docs.`);
      assert.equal(readFileSync(path, 'utf8'), text, `${path} is out of date: run npm run docs.`);
    }
    const written = readdirSync('docs/rules').map((name) => `docs/rules/${name}`);
    assert.deepEqual(written.sort(), pages.map(({ path }) => path).sort());
    for (const { id } of problemKinds) assert.ok(written.includes(pageOf(id)), id);
  });

  it('knows every metric type of the format', () => {
    const schema: { $defs: { metric: { properties: { type: { enum: string[] } } } } } = JSON.parse(
      readFileSync('schemas/metrics.schema.json', 'utf8'),
    );
    assert.deepEqual([...kinds.keys()].sort(), schema.$defs.metric.properties.type.enum.sort());
  });
});
