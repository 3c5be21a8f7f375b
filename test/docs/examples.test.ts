import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writtenPages } from '../../scripts/docs/generated-pages.ts';
import { folderOf } from '../cli/kit.ts';
import { testEngine } from '../kit/engine.ts';
import { type Block, blocksOf, namelessBlocks } from './blocks.ts';
import { outcomeOf } from './outcome.ts';
import { EXAMPLE, type Files, filesOf, replaced, startOf, withBlock, withExample } from './page-project.ts';
import { argumentsOf, commandsOf, isAsShown } from './shown-output.ts';
import { edited, followsTutorial, isTutorial, stepsOf } from './tutorial.ts';

/** So many columns do the shown tables have at most. */
const COLUMNS = '100';
const RUN = new Set(['yaml', 'csv', 'console']);

const pages = [{ path: 'README.md', text: readFileSync('README.md', 'utf8') }, ...writtenPages()];

describe('the examples of the documents', () => {
  const engine = testEngine();

  for (const { path, text } of pages) {
    describe(path, () => {
      it('names the language of every block', () => assert.deepEqual(namelessBlocks(text), []));

      if (isTutorial(text)) {
        followsTutorial(text);
        return;
      }
      let page = startOf(text);
      for (const block of blocksOf(text)) {
        const name = `${block.language} in line ${block.line}, ${block.heading}`;
        const reason = block.notes.get('not run');
        if (reason !== undefined) {
          it(`says why it does not run: ${name}`, () => assert.match(reason, /\w+ \w+/));
          continue;
        }
        const [from, to] = (block.notes.get('replace') ?? '').split(' => ');
        if (from !== undefined && to !== undefined) page = replaced(page, from, to);
        page = withBlock(page, block);
        const project = filesOf(page);
        if (isRecipe(path, block)) continue;
        if (block.language === 'yaml') it(`evaluates: ${name}`, () => evaluates(engine, project, block));
        else if (block.language === 'console') shows(name, block, project);
        else it(`knows how to run: ${name}`, () => assert.ok(RUN.has(block.language), block.language));
      }
    });
  }
});

/** Recipes are evaluated together, by `cookbook/cookbook.test.ts`. */
function isRecipe(path: string, { language, words }: Block): boolean {
  return path.startsWith('docs/cookbook/') && language === 'yaml' && words.length === 0;
}

async function evaluates(engine: Parameters<typeof outcomeOf>[0], files: Files, block: Block): Promise<void> {
  const name = block.words[0] === 'reports' ? undefined : block.words[0];
  const { problems, refused } = await outcomeOf(engine, files, name ?? EXAMPLE);
  const at = block.words.indexOf('reports');
  const expected = at < 0 ? [] : block.words.slice(at + 1).toSorted();
  if (expected.length > 0) {
    const told = problems.filter(({ rule, isNote }) => !isNote || expected.includes(rule));
    const rules = [...new Set(told.map(({ rule }) => rule))].sort();
    assert.deepEqual(rules, expected, JSON.stringify(problems));
    return;
  }
  // An example may leave sources to others, or compute what another does.
  assert.deepEqual(
    problems.filter(({ isNote }) => !isNote),
    [],
  );
  assert.deepEqual(refused, []);
}

function shows(name: string, block: Block, files: Files): void {
  describe(name, () => {
    const folder = folderOf(files);
    for (const { command, shown } of commandsOf(block.text)) {
      it(`shows what it says: ${command}`, async () => {
        const args = argumentsOf(command);
        assert.ok(args !== undefined, `Only plumbline is run, not "${command}".`);
        const { stdout, stderr } = await folder.plumbline(args, { env: { COLUMNS } });
        const output = `${stdout}${stderr}`;
        if (shown !== '') assert.ok(isAsShown(output, shown), output);
      });
    }
  });
}

describe('the project of a page', () => {
  it('gives way to what an example defines', () => {
    const files = {
      'a.metrics.yaml': 'plumbline: 1\n\nmetrics:\n  a: { type: count }\n  b:\n    type: sum\n',
      'x.csv': 'a\n',
    };
    const { 'a.metrics.yaml': rest = '', [EXAMPLE]: example = '' } = withExample(
      files,
      'metrics:\n  b: { type: count }\n',
    );
    assert.match(rest, /a: \{ type: count \}/);
    assert.doesNotMatch(rest, / b:/);
    assert.match(example, /^plumbline: 1\n/);
  });

  it('takes "…" for any lines of an output, and nothing else', () => {
    assert.ok(isAsShown('a\nb\nc  \n', 'a\n…\nc'));
    assert.ok(isAsShown('a\nb\nc\n', 'a\n…'));
    assert.ok(!isAsShown('a\nb\nc\n', 'a\n…\nd'));
    assert.ok(!isAsShown('a\nb\n', 'a'));
  });
});

describe('the steps of a tutorial', () => {
  it('change lines where they stand, just once', () => {
    assert.equal(edited('a\nb\nc\n', ' a\n-b\n+x\n+y\n'), 'a\nx\ny\nc\n');
    assert.equal(edited('a\nb\n', ' b\n+c\n'), 'a\nb\nc\n');
    assert.throws(() => edited('a\nb\na\nb\n', ' a\n-b\n'), /just once/);
    assert.throws(() => edited('a\nab\n', '-b\n'), /just once/);
  });

  it('are done or say why not', () => {
    assert.throws(() => stepsOf('```yaml\na: 1\n```\n'), /names no file/);
    assert.deepEqual(
      stepsOf('```csv a.csv\na\n```\n\n<!-- at the end of: a.csv -->\n```csv\n1\n```\n').map(
        ({ does }) => does,
      ),
      ['write', 'append'],
    );
  });
});
