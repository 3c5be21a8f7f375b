import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanLine, cleanText } from '../../server/src/cli/clean-text.ts';
import { codeFrame } from '../../server/src/cli/code-frame.ts';
import { jsonText } from '../../server/src/cli/json-text.ts';
import { type Look, lookOf, type Surroundings } from '../../server/src/cli/look.ts';
import { createProgress } from '../../server/src/cli/progress.ts';
import { evalCsv } from '../../server/src/cli/reporters/eval-csv.ts';
import { sparkline } from '../../server/src/cli/sparkline.ts';
import { type Column, type Line, renderTable } from '../../server/src/cli/table.ts';
import { cutToWidth, graphemes, textWidth, wrapText } from '../../server/src/cli/text-width.ts';
import { LineIndex } from '../../server/src/core/base/line-index.ts';

const PIPE: Surroundings = { isTTY: false, columns: undefined, env: {}, platform: 'linux' };
const PLAIN: Look = lookOf(PIPE, { color: false });

describe('the width of a text', () => {
  const cases: readonly (readonly [string, number])[] = [
    ['abc', 3],
    ['売上', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    ['✓', 1],
    ['한글', 4],
    ['ｆ', 2],
    ['', 0],
  ];
  for (const [text, width] of cases) {
    it(`of ${JSON.stringify(text)} is ${width}`, () => assert.equal(textWidth(text), width));
  }

  it('counts the characters of a long text as the segmenter does when it sees all of it', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
    const letters = fc.constantFrom('a', 'é', 'e\u0301', '売', '👩‍👩‍👧', '🇧🇪', '한', '\r\n', '\ud83d');
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 600, size: 'max' }), (characters) => {
        const text = characters.join('');
        assert.deepEqual(
          [...graphemes(text)].map((grapheme) => grapheme.text),
          [...segmenter.segment(text)].map(({ segment }) => segment),
        );
      }),
      { numRuns: 100 },
    );
    assert.equal(textWidth('売'.repeat(100_000)), 200_000);
  });

  it('is kept to where texts are cut and wrapped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, width) => {
        assert.ok(textWidth(cutToWidth(text, width, '…')) <= width);
        const words = text.split(/ +/).filter((word) => word !== '');
        assert.deepEqual(
          wrapText(text, width)
            .join(' ')
            .split(/ +/)
            .filter((word) => word !== ''),
          words,
        );
      }),
      { numRuns: 300 },
    );
    assert.deepEqual(wrapText('one two three', 7), ['one two', 'three']);
    assert.equal(cutToWidth('売上高', 5, '…'), '売上…');
  });
});

describe('cleaned text', () => {
  it('holds no control characters and none that change the direction of writing', () => {
    assert.equal(cleanText('a\u001b[31mb\u009b1mc\r\u202ed\ne'), 'a[31mb1mcd\ne');
    assert.equal(cleanLine('a\tb\nc\u0007'), 'a b c');
  });

  it('is JSON with escapes, and CSV without control characters where people see it on a terminal', () => {
    const group = 'a\u009b2J\u202e\u001b]0;x\u0007';
    const json = jsonText({ group });
    assert.equal(json, '{\n  "group": "a\\u009b2J\\u202e\\u001b]0;x\\u0007"\n}\n');
    assert.deepEqual(JSON.parse(json), { group });
    const value = { period: '2025', start: null, end: null, partial: false, group: { by: group } };
    const numbers = {
      value: 1,
      n: 1,
      low: null,
      high: null,
      previous: null,
      change: null,
      verdict: null,
      small_sample: true,
      share_of_total: null,
    };
    const metric = { metric: 'm', version: 1, type: 'count', label: 'M', unit: 'count', decimals: 0 };
    const rest = {
      better: 'higher',
      status: 'active',
      grain: 'year',
      headline: null,
      trends: [],
      benchmarks: [],
      error: null,
    } as const;
    const document = {
      ...{ project: null, as_of: null, targets: [] },
      metrics: [{ ...metric, ...rest, values: [{ ...value, ...numbers }] }],
    };
    const csv = (terminal: boolean): string | undefined =>
      evalCsv({ document, by: ['by'] }, terminal).split('\r\n')[1];
    assert.equal(csv(true), 'm,2025,,,false,a2J]0;x,1,1,,,,,,true');
    assert.equal(csv(false), `m,2025,,,false,${group},1,1,,,,,,true`);
  });
});

describe('a code frame', () => {
  const frameOf = (text: string, marked: string, width = 80): ReturnType<typeof codeFrame> => {
    const start = text.indexOf(marked);
    return codeFrame({ text, lines: new LineIndex(text) }, { start, end: start + marked.length }, width, '…');
  };

  it('stands on the line and under the characters', () => {
    assert.deepEqual(frameOf('one\n  two three', 'three'), {
      ...{ line: 2, code: '  two three', indent: 6, length: 5, continues: false },
    });
  });

  it('shows tabs as far as the next stop', () => {
    const { code, indent } = frameOf('\tab\tx: y', 'y');
    assert.deepEqual([code, indent], ['    ab  x: y', 11]);
  });

  it('shows control characters as something visible of one column', () => {
    const { code, indent } = frameOf('a\u001b[2J: wrong', 'wrong');
    assert.deepEqual([code, indent], ['a\ufffd[2J: wrong', 7]);
  });

  it('marks a span of several lines to the end of its first', () => {
    const { code, length, continues } = frameOf('a: {\n  b: c\n}', '{\n  b: c\n}');
    assert.deepEqual([code, length, continues], ['a: {', 1, true]);
  });

  it('marks one place where there is nothing to mark', () => {
    const frame = codeFrame({ text: 'a:', lines: new LineIndex('a:') }, { start: 2, end: 2 }, 80, '…');
    assert.deepEqual([frame.indent, frame.length], [2, 1]);
  });

  it('keeps the mark in sight in a line that is too long', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }), (before, after) => {
        const text = `${'x'.repeat(before)}WRONG${'y'.repeat(after)}`;
        const { code, indent, length } = frameOf(text, 'WRONG', 60);
        assert.ok(code.length <= 60);
        assert.equal(code.slice(indent, indent + length), 'WRONG');
      }),
      { numRuns: 200 },
    );
  });

  it('looks only at what may be seen of a line of a megabyte', () => {
    const text = `${'é'.repeat(1_000_000)}WRONG${'👩‍👩‍👧'.repeat(100_000)}`;
    // Of the 58 columns between the two marks a third lies before the place, 19; behind it 34 are left, and an emoji takes two.
    const code = `…${'é'.repeat(19)}WRONG${'👩‍👩‍👧'.repeat(17)}…`;
    assert.deepEqual(frameOf(text, 'WRONG', 60), { line: 1, code, indent: 20, length: 5, continues: false });
  });

  it('marks as much as is seen of a span of a megabyte', () => {
    const frame = frameOf(`a: ${'x'.repeat(1_000_000)}`, 'x'.repeat(1_000_000), 60);
    assert.deepEqual(frame, {
      ...{ line: 1, indent: 3, length: 55 },
      code: `a: ${'x'.repeat(55)}…`,
      continues: false,
    });
  });
});

describe('a sparkline', () => {
  it('goes from the lowest to the highest value, with gaps where there is none', () => {
    assert.equal(sparkline([0, 7, null, 3.5, 1], PLAIN.glyphs), '▁█·▅▂');
  });

  it('is half high where all values are the same', () => {
    assert.equal(sparkline([5, 5], PLAIN.glyphs), '▄▄');
    assert.equal(sparkline([null], PLAIN.glyphs), '·');
  });
});

describe('a table', () => {
  const columns: readonly Column[] = [
    { title: 'NAME', align: 'left', shrink: { comfort: 6, least: 4 } },
    { title: 'SIZE', align: 'right' },
    { title: 'NOTE', align: 'left', drop: 1 },
    { title: 'NONE', align: 'left' },
  ];
  const lines: readonly Line[] = [
    { kind: 'cells', cells: [{ text: 'a long name' }, { text: '5' }, { text: 'first' }, { text: '' }] },
    { kind: 'cells', cells: [{ text: '売', tail: '!' }, { text: '12345' }, { text: '' }] },
    { kind: 'text', text: 'said across all of them', indent: 2 },
  ];
  const at = (width: number): readonly string[] => renderTable(columns, lines, { ...PLAIN, width });

  it('is as wide as its cells, without columns that are blank', () => {
    assert.deepEqual(at(80), [
      'NAME          SIZE  NOTE',
      'a long name      5  first',
      '売!          12345',
      '  said across all of them',
    ]);
  });

  it('cuts what may be cut, then leaves out what may be left out, then cuts again', () => {
    assert.deepEqual(at(20), [
      'NAME     SIZE  NOTE',
      'a lon…      5  first',
      '売!     12345',
      '  said across all of',
      '  them',
    ]);
    assert.deepEqual(at(16).slice(0, 2), ['NAME        SIZE', 'a long n…      5']);
    assert.deepEqual(at(11).slice(0, 3), ['NAME   SIZE', 'a l…      5', '売!   12345']);
  });
});

describe('how output looks', () => {
  const colours = (surroundings: Partial<Surroundings>, color = true): boolean =>
    lookOf({ ...PIPE, ...surroundings }, { color }).color.isColorSupported;

  it('has colours on a terminal only, unless somebody says otherwise', () => {
    assert.equal(colours({}), false);
    assert.equal(colours({ isTTY: true }), true);
    assert.equal(colours({ isTTY: true }, false), false);
    assert.equal(colours({ isTTY: true, env: { NO_COLOR: '1' } }), false);
    assert.equal(colours({ isTTY: true, env: { NO_COLOR: '' } }), true);
    assert.equal(colours({ isTTY: true, env: { TERM: 'dumb' } }), false);
    assert.equal(colours({ env: { FORCE_COLOR: '1' } }), true);
    assert.equal(colours({ env: { FORCE_COLOR: '1', NO_COLOR: '1' } }), false);
  });

  it('is plain where a terminal does not take UTF-8', () => {
    const ascii = (surroundings: Partial<Surroundings>): boolean =>
      lookOf({ ...PIPE, ...surroundings }, { color: true }).ascii;
    assert.equal(ascii({ env: { LANG: 'C' } }), false);
    assert.equal(ascii({ isTTY: true, env: { LANG: 'C' } }), true);
    assert.equal(ascii({ isTTY: true, env: { LANG: 'de_DE.UTF-8' } }), false);
    assert.equal(ascii({ isTTY: true, env: { LC_ALL: 'C', LANG: 'de_DE.UTF-8' } }), true);
    assert.equal(ascii({ isTTY: true }), false);
    assert.equal(ascii({ isTTY: true, platform: 'win32' }), true);
  });

  it('is as wide as the terminal, and 100 columns where there is none', () => {
    const width = (surroundings: Partial<Surroundings>): number =>
      lookOf({ ...PIPE, ...surroundings }, { color: true }).width;
    assert.equal(width({}), 100);
    assert.equal(width({ isTTY: true, columns: 140 }), 140);
    assert.equal(width({ isTTY: true, columns: 0 }), 100);
  });
});

describe('progress', () => {
  const written: string[] = [];
  const stderr = (isTTY: boolean) => ({
    isTTY,
    columns: 20,
    write: (text: string) => void written.push(text),
  });
  const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
  beforeEach(() => void written.splice(0));

  it('shows the latest step once the work has lasted, and goes away', async () => {
    const progress = createProgress({ stderr: stderr(true) }, 0);
    progress.show('first');
    progress.show('a step with a long name\u0007');
    await turn();
    progress.show('last');
    progress.clear();
    progress.clear();
    const clear = '\r\u001b[2K';
    assert.deepEqual(written, [`${clear}a step with a long`, `${clear}last`, clear]);
  });

  it('is silent where the work is over soon, and where nobody watches', async () => {
    const soon = createProgress({ stderr: stderr(true) }, 60_000);
    soon.show('x');
    soon.clear();
    const piped = createProgress({ stderr: stderr(false) }, 0);
    piped.show('x');
    await turn();
    piped.clear();
    assert.deepEqual(written, []);
  });
});
