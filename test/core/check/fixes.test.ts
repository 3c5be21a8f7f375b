import assert from 'node:assert/strict';
import type { Fix } from '../../../server/src/core/base/problem.ts';
import { rules } from '../../../server/src/core/check/rules/index.ts';
import { ROOT } from '../../kit/project.ts';
import { analysed, fixtureOf, takeMarks } from './fixture.ts';

/** Texts after a fix. Edits are applied from the end, so that the places of the others stay. */
function applied(texts: Readonly<Record<string, string>>, fix: Fix): Record<string, string> {
  const changed = { ...texts };
  for (const { file, span, text } of [...fix.edits].sort((a, b) => b.span.start - a.span.start)) {
    const path = file.slice(ROOT.length + 1);
    const before = changed[path] ?? '';
    changed[path] = before.slice(0, span.start) + text + before.slice(span.end);
  }
  return changed;
}

describe('check: fixes', () => {
  for (const { id } of rules) {
    it(`of ${id}, each applied alone, take their problem away`, async () => {
      const texts: Record<string, string> = {};
      for (const [path, text] of Object.entries(fixtureOf(id, 'fail'))) {
        texts[path] = path.endsWith('.yaml') ? takeMarks(path, text).text : text;
      }
      const { problems } = await analysed(texts);
      for (const problem of problems) {
        for (const fix of problem.fixes ?? []) {
          const after = await analysed(applied(texts, fix));
          const left = after.problems.filter(
            ({ code, message }) => code === problem.code && message === problem.message,
          );
          const before = problems.filter(
            ({ code, message }) => code === problem.code && message === problem.message,
          );
          assert.ok(left.length < before.length, `"${fix.title}" leaves: ${problem.message}`);
          const broken = after.problems.filter(
            ({ code }) => code === 'yaml-syntax' || code === 'expression-syntax',
          );
          const brokenBefore = problems.filter(
            ({ code }) => code === 'yaml-syntax' || code === 'expression-syntax',
          );
          assert.ok(broken.length <= brokenBefore.length, `"${fix.title}" breaks the text.`);
        }
      }
    });
  }

  it('that are sure leave nothing to say of what they mend', async () => {
    const texts = {
      ...fixtureOf('expression-cut', 'pass'),
      'b.metrics.yaml': `plumbline: 1
metrics:
  cut: { type: count, source: tickets, where: subject in ('high', 'it''s "urgent"'), grain: month }
`,
    };
    const { problems } = await analysed(texts);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['expression-cut'],
    );
    const fix = problems[0]?.fixes?.[0];
    assert.ok(fix?.sure);
    const after = await analysed(applied(texts, fix));
    assert.deepEqual(after.problems, []);
  });
});
