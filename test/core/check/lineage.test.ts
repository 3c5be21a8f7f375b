import assert from 'node:assert/strict';
import { type Lineage, lineageOf } from '../../../server/src/core/check/lineage.ts';
import { ideFixture } from '../../kit/ide.ts';
import { present } from '../../kit/present.ts';

const TEXT = `
plumbline: 1
sources:
  orders:
    data: orders.csv
    time: at
    columns: { big: { value: amount > shop.size } }
    links: { shop: { to: shops, using: shop_id }, ship_to: { to: cities, using: city_id } }
  shops: { data: shops.csv, key: shop_id, links: { city: { to: cities, using: city_id } } }
  cities: { data: cities.csv, key: city_id }
  visits: { data: visits.csv, time: at }
segments:
  size: { source: shops, groups: { large: size > 5 } }
  country: { source: cities, by: country }
  channel: { by: { orders: channel, visits: channel } }
  place: { by: { shops: city.country, visits: channel } }
metrics:
  per_channel: { type: ratio, numerator: { type: count, source: orders }, denominator: { type: count, source: visits }, segments: [channel] }
  sizes: { type: count, source: orders, segments: [place] }
  revenue: { type: sum, label: Turnover, source: orders, value: amount, segments: [size, channel] }
  big: { type: count, source: orders, where: big, segments: [{ segment: country, via: shop.city }] }
  visits: { type: count, source: visits }
  per_visit: { type: ratio, numerator: revenue, denominator: visits }
  big_share:
    type: ratio
    numerator: { metric: big, where: amount > 1 }
    denominator: { type: count, source: orders }
  chain: { type: formula, formula: per_visit * 2 + nothing }
  loop: { type: ratio, numerator: loop, denominator: visits }
  unread: { type: count, source: nowhere, segments: [size, none] }
targets:
  more: { metric: revenue, at_least: 1, due: 2025 }
  other: { metric: visits, at_least: 1, due: 2025 }
journeys:
  buying: { stages: { look: { metrics: [visits] }, buy: { metrics: [revenue, big] } } }
`;

const DATA = {
  'orders.csv': 'at,amount,shop_id,city_id,channel\n2025-01-01,1,a,x,web\n',
  'shops.csv': 'shop_id,size,city_id\na,1,x\n',
  'cities.csv': 'city_id,country\nx,BE\n',
  'visits.csv': 'at,channel\n2025-01-01,web\n',
};

describe('lineage', () => {
  const of = async (name: string): Promise<Lineage> => {
    const { context } = await ideFixture({ 'a.metrics.yaml': TEXT, ...DATA });
    return lineageOf(context.checked, present(context.checked.project.metrics.get(name)));
  };
  const edgesOf = ({ edges }: Lineage): readonly string[] =>
    edges
      .map(({ from, to, kind, via }) => `${from} ${kind}${via === null ? '' : `(${via})`} ${to}`)
      .toSorted();

  it('leads from a metric over its rows and segments to every source, and to what is about it', async () => {
    const lineage = await of('revenue');
    assert.equal(lineage.root, 'metric:revenue');
    assert.deepEqual(edgesOf(lineage), [
      'journey:buying stage(buy) metric:revenue',
      'metric:chain part metric:per_visit',
      'metric:per_visit part metric:revenue',
      'metric:revenue breakdown segment:channel',
      'metric:revenue breakdown segment:size',
      'metric:revenue rows source:orders',
      'segment:channel rows source:orders',
      'segment:size rows source:shops',
      'source:orders link(shop) source:shops',
      'target:more goal metric:revenue',
    ]);
  });

  it('lists of a segment over several sources only those that the metric reads', async () => {
    const both = edgesOf(await of('per_channel')).filter((edge) => edge.startsWith('segment:'));
    assert.deepEqual(both, ['segment:channel rows source:orders', 'segment:channel rows source:visits']);
    const behind = edgesOf(await of('sizes')).filter((edge) => edge.startsWith('segment:'));
    assert.deepEqual(behind, ['segment:place rows source:shops']);
  });

  it('follows computed columns, and the way that a metric chose to a segment', async () => {
    assert.deepEqual(edgesOf(await of('big')), [
      'journey:buying stage(buy) metric:big',
      'metric:big breakdown segment:country',
      'metric:big rows source:orders',
      // The metric inside holds the name; the one around it is what uses it.
      'metric:big_share part metric:big',
      'segment:country rows source:cities',
      'source:orders link(shop) source:shops',
      'source:shops link(city) source:cities',
    ]);
  });

  it('has the metrics that stand inside another as their own', async () => {
    const lineage = await of('big_share');
    const parts = edgesOf(lineage).filter((edge) => edge.includes(' part ') || edge.includes(' rows '));
    assert.deepEqual(parts, [
      'metric:big rows source:orders',
      'metric:big_share part metric:big_share.denominator',
      'metric:big_share part metric:big_share.numerator',
      'metric:big_share.denominator rows source:orders',
      'metric:big_share.numerator part metric:big',
      'segment:country rows source:cities',
    ]);
  });

  it('ends where a metric uses itself, and leaves out names that nothing has', async () => {
    assert.deepEqual(edgesOf(await of('loop')), [
      'metric:loop part metric:loop',
      'metric:loop part metric:visits',
      'metric:visits rows source:visits',
    ]);
    assert.deepEqual(edgesOf(await of('unread')), [
      'metric:unread breakdown segment:size',
      'segment:size rows source:shops',
    ]);
    assert.ok(edgesOf(await of('chain')).includes('metric:chain part metric:per_visit'));
  });

  it('has each node once, at its name, with what it is called', async () => {
    const { nodes, edges } = await of('revenue');
    const ids = nodes.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { from, to } of edges) assert.ok(ids.includes(from) && ids.includes(to), `${from} ${to}`);
    for (const { at, name } of nodes) assert.equal(TEXT.slice(at.span.start, at.span.end), name);
    const root = nodes.find(({ id }) => id === 'metric:revenue');
    assert.deepEqual([root?.label, root?.type, root?.kind], ['Turnover', 'sum', 'metric']);
  });
});
