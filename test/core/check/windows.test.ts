import assert from 'node:assert/strict';
import { analysed } from './fixture.ts';

const SOURCES = `plumbline: 1
sources:
  orders: { data: orders.csv, time: at }
metrics:
`;

const DATA = { 'orders.csv': 'at,who,amount\n2025-01-01,a,1\n' };

describe('a window of a ratio', () => {
  const check = async (metrics: string): Promise<void> => {
    const { expected, found } = await analysed({ ...DATA, 'a.metrics.yaml': `${SOURCES}${metrics}` });
    const marked = found.filter(({ what }) => what.includes('window') || what.includes('wrong-fields'));
    assert.deepEqual(
      marked.map(({ line, start, end, what }) => [line, start, end, what]),
      expected.map(({ line, start, end, what }) => [line, start, end, what]),
    );
    assert.ok(expected.length > 0);
  };

  it('means nothing for a part that says by itself which rows belong together', () =>
    check(`  each:
    type: ratio
    window: 28 days
    numerator: { type: count, source: orders }
    denominator: { type: lifetime_value, source: orders, entity: who, value: amount }
#                        ^^^^^^^^^^^^^^ error[wrong-fields]
`));

  it('is not that of a metric that it names, as it is or filtered', () =>
    check(`  all: { type: count, source: orders }
  mean:
    type: ratio
    window: 28 days
#           ^^^^^^^ warning[uneven-window]
    numerator: { type: sum, source: orders, value: amount }
    denominator: all
  filtered:
    type: ratio
    window: 28 days
#           ^^^^^^^ warning[uneven-window]
    numerator: { type: sum, source: orders, value: amount }
    denominator: { metric: all, where: amount > 1 }
`));
});
