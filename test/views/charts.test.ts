import assert from 'node:assert/strict';
import { inlineSvg } from '../../server/src/views/charts/inline-svg.ts';
import { drawSvg } from '../../server/src/views/charts/library.ts';
import {
  type LinesData,
  linesSentence,
  lookOf,
  MOST_LINES,
  periodLines,
} from '../../server/src/views/charts/lines.ts';
import { linesOption } from '../../server/src/views/charts/lines-option.ts';
import { linesTable } from '../../server/src/views/charts/lines-table.ts';
import { LIGHT, PRINTED } from '../../server/src/views/charts/theme.ts';

const DATA: LinesData = {
  title: 'NPS by quarter',
  periods: ['Q1', 'Q2', 'Q3'],
  partial: [false, false, true],
  lines: [
    { name: 'NPS', kind: 'value', look: 0, values: [10, -5, 7], low: [4, -9, 2], high: [16, -1, 12] },
    { name: 'Target', kind: 'goal', look: 0, values: [null, 8, 9] },
    { name: '{a|x}<b>', kind: 'benchmark', look: 0, values: [6, 6, 6] },
  ],
  write: (value) => value.toFixed(1),
  writeTick: String,
};

/** The series of an option, by their ids. */
function seriesOf(data: LinesData, contrast = false) {
  const { series } = linesOption(data, { ...LIGHT, highContrast: contrast });
  return new Map([series ?? []].flat().map((each) => [each.id, each]));
}

describe('a chart of lines', () => {
  it('has its values, those that are not over yet apart', () => {
    const series = seriesOf(DATA);
    assert.deepEqual(series.get('line-0')?.data, [10, -5, null]);
    assert.deepEqual(series.get('end-0')?.data, [null, { value: -5, symbol: 'none' }, 7]);
    assert.deepEqual(series.get('line-1')?.data, [null, 8, 9]);
  });

  it('has a band from the lower to the upper bound of each interval', () => {
    const series = seriesOf(DATA);
    const [low, height] = [series.get('low-0'), series.get('high-0')];
    assert.equal(low?.stack, height?.stack);
    assert.deepEqual(low?.data, [4, -9, 2]);
    const tops = [4, -9, 2].map((from, index) => from + Number(height?.data?.[index]));
    assert.deepEqual(tops, [16, -1, 12]);
  });

  it('ends the axis of a share at all of it, unless a value is more or all are far below', () => {
    const atop = (values: readonly number[], most?: number): string => {
      const line = { name: 'a', kind: 'value', look: 0, values } as const;
      const data = { ...DATA, lines: [line], writeTick: (value: number) => `${value * 100} %` };
      const svg = drawSvg(linesOption(most === undefined ? data : { ...data, most }, LIGHT), {
        width: 600,
        height: 300,
      });
      const ticks = [...svg.matchAll(/>([\d.]+) %</g)].map(([, number]) => Number(number));
      return String(Math.max(...ticks));
    };
    assert.ok(Number(atop([0, 0.4, 1])) > 100, 'the library leaves room');
    assert.equal(atop([0, 0.4, 1], 1), '100');
    assert.ok(Number(atop([0.9, 1, 1.3], 1)) > 100);
    assert.ok(Number(atop([0.02, 0.04, 0.05], 1)) < 10);
  });

  it('never moves, and outlines its bands in high contrast', () => {
    assert.equal(linesOption(DATA, LIGHT).animation, false);
    const styleOf = (contrast: boolean) => {
      const low = seriesOf(DATA, contrast).get('low-0');
      return low?.type === 'line' ? low.lineStyle : undefined;
    };
    assert.deepEqual(styleOf(false), { width: 0 });
    assert.equal(styleOf(true)?.width, 1);
  });

  it('can be told apart without its colours', () => {
    const looks = Array.from({ length: MOST_LINES }, (_, look) => lookOf({ kind: 'value', look }));
    assert.equal(new Set(looks.map(({ dash }) => dash.join())).size, MOST_LINES);
    for (const kind of ['goal', 'benchmark'] as const) {
      const { dash, symbol } = lookOf({ kind, look: 0 });
      assert.ok(!looks.some((each) => each.dash.join() === dash.join() && each.symbol === symbol));
    }
  });

  it('is said in words', () => {
    assert.equal(
      linesSentence(DATA),
      'Line chart, NPS by quarter. NPS: from 10.0 in Q1 to 7.0 in Q3, lowest -5.0 in Q2, highest 10.0 in Q1; Target: 8.0 in Q2 to 9.0 in Q3; {a|x}<b>: 6.0. Q3 is not over yet.',
    );
    assert.deepEqual(periodLines(DATA, 2), [
      'Q3 (not over yet)',
      'NPS: 7.0 (2.0 to 12.0)',
      'Target: 9.0',
      '{a|x}<b>: 6.0',
    ]);
    const none = {
      ...DATA,
      lines: [{ name: 'NPS', kind: 'value' as const, look: 0, values: [null, null, null] }],
    };
    assert.equal(linesSentence(none), 'NPS by quarter: there are no values yet.');
    assert.deepEqual(periodLines(none, 0), ['Q1', 'no data']);
  });

  it('has all its numbers in its table', () => {
    const { columns, rows } = linesTable(DATA);
    assert.deepEqual(
      columns.map(({ label }) => label),
      ['Period', 'NPS', 'NPS: from', 'NPS: to', 'Target', '{a|x}<b>'],
    );
    const values = rows.map((row) => row.slice(1).map(({ value }) => value ?? null));
    assert.deepEqual(values, [
      [7, 2, 12, 9, 6],
      [-5, -9, -1, 8, 6],
      [10, 4, 16, null, 6],
    ]);
  });

  it('is drawn without a page, with its title and no element from a name', () => {
    const font = '"Segoe UI", sans-serif';
    const svg = drawSvg(linesOption(DATA, { ...LIGHT, font }, true), { width: 600, height: 300 });
    assert.match(svg, /^<svg/);
    assert.match(svg, />NPS by quarter</);
    assert.ok(!svg.includes('<b>'));
    // Well-formed: tags have attributes in quotes and nothing else, or an image of it could not be decoded.
    const drawn = svg.replaceAll(/<style.*?<\/style>/gs, '');
    const tags = drawn.replaceAll(/\s[\w:-]+="[^"<]*"/g, '').match(/<[^>]*>/g) ?? [];
    for (const tag of tags) assert.match(tag, /^<\/?\w+\s*\/?>$/);
  });
});

describe('a chart of parts', () => {
  const PARTS: LinesData = {
    ...DATA,
    partial: [false, false, false],
    lines: [
      { name: 'New', kind: 'part', look: 0, values: [5, 6, 7] },
      { name: 'Returned', kind: 'part', look: 1, values: [1, 0, 2] },
      { name: 'Lost', kind: 'part', look: 3, values: [-2, -3, -4] },
      { name: 'Net', kind: 'value', look: 5, values: [4, 3, 5] },
    ],
  };

  it('stacks them from zero on, each told apart by more than its colour', () => {
    const option = linesOption(PARTS, LIGHT);
    const axis = [option.yAxis].flat()[0];
    assert.equal(axis !== undefined && 'scale' in axis && axis.scale, false);
    const bars = [...seriesOf(PARTS).values()].flatMap((each) => (each.type === 'bar' ? [each] : []));
    assert.deepEqual(
      bars.map(({ name, stack }) => [name, stack]),
      [
        ['New', 'parts'],
        ['Returned', 'parts'],
        ['Lost', 'parts'],
      ],
    );
    // Those above zero lie next to each other: one of them is hatched.
    assert.deepEqual(
      bars.map(({ itemStyle }) => itemStyle?.decal !== undefined),
      [false, true, true],
    );
    assert.match(
      linesSentence(PARTS),
      /^Chart of bars .*New: from 5\.0 in Q1 to 7\.0 in Q3.*Lost: from -2\.0/,
    );
  });

  it('is drawn on a page of its own names and colours', () => {
    const svg = inlineSvg(drawSvg(linesOption(PARTS, PRINTED), { width: 400, height: 200 }), 'movement');
    const used = [...svg.matchAll(/url\(#([^)]*)\)/g)].map(([, id]) => id);
    assert.ok(
      used.length > 0 && used.every((id) => id?.startsWith('movement-') && svg.includes(`id="${id}"`)),
    );
    assert.ok(!svg.includes('style'));
  });
});

describe('a line with verdicts', () => {
  const judged: LinesData = {
    ...DATA,
    partial: [false, false, false],
    lines: [
      { name: 'NPS', kind: 'value', look: 0, values: [10, 30, 7], verdicts: [null, 'up', 'down'] },
      { name: 'Target', kind: 'goal', look: 0, values: [null, 8, 9] },
    ],
  };

  it('marks what differs from the value before by more than chance', () => {
    assert.deepEqual(seriesOf(judged).get('line-0')?.data, [
      10,
      { value: 30, symbol: 'triangle', symbolSize: 13 },
      { value: 7, symbol: 'triangle', symbolSize: 13, symbolRotate: 180 },
    ]);
  });

  it('says so in words, for the ear, for the pointer and in the table', () => {
    assert.match(linesSentence(judged), /NPS is clearly up in Q2\. NPS is clearly down in Q3\./);
    assert.deepEqual(periodLines(judged, 2), ['Q3', 'NPS: 7.0, clearly down', 'Target: 9.0']);
    const { columns, rows } = linesTable(judged);
    assert.equal(columns.at(-1)?.label, 'NPS: verdict');
    assert.deepEqual(
      rows.map((row) => row.at(-1)?.text),
      ['clearly down', 'clearly up', '–'],
    );
    assert.ok(!linesTable(DATA).columns.some(({ label }) => label.includes('verdict')));
  });
});
