import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { analyse } from '../../../server/src/core/analyse.ts';
import { formatRange } from '../../../server/src/core/format/format-range.ts';
import { formatText } from '../../../server/src/core/format/format-text.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { parseYaml } from '../../../server/src/core/syntax/yaml/parse.ts';
import type { YamlNode } from '../../../server/src/core/syntax/yaml/tree.ts';
import { projectOf } from '../../kit/project.ts';
import { saasTexts } from '../../kit/saas.ts';
import { SAMPLE } from '../syntax/yaml/sample.ts';
import { randomFile } from './random-file.ts';

const FIXTURES = 'test/fixtures/rules';

/** The metrics files of the samples and fixtures, by path. */
function knownTexts(): ReadonlyMap<string, string> {
  const folders = ['samples', 'test/fixtures', 'test/data'];
  const paths = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const files = paths.filter((path) => path.endsWith('.metrics.yaml'));
  return new Map([
    ['the sample of styles', SAMPLE],
    ...files.map((path) => [path, readFileSync(path, 'utf8')] as const),
  ]);
}

const known = knownTexts();
const seeds = fc.integer({ min: 0, max: 1e9 });

/** Holds a law for every known text without YAML errors, and for random ones. */
function law(name: string, holds: (text: string, owned: number) => void): void {
  it(name, () => {
    let held = 0;
    for (const [path, text] of known) {
      if (parseYaml(text).issues.length > 0) continue;
      held += 1;
      try {
        holds(text, 0);
      } catch (error) {
        throw new Error(`in ${path}`, { cause: error });
      }
    }
    assert.ok(held > 70, `${held} texts`);
    fc.assert(
      fc.property(seeds, (seed) => {
        const { text, owned } = randomFile(seed);
        assert.deepEqual(parseYaml(text).issues, [], text);
        holds(text, owned);
      }),
      { numRuns: 150 },
    );
  });
}

/** Every scalar by its path, with its text and style; the names of definitions in their order, keys of the format sorted. */
function said(node: YamlNode | undefined, depth = 0, isSection = false): unknown {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return [node.text, node.value, node.style];
  if (node.kind === 'seq') return node.items.map((item) => said(item, depth + 1));
  const entries = node.entries.map(({ key, value }) => {
    return [key.text, said(value, depth + 1, depth === 0 && key.text !== 'defaults')] as const;
  });
  return isSection ? entries : entries.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

describe('formatting', () => {
  law('twice is formatting once', (text) => {
    const once = formatText('metrics', text);
    assert.ok(once.isCanonical);
    assert.equal(formatText('metrics', once.text).text, once.text);
  });

  law('changes nothing that is said, and loses no comment', (text) => {
    const [before, after] = [parseYaml(text), parseYaml(formatText('metrics', text).text)];
    assert.deepEqual(said(after.root), said(before.root));
    const comments = (tree: typeof before): string[] =>
      tree.comments.map((each) => each.text.trimEnd()).sort();
    assert.deepEqual(comments(after), comments(before));
  });

  law(
    'leaves no white space at the end of a line outside of texts, and one line break at the end',
    (text) => {
      const formatted = formatText('metrics', text).text;
      const tree = parseYaml(formatted);
      const scalars: { start: number; end: number }[] = [];
      const collect = (node: YamlNode | undefined): void => {
        if (node?.kind === 'scalar' && node.origin === undefined) scalars.push(node.span);
        else if (node?.kind === 'map') for (const { value } of node.entries) collect(value);
        else if (node?.kind === 'seq') for (const item of node.items) collect(item);
      };
      collect(tree.root);
      for (const { index } of formatted.matchAll(/[ \t]$/gm)) {
        assert.ok(
          scalars.some(({ start, end }) => start < index && index < end),
          formatted.slice(index - 40, index + 10),
        );
      }
      assert.match(formatted, /\S\n+$/);
    },
  );

  it('leaves every comment with the entry that it names', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { text, owned } = randomFile(seed);
        const lines = formatText('metrics', text).text.split('\n');
        assert.equal(lines.filter((line) => /# (above|behind) /.test(line)).length, owned);
        lines.forEach((line, i) => {
          const [, place, name, key] = /# (above|behind) (\w+) (\w+)$/.exec(line) ?? [];
          if (place === undefined) return;
          const own = place === 'behind' ? line : lines.slice(i).find((each) => !/^\s*(#|$)/.test(each));
          assert.match(own ?? '', new RegExp(`^ {4}${key}:`), `${line}\n${lines.join('\n')}`);
          const definition = lines.slice(0, i).findLast((each) => /^ {2}\w+:/.test(each));
          assert.match(definition ?? '', new RegExp(`^ {2}${name}:`), lines.join('\n'));
        });
      }),
      { numRuns: 300 },
    );
  });

  it('of every definition by itself says the same, and leaves the lines around it alone', () => {
    fc.assert(
      fc.property(seeds, fc.nat(200), (seed, line) => {
        const { text } = randomFile(seed);
        const lines = text.split('\n');
        const at = line % lines.length;
        const formatted = formatRange('metrics', text, { first: at, last: at });
        assert.deepEqual(said(parseYaml(formatted).root), said(parseYaml(text).root));
        const isHead = (each: string): boolean => /^\S/.test(each) && !each.startsWith('#');
        assert.deepEqual(formatted.split('\n').filter(isHead).length, lines.filter(isHead).length);
      }),
      { numRuns: 150 },
    );
  });

  it('leaves the problems of the sample project and of the fixtures the same', async () => {
    const projects: Readonly<Record<string, string>>[] = [saasTexts()];
    const common = readdirSync(join(FIXTURES, 'common')).filter((name) => name.endsWith('.yaml'));
    const shared = common.map(
      (name) => [name, readFileSync(join(FIXTURES, 'common', name), 'utf8')] as const,
    );
    for (const [path, text] of known) {
      if (path.startsWith(FIXTURES)) projects.push({ ...Object.fromEntries(shared), 'a.metrics.yaml': text });
    }
    for (const before of projects) {
      const after = Object.fromEntries(
        Object.entries(before).map(([path, text]) => [
          path,
          path.endsWith('.metrics.yaml') ? formatText('metrics', text).text : text,
        ]),
      );
      assert.deepEqual(await problemsOf(after), await problemsOf(before));
    }
  });

  it('has been done in the sample project', () => {
    for (const [path, text] of Object.entries(saasTexts())) {
      if (!path.endsWith('.yaml')) continue;
      assert.equal(formatText(path === 'plumbline.yaml' ? 'project' : 'metrics', text).text, text, path);
    }
  });
});

async function problemsOf(texts: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { problems } = analyse(await projectOf(texts, kinds), kinds);
  return problems.map(({ code, message }) => `${code}: ${message}`).sort();
}
