import assert from 'node:assert/strict';
import { type OutlineItem, outline } from '../../../server/src/core/ide/document-symbols.ts';
import { foldingRanges } from '../../../server/src/core/ide/folding-ranges.ts';
import { selectionRanges } from '../../../server/src/core/ide/selection-ranges.ts';
import { workspaceSymbols } from '../../../server/src/core/ide/workspace-symbols.ts';
import { ideFixture } from '../../kit/ide.ts';
import { saasTexts } from '../../kit/saas.ts';

const TEXT = `plumbline: 1
# About the shop.
# In two lines.
sources:
  orders:
    data: orders.csv
    columns: { id: { type: text }, big: { value: amount > 10 } }
    links:
      customer: { to: customers, using: customer_id }
segments:
  size: { source: orders, groups: { large: big } }
metrics:
  count_a:
    type: count
    description: |
      Many
      words

  half:
    type: formula
    formula: p / 2
    parts: { p: { metric: count_a } }
    status: deprecated
targets: { goal: { metric: half } }
journeys:
  j:
    label: Way
    stages: { first: { label: First } }
`;

describe('an outline', () => {
  it('lists sections, definitions and what stands in them', async () => {
    const { file } = await ideFixture(TEXT);
    const lines: string[] = [];
    const show = (item: OutlineItem, indent: string): void => {
      lines.push(
        `${indent}${item.kind} ${item.name}: ${item.detail ?? ''}${item.deprecated ? ' deprecated' : ''}`,
      );
      for (const child of item.children) show(child, `${indent}  `);
    };
    for (const { name, items } of outline(file)) {
      lines.push(name);
      for (const item of items) show(item, '  ');
    }
    assert.deepEqual(lines, [
      'sources',
      '  source orders: orders.csv',
      '    column id: text',
      '    column big: amount > 10',
      '    link customer: customers',
      'segments',
      '  segment size: orders',
      '    group large: big',
      'metrics',
      '  metric count_a: count',
      '  metric half: formula deprecated',
      '    part p: ',
      'targets',
      '  target goal: half',
      'journeys',
      '  journey j: Way',
      '    stage first: First',
    ]);
  });

  it('has names inside of items, and items inside of one another, in every cut of a text', async () => {
    const inside = ({ span, nameSpan, children }: OutlineItem): void => {
      for (const part of [nameSpan, ...children.map((child) => child.span)]) {
        assert.ok(span.start <= part.start && part.end <= span.end);
      }
      children.forEach(inside);
    };
    for (let end = 0; end <= TEXT.length; end += 3) {
      const { file } = await ideFixture(TEXT.slice(0, end));
      for (const { items } of outline(file)) items.forEach(inside);
    }
  });
});

describe('folds', () => {
  it('begin at what is written over several lines and end with its last word', async () => {
    const { file } = await ideFixture(TEXT);
    const found = foldingRanges(file).map(({ span, kind, section }) => {
      const lines = file.file.text.slice(span.start, span.end).split('\n');
      return `${kind} ${section ?? '-'}: ${lines[0]} … ${lines.at(-1)?.trim()}`;
    });
    assert.deepEqual(found, [
      'region sources: sources: … customer: { to: customers, using: customer_id }',
      'region -: orders: … customer: { to: customers, using: customer_id }',
      'region -: links: … customer: { to: customers, using: customer_id }',
      'region segments: segments: … size: { source: orders, groups: { large: big } }',
      'region metrics: metrics: … status: deprecated',
      'region -: count_a: … words',
      'region -: description: | … words',
      'region -: half: … status: deprecated',
      'region journeys: journeys: … stages: { first: { label: First } }',
      'region -: j: … stages: { first: { label: First } }',
      'comment -: # About the shop. … # In two lines.',
    ]);
  });
});

describe('selections', () => {
  it('grow from a word of an expression to the section', async () => {
    const { context, file, offset } = await ideFixture(`plumbline: 1
metrics:
  a: { type: count, source: s, where: "x = 1 and lower(account.na┆me) = 'y'" }
`);
    const texts = selectionRanges(context, file, offset).map(({ start, end }) =>
      file.file.text.slice(start, end).trim(),
    );
    assert.deepEqual(texts, [
      'name',
      'account.name',
      'lower(account.name)',
      "lower(account.name) = 'y'",
      "x = 1 and lower(account.name) = 'y'",
      '"x = 1 and lower(account.name) = \'y\'"',
      'where: "x = 1 and lower(account.name) = \'y\'"',
      '{ type: count, source: s, where: "x = 1 and lower(account.name) = \'y\'" }',
      'a: { type: count, source: s, where: "x = 1 and lower(account.name) = \'y\'" }',
      'metrics:\n  a: { type: count, source: s, where: "x = 1 and lower(account.name) = \'y\'" }',
      file.file.text.trim(),
    ]);
  });

  it('hold one another at every place of a text', async () => {
    const { context, file } = await ideFixture(TEXT);
    for (let offset = 0; offset <= TEXT.length; offset++) {
      const spans = selectionRanges(context, file, offset);
      for (const [index, span] of spans.entries()) {
        assert.ok(span.start <= offset && offset <= span.end);
        const inner = spans[index - 1] ?? span;
        assert.ok(span.start <= inner.start && inner.end <= span.end);
      }
    }
  });
});

describe('a search among all definitions', () => {
  const names = async (query: string): Promise<readonly string[]> => {
    const { context } = await ideFixture(saasTexts());
    return workspaceSymbols(context, query).map(
      ({ definition }) => `${definition.definition} ${definition.name}`,
    );
  };

  it('finds the same name first, then beginnings, then parts and letters in order', async () => {
    const found = (await names('nps')).map((name) => name.split(' ')[1] ?? '');
    const rank = (name: string): number =>
      name === 'nps' ? 0 : name.startsWith('nps') ? 1 : name.includes('nps') ? 2 : 3;
    const ranks = found.map(rank);
    assert.deepEqual(ranks, ranks.toSorted());
    assert.deepEqual(ranks.slice(0, 2), [0, 1]);
    assert.ok(found.includes('nps_enterprise_2025'));
  });

  it('finds by label and by letters, and nothing where nothing fits', async () => {
    assert.ok((await names('Monthly recurring')).includes('metric mrr'));
    assert.ok((await names('mrracc')).includes('metric mrr_per_account'));
    assert.deepEqual(await names('qqqq'), []);
  });

  it('finds all for an empty query', async () => {
    const { context } = await ideFixture(saasTexts());
    const all = context.checked.project.files.flatMap(({ definitions }) => definitions);
    assert.equal((await names('')).length, all.length);
  });
});
