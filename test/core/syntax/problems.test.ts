import assert from 'node:assert/strict';
import { syntaxProblems } from '../../../server/src/core/syntax/problems.ts';
import { parseYaml } from '../../../server/src/core/syntax/yaml/parse.ts';

const codesOf = (text: string): string[] => parseYaml(text).issues.map((issue) => issue.code);

describe('problems of YAML', () => {
  it('have distinct ids and one-line summaries', () => {
    assert.equal(new Set(syntaxProblems.map(({ id }) => id)).size, syntaxProblems.length);
    for (const { id, summary } of syntaxProblems) {
      assert.match(id, /^yaml-[a-z-]+$/);
      assert.match(summary, /^[A-Z][^\n]+\.$/);
    }
  });

  for (const { id, documentation } of syntaxProblems) {
    it(`show ${id} by examples that are what they say`, () => {
      const [wrong = '', right = ''] = documentation.split(/^Right:/m);
      const fence = /```yaml\n([\s\S]*?)```/;
      const bad = fence.exec(wrong)?.[1];
      const good = fence.exec(right)?.[1] ?? '';
      assert.deepEqual(codesOf(good), []);
      assert.notEqual(good, '');
      // Control characters cannot be shown.
      if (id === 'yaml-control-character') assert.equal(bad, undefined);
      else assert.deepEqual(codesOf(bad ?? ''), [id]);
    });
  }
});
