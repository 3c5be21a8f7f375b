import assert from 'node:assert/strict';
import type { ProblemKind } from '../../server/src/core/base/problem.ts';
import { problemKinds } from '../../server/src/core/registry.ts';
import { rulePage } from '../../server/src/core/rule-pages.ts';
import { testEngine } from '../kit/engine.ts';
import { blocksOf, namelessBlocks } from './blocks.ts';
import { type Found, outcomeOf } from './outcome.ts';
import { EXAMPLE, type Files, readFolder, withExample } from './page-project.ts';

/** The examples of rules build on the project of the documents, and on a few things that only they mention. */
const COMMON: Files = { ...readFolder('docs/examples'), ...readFolder('test/fixtures/docs/rules') };

describe('the examples of the pages of rules', () => {
  const engine = testEngine();

  for (const kind of problemKinds) {
    const page = rulePage(kind);
    const blocks = blocksOf(page);
    if (blocks.length === 0) continue;
    describe(kind.id, () => {
      it('are YAML, each wrong one followed by how it is right', () => {
        assert.deepEqual(namelessBlocks(page), []);
        assert.deepEqual([...new Set(blocks.map(({ language }) => language))], ['yaml']);
        assert.ok(blocks.length === 1 || blocks.length % 2 === 0);
      });

      for (const [wrong, right] of pairsOf(blocks.map(({ text }) => text))) {
        const common = withRule(COMMON, kind);
        if (wrong !== undefined)
          it('break the rule where they are wrong', async () => {
            const found = await problemsOf(withText(common, wrong));
            assert.ok(
              found.some(({ rule }) => rule === kind.id),
              JSON.stringify(found),
            );
          });

        it('break no rule where they are right', async () => {
          const alone = await problemsOf(withText(common, right));
          // The right one need not repeat what the wrong one defines.
          const found =
            alone.length === 0 ? [] : await problemsOf(withText(afterWrong(common, wrong ?? ''), right));
          assert.deepEqual(found, []);
        });
      }
    });
  }

  /** What is wrong with the example itself. */
  async function problemsOf(files: Files): Promise<readonly Found[]> {
    const { problems } = await outcomeOf(engine, files, EXAMPLE);
    return problems.filter(({ file, isNote }) => !isNote && (file === EXAMPLE || file === 'plumbline.yaml'));
  }
});

/** Each wrong example with the right one that follows it. A single example is a right one. */
function pairsOf(texts: readonly string[]): readonly (readonly [string | undefined, string])[] {
  if (texts.length === 1) return [[undefined, texts[0] ?? '']];
  return texts.flatMap((text, index) => (index % 2 === 0 ? [[text, texts[index + 1] ?? ''] as const] : []));
}

/** The rule counts as an error, and what others only advise on is not asked for, so that an example need not be more than it shows. */
function withRule(files: Files, { id }: ProblemKind): Files {
  const others = problemKinds.filter((kind) => kind.id !== id && kind.severity !== 'error');
  const rules = [`${id}: error`, ...others.map((kind) => `${kind.id}: off`)];
  const settings = (files['plumbline.yaml'] ?? '').replace(/^rules: .*\n/m, '');
  return { ...files, 'plumbline.yaml': `${settings}rules: { ${rules.join(', ')} }\n` };
}

/** The project with what only the wrong example defines still in it, as the right one need not repeat it. */
function afterWrong(files: Files, wrong: string): Files {
  const { [EXAMPLE]: text = '', ...rest } = withText(files, wrong);
  return text === '' ? files : { ...rest, 'before.metrics.yaml': text };
}

/** The project with an example in it: settings, where all its keys are those, else definitions. */
function withText(files: Files, text: string): Files {
  const keys = [...text.matchAll(/^([a-z_]+):/gm)].map(([, key = '']) => key);
  const isSettings = keys.every((key) =>
    ['rules', 'timezone', 'as_of', 'grain', 'name', 'files'].includes(key),
  );
  if (isSettings && keys.length > 0) return { ...files, 'plumbline.yaml': `plumbline: 1\n${text}` };
  return { ...withExample(files, text), ...mentionedData(text) };
}

/** The data of which an example says `# its header: …`: a file with that header and no rows. */
function mentionedData(text: string): Files {
  const mentioned = [...text.matchAll(/data: ([\w.]+).*# its header: (.*)$/gm)];
  return Object.fromEntries(mentioned.map(([, file = '', header = '']) => [file, `${header}\n`]));
}
