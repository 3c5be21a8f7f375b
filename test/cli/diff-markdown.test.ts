import assert from 'node:assert/strict';
import { UNICODE } from '../../server/src/cli/look.ts';
import { diffMarkdown } from '../../server/src/cli/reporters/diff-markdown.ts';
import { sparkline } from '../../server/src/cli/sparkline.ts';
import { compareFiles } from '../kit/diff/compare-folders.ts';
import { reported } from '../kit/diff/reported.ts';
import { testEngine } from '../kit/engine.ts';
import { renderedGfm } from '../kit/rendered-gfm.ts';
import { HOSTILE } from './ci/hostile-texts.ts';

type Files = Readonly<Record<string, string>>;

/** A month, from the first of 2024 on, and its plan: so many rows in the first, one more in each after it. */
const ROWS = Array.from({ length: 8 }, (_, month) =>
  Array.from({ length: month + 2 }, (_, row) => ({ month, plan: row % 2 === 0 ? 'free' : 'team' })),
).flat();

const CSV = `on,plan\n${ROWS.map(({ month, plan }) => `2024-0${month + 1}-15,${plan}`).join('\n')}\n`;

function project(metrics: string): Files {
  return {
    'plumbline.yaml': 'plumbline: 1\nas_of: 2024-08-31\n',
    'a.csv': CSV,
    'a.metrics.yaml': `plumbline: 1\nsources: { a: { data: a.csv, time: on } }\nmetrics:\n${metrics}`,
  };
}

const count = (where: string, more = ''): string =>
  `  rows: { type: count, source: a, where: ${JSON.stringify(where)}${more} }\n`;

describe('a line of blocks that is held against another', () => {
  it('has a block for each value, the same for the same value in both, and none lower for a greater one', () => {
    const [one, other] = [
      [3, 8, 5, null, 1],
      [8, 8, 2, 4, 3],
    ];
    const scale = [...one, ...other];
    const drawn = [one, other].flatMap((values) => {
      const line = [...sparkline(values, UNICODE, scale)];
      assert.equal(line.length, values.length);
      return values.map((value, index) => ({ value, level: UNICODE.levels.indexOf(line[index] ?? '') }));
    });
    for (const a of drawn)
      for (const b of drawn) {
        if (a.value === null || b.value === null) continue;
        if (a.value === b.value) assert.equal(a.level, b.level);
        if (a.value < b.value) assert.ok(a.level <= b.level);
      }
    const known = drawn.filter(({ value }) => value !== null);
    assert.equal(Math.min(...known.map(({ level }) => level)), 0);
    assert.equal(Math.max(...known.map(({ level }) => level)), UNICODE.levels.length - 1);
  });
});

describe('a comparison as a comment on a pull request', () => {
  const engine = testEngine();

  async function commentOf(
    before: Files,
    after: Files,
    names: readonly [string, string] = ['main', 'branch'],
  ): Promise<string> {
    return compareFiles(engine, before, after, (diff, one, other) => {
      return diffMarkdown(reported(diff, one, other, names));
    });
  }

  it('has the trend before and after, and the values of each period in a table that is folded', async () => {
    const comment = await commentOf(
      project(count("plan in ('free', 'team')")),
      project(count("plan = 'team'")),
    );
    const [, before = '', after = ''] = /^2024-01 to 2024-08: `(.*)` → `(.*)`$/m.exec(comment) ?? [];
    assert.equal([...before].length, 8);
    assert.equal([...after].length, 8);
    // The rows that are counted rise from 2 to 9, and of them those of a team from 1 to 4.
    assert.equal(before.at(-1), UNICODE.levels.at(-1));
    assert.equal(after[0], UNICODE.levels[0]);
    const html = renderedGfm(comment);
    const [fold = ''] = /<details>.*?<\/details>/s.exec(html) ?? [];
    assert.match(fold, /<summary>Values by period<\/summary>/);
    const cells = [...fold.matchAll(/<tr>(.*?)<\/tr>/gs)]
      .slice(1)
      .map(([, row = '']) => [...row.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(([, cell]) => cell));
    const expected = Array.from({ length: 8 }, (_, month) => {
      const own = ROWS.filter((row) => row.month === month);
      const team = own.filter(({ plan }) => plan === 'team').length;
      return [`2024-0${month + 1}`, `${own.length}`, `${team}`, `-${own.length - team}`];
    });
    assert.deepEqual(cells, expected.reverse());
  });

  it('has neither where no total moved', async () => {
    const comment = await commentOf(
      project(count("plan = 'team'")),
      project(count("plan = 'team'", ', label: Teams')),
    );
    assert.doesNotMatch(comment, /→|<details>/);
  });

  it('folds metrics that moved for one reason, behind the first of them', async () => {
    const metrics = Array.from(
      { length: 9 },
      (_, index) => `  m${index}: { type: count, source: a, segments: [kind] }\n`,
    ).join('');
    const cut = (groups: string): Files =>
      project(`${metrics}segments: { kind: { source: a, groups: { ${groups} } } }\n`);
    const comment = await commentOf(
      cut("free: plan = 'free', other: plan = 'team'"),
      cut("free: plan <> 'x', other: plan = 'x'"),
    );
    assert.match(comment, /^### 9 metrics: /m);
    const [, open = '', folded = ''] =
      /^### 9(.*?)<details>\n<summary>4 more metrics<\/summary>(.*?)<\/details>/ms.exec(comment) ?? [];
    const names = (text: string): string[] =>
      [...text.matchAll(/^- `(m\d)`: /gm)].map(([, name = '']) => name);
    assert.deepEqual([names(open).length, names(folded).length], [5, 4]);
    assert.equal(new Set([...names(open), ...names(folded)]).size, 9);
  });

  it('has room for the notes, whatever is left out, and counts that', async () => {
    const many = (conditions: readonly string[]): string =>
      Array.from({ length: 49 }, (_, index) =>
        count('X').replace('"X"', JSON.stringify(conditions)).replace('rows:', `m${index}:`),
      ).join('');
    const conditions = Array.from({ length: 16 }, (_, index) => `plan <> '${'x'.repeat(150)}${index}'`);
    const comment = await commentOf(project(many(["plan in ('free', 'team')"])), {
      ...project(many(["plan = 'team'", ...conditions])),
      'a.csv': `${CSV}2024-08-16,team\n`,
    });
    assert.ok(comment.length <= 65_536, `${comment.length}`);
    assert.match(comment, /\n- The data of `a` \(\d+ rows, before \d+\) changed\.\n$/);
    const [, left = ''] =
      /\n(\d+) parts? (?:is|are) left out, as a comment has no room for/.exec(comment) ?? [];
    assert.ok(Number(left) > 0, 'something is left out');
    assert.equal((comment.match(/^### metric /gm)?.length ?? 0) + Number(left), 49);
    assert.equal(comment.split('<details>').length, comment.split('</details>').length);
  });

  for (const { what, text } of HOSTILE)
    it(`shows ${what} as text`, async () => {
      const yaml = JSON.stringify(text);
      const metric = (where: string): string =>
        count(where, `, label: ${yaml}, description: ${JSON.stringify(`${where} ${text}`)}, tags: [${yaml}]`);
      const [before, after] = [project(metric("plan in ('free', 'team')")), project(metric("plan = 'team'"))];
      const html = renderedGfm(await commentOf(before, after, [text, `${text} now`]));
      const tags = [...html.matchAll(/<\/?([a-z0-9]+)/g)].map(([, name = '']) => name);
      const ours = ['h2', 'h3', 'p', 'ul', 'li', 'code', 'details', 'summary'];
      const table = ['table', 'thead', 'tbody', 'tr', 'th', 'td'];
      assert.deepEqual(
        [...new Set(tags)].filter((name) => !ours.includes(name) && !table.includes(name)),
        [],
      );
      assert.equal(html.match(/<tr>/g)?.length, 1 + 8);
      // Outside of code nobody is called, and nothing is referred to.
      const prose = html.replace(/<code>.*?<\/code>/gs, '');
      assert.doesNotMatch(prose, /@\w|#\d|\bGH-\d|https?:\/\//i);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not be there.
      assert.doesNotMatch(html, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    });
});
