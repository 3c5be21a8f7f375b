import assert from 'node:assert/strict';
import { analysed, fixtureOf } from './fixture.ts';

/** Analyses `where:` of a metric, written as it stands; every `⟦ ⟧` is the place of an unknown column, and nothing else is wrong. */
async function expectUnknown(where: string, lineEnd = '\n'): Promise<void> {
  const marked = `plumbline: 1\nmetrics:\n  m:\n    type: count\n    source: orders\n    ${where}\n`;
  const pieces = marked.replaceAll('\n', lineEnd).split(/[⟦⟧]/);
  const expected: { start: number; end: number }[] = [];
  let text = '';
  pieces.forEach((piece, index) => {
    if (index % 2 === 1) expected.push({ start: text.length, end: text.length + piece.length });
    text += piece;
  });
  const { problems } = await analysed({ ...common(), 'a.metrics.yaml': text });
  assert.ok(expected.length > 0, 'Nothing is marked.');
  assert.deepEqual(
    problems.map(({ code, span }) => ({ code, ...span, text: text.slice(span.start, span.end) })),
    expected.map((span) => ({ code: 'unknown-column', ...span, text: text.slice(span.start, span.end) })),
  );
}

function common(): Record<string, string> {
  const { 'pass.metrics.yaml': _, ...rest } = fixtureOf('unknown-column', 'pass');
  return rest;
}

describe('check: problems stand on the exact characters', () => {
  it('of a plain scalar', () => expectUnknown('where: quantity > 1 and ⟦amuont⟧ > 2'));

  it('of a plain scalar over several lines', () =>
    expectUnknown('where: quantity > 1\n      and ⟦amuont⟧ > 2\n\n      and ⟦qantity⟧ = 3'));

  it('of a single-quoted scalar, behind doubled quotes', () =>
    expectUnknown("where: 'product.category = ''Books'' and ⟦amuont⟧ > 2'"));

  it('of a double-quoted scalar, behind escapes', () =>
    expectUnknown(`where: "product.category = '\\u0042\\t\\x41' and ⟦amuont⟧ > 2"`));

  it('of a double-quoted scalar over several lines', () =>
    expectUnknown('where: "quantity > 1 \\\n      and amount > 2\n      and ⟦qantity⟧ = 3"'));

  it('of a folded scalar', () =>
    expectUnknown('where: >-\n      quantity > 1\n      and ⟦amuont⟧ > 2\n\n      and ⟦qantity⟧ = 3'));

  it('of a literal scalar', () => expectUnknown('where: |\n      quantity > 1\n        and ⟦amuont⟧ > 2'));

  it('of items of a list, each on its own', () =>
    expectUnknown("where:\n      - quantity > 1\n      - ⟦amuont⟧ > 2\n      - '⟦qantity⟧ = 3'"));

  it('of a list in brackets', () => expectUnknown('where: [quantity > 1, ⟦amuont⟧ > 2]'));

  it('of a path that is no expression', () => expectUnknown("time: 'account.region.⟦opened⟧'"));

  it('of a file whose lines end with CR LF', () =>
    expectUnknown('where: >-\n      quantity > 1\n      and ⟦amuont⟧ > 2', '\r\n'));

  it('behind characters of two code units', () =>
    expectUnknown("where: product.category = '🙂' and ⟦amuont⟧ > 2"));
});

describe('check: problems in aliased text', () => {
  it('stand at the use, with the anchored characters as related', async () => {
    const text = `plumbline: 1
metrics:
  first: { type: count, source: orders, where: &large amuont > 2 }
  second: { type: sum, source: orders, value: amount, where: *large }
`;
    const { problems } = await analysed({ ...common(), 'a.metrics.yaml': text });
    const at = (word: string) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length });
    assert.deepEqual(
      problems.map(({ code, span, related }) => ({
        code,
        span,
        related: related?.map((place) => place.span),
      })),
      [
        { code: 'unknown-column', span: at('amuont'), related: undefined },
        { code: 'unknown-column', span: at('*large'), related: [at('amuont')] },
      ],
    );
    assert.deepEqual(
      problems.map(({ fixes }) => (fixes ?? []).length > 0),
      [true, false],
      'A fix of anchored text could change its other uses.',
    );
  });

  it('stand at the alias for a merged map', async () => {
    const text = `plumbline: 1
metrics:
  first: &base { type: count, source: orders, where: amuont > 2 }
  second: { <<: *base, grain: week }
`;
    const { problems } = await analysed({ ...common(), 'a.metrics.yaml': text });
    assert.deepEqual(
      problems.map(({ span }) => text.slice(span.start, span.end)),
      ['amuont', '*base'],
    );
  });
});
