import assert from 'node:assert/strict';
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
import { LIGHT } from '../../server/src/views/charts/theme.ts';

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

  it('never moves, and outlines its bands in high contrast', () => {
    assert.equal(linesOption(DATA, LIGHT).animation, false);
    assert.deepEqual(seriesOf(DATA).get('low-0')?.lineStyle, { width: 0 });
    assert.notEqual(seriesOf(DATA, true).get('low-0')?.lineStyle?.width, 0);
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
