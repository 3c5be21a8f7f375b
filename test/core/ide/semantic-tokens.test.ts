import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileAt } from '../../../server/src/core/ide/ide-context.ts';
import { semanticTokens } from '../../../server/src/core/ide/semantic-tokens.ts';
import { ideFixture } from '../../kit/ide.ts';
import { present } from '../../kit/present.ts';
import { ROOT } from '../../kit/project.ts';
import { shopWith } from './shop.ts';

/** The tokens of a text, each as its characters, type and modifiers. */
async function tokens(text: string, range?: true): Promise<readonly string[]> {
  const { context, file, ranges } = await ideFixture(shopWith(text));
  const within = range === undefined ? undefined : ranges.get('a.metrics.yaml')?.[0];
  return semanticTokens(context, file, within).map(({ span, type, modifiers }) =>
    [file.file.text.slice(span.start, span.end), type, ...modifiers].join(' '),
  );
}

/** Those of an expression alone. */
async function ofValue(text: string): Promise<readonly string[]> {
  const all = await tokens(`metrics:\n  m:\n    type: sum\n    source: orders\n    value: ${text}\n`);
  return all.slice(all.indexOf('orders class') + 1);
}

describe('semantic tokens', () => {
  it('tell the words of an expression apart', async () => {
    assert.deepEqual(await ofValue("case when customer.country = 'GB' then round(amount, 2) else 0 end"), [
      'case keyword',
      'when keyword',
      'customer namespace',
      'country property',
      '= operator',
      "'GB' string",
      'then keyword',
      'round function',
      'amount property',
      '2 number',
      'else keyword',
      '0 number',
      'end keyword',
    ]);
    assert.deepEqual(await ofValue("cast(ordered_at as date) < date '2025-01-01'"), [
      'cast function',
      'ordered_at property',
      'as keyword',
      'date type',
      '< operator',
      'date keyword',
      "'2025-01-01' string date",
    ]);
  });

  it('tell metrics, aggregates and columns of a formula apart', async () => {
    const text =
      'metrics:\n  n: { type: count, source: orders }\n  f: { type: formula, source: orders, formula: n / previous(n) * count(distinct city) + period_end }\n';
    const all = await tokens(text);
    assert.deepEqual(all.slice(all.indexOf('f variable declaration')), [
      'f variable declaration',
      'orders class',
      'n variable',
      '/ operator',
      'previous function',
      'n variable',
      '* operator',
      'count function aggregate',
      'distinct keyword',
      'city property',
      '+ operator',
      'period_end variable readonly',
    ]);
  });

  it('stand on the characters in every style, and never on two lines', async () => {
    assert.deepEqual(await ofValue('"amount +\\n 1"'), ['amount property', '+ operator', '1 number']);
    assert.deepEqual(await ofValue("'city = ''Bath'''"), ['city property', '= operator', "''Bath'' string"]);
    assert.deepEqual(await ofValue('>-\n      amount\n      + 1'), [
      'amount property',
      '+ operator',
      '1 number',
    ]);
    assert.deepEqual(await ofValue("|\n      city = 'one\n      two'"), [
      'city property',
      '= operator',
      "'one string",
      "two' string",
    ]);
  });

  it('stand on references outside of expressions', async () => {
    const text = `sources:
  s:
    key: id
    columns:
      id: { type: text }
    links:
      one: { to: orders, using: id }
segments:
  g: { source: orders, groups: { a: amount > 1 } }
targets:
  t: { metric: m, segment: size.large }
`;
    assert.deepEqual(await tokens(text), [
      's class declaration',
      'id property',
      'id property declaration',
      'one namespace declaration',
      'orders class',
      'id property',
      'g enum declaration',
      'orders class',
      'a enumMember declaration',
      'amount property',
      '> operator',
      '1 number',
      't variable declaration',
      'm variable',
      'size enum',
      'large enumMember',
    ]);
  });

  it('of a range are those of the whole that touch it', async () => {
    const text =
      'metrics:\n  a: { type: sum, source: orders, value: amount }\n  b: { type: sum, source: orders, ⟦value: amount⟧ }\n';
    assert.deepEqual(await tokens(text, true), ['amount property']);
  });

  it('are in order and apart in every sample, on any half of it too', async () => {
    const folder = 'samples/saas';
    const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    const texts = Object.fromEntries(names.map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]));
    const halves = Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [name, text.slice(0, text.length / 2)]),
    );
    for (const project of [texts, { ...halves, 'plumbline.yaml': 'plumbline: 1\n' }]) {
      const { context } = await ideFixture(project);
      for (const name of names.filter((each) => each.endsWith('.metrics.yaml'))) {
        const file = present(fileAt(context, `${ROOT}/${name}`));
        let end = 0;
        for (const { span } of semanticTokens(context, file)) {
          assert.ok(span.start >= end && span.end > span.start, name);
          assert.doesNotMatch(file.file.text.slice(span.start, span.end), /\n/);
          end = span.end;
        }
      }
    }
  });
});
