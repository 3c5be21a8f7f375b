import assert from 'node:assert/strict';
import { lineageAt, usedBy, uses } from '../../../server/src/core/ide/call-hierarchy.ts';
import { documentLinks } from '../../../server/src/core/ide/document-links.ts';
import { type IdeFixture, ideFixture } from '../../kit/ide.ts';
import { ROOT } from '../../kit/project.ts';

const FILES = {
  'data/a.csv': 'id,at,customer_id\n',
  'data/b.csv': 'id,at,customer_id\n',
  'customers.csv': 'id,country\n',
  's.metrics.yaml': `plumbline: 1
sources:
  orders: { data: data/*.csv, time: at, links: { customer: { to: customers, using: customer_id } } }
  customers: { data: customers.csv, key: id }
segments:
  country: { source: customers, by: country }
`,
};

const METRICS = `plumbline: 1
defaults: { source: orders }
metrics:
  a: { type: count, where: customer.country = 'FR' }
  b: { type: ratio, numerator: a, denominator: { type: count, segments: [country] } }
  c: { type: formula, formula: a + a, status: deprecated, deprecated: { use: b } }
targets: { t: { metric: b, segment: country.FR } }
journeys: { j: { segment: country, stages: { s: { metrics: [a] } } } }
`;

async function fixture(marked: string): Promise<IdeFixture> {
  return ideFixture({ ...FILES, 'm.metrics.yaml': marked });
}

/** What a step says: the definition, and the words at its places. */
function shown({ texts }: IdeFixture, steps: ReturnType<typeof uses>): readonly string[] {
  const wordAt = (place: {
    readonly file: string;
    readonly span: { readonly start: number; readonly end: number };
  }): string => (texts.get(place.file.slice(ROOT.length + 1)) ?? '').slice(place.span.start, place.span.end);
  return steps.map(({ item, places }) => `${item.kind} ${item.name}: ${places.map(wordAt).join(' ')}`);
}

describe('lineage', () => {
  it('says what uses a definition, once each, with the words that do', async () => {
    const project = await fixture(METRICS);
    const by = (kind: 'metric' | 'source' | 'segment', name: string): readonly string[] =>
      shown(project, usedBy(project.context, { kind, name }));
    assert.deepEqual(by('metric', 'a'), ['metric b: a', 'metric c: a a', 'journey j: a']);
    assert.deepEqual(by('metric', 'b'), ['metric c: b', 'target t: b']);
    assert.deepEqual(by('segment', 'country'), [
      'metric b: country',
      'target t: country',
      'journey j: country',
    ]);
    // The first two have it from `defaults`, which the names of the metrics stand for.
    assert.deepEqual(by('source', 'orders'), ['metric a: a', 'metric b: b', 'metric c: c']);
    assert.deepEqual(by('source', 'customers'), [
      'metric a: country',
      'source orders: customers',
      'segment country: customers',
    ]);
  });

  it('says what a definition is made of', async () => {
    const project = await fixture(METRICS);
    const of = (kind: 'metric' | 'source' | 'target', name: string): readonly string[] =>
      shown(project, uses(project.context, { kind, name }));
    assert.deepEqual(of('metric', 'a'), ['source orders: a', 'source customers: country']);
    assert.deepEqual(of('metric', 'b'), ['source orders: b', 'metric a: a', 'segment country: country']);
    assert.deepEqual(of('target', 't'), ['metric b: b', 'segment country: country']);
    assert.deepEqual(of('source', 'customers'), []);
  });

  it('is asked for at a name, or anywhere in a definition', async () => {
    const at = async (marked: string): Promise<readonly string[]> => {
      const { context, file, offset } = await fixture(marked);
      return lineageAt(context, file, offset).map(({ kind, name }) => `${kind} ${name}`);
    };
    assert.deepEqual(await at(METRICS.replace('numerator: a', 'numerator: ┆a')), ['metric a']);
    assert.deepEqual(await at(METRICS.replace('type: ratio', 'type: rat┆io')), ['metric b']);
    assert.deepEqual(await at(METRICS.replace('customer.country', 'customer.cou┆ntry')), [
      'source customers',
    ]);
    assert.deepEqual(await at(METRICS.replace('plumb', 'plu┆mb')), []);
  });
});

describe('document links', () => {
  it('lead to data and to the metric to use', async () => {
    const { context, file } = await fixture(`┆${METRICS}`);
    const [link, ...others] = documentLinks(context, file);
    assert.deepEqual(others, []);
    const start = METRICS.indexOf('b: { type: ratio');
    assert.deepEqual(link?.to, { place: { file: file.file.path, span: { start, end: start + 1 } } });
    const sources = await ideFixture({ ...FILES, 's.metrics.yaml': `┆${FILES['s.metrics.yaml']}` });
    assert.deepEqual(
      documentLinks(sources.context, sources.file).map(({ to, tooltip }) => [to, tooltip]),
      [
        [{ path: `${ROOT}/data/a.csv` }, 'Open data/a.csv, the first of 2 files'],
        [{ path: `${ROOT}/customers.csv` }, 'Open customers.csv'],
      ],
    );
  });
});
