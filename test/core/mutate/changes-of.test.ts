import assert from 'node:assert/strict';
import { changesOf } from '../../../server/src/core/mutate/changes-of.ts';
import { readText } from '../../kit/metrics-file.ts';
import { present } from '../../kit/present.ts';

/** The changes of the one metric of a text: what is marked, and what is said. */
function changes(fields: readonly string[]): readonly (readonly [marked: string, words: string])[] {
  const text = `plumbline: 1\nmetrics:\n  tested:\n${fields.map((field) => `    ${field}\n`).join('')}`;
  const metric = present(readText(text).metrics.get('tested'));
  return changesOf(metric).map(({ span, words }) => [text.slice(span.start, span.end), words]);
}

describe('the changes of a definition', () => {
  it('are marked in quoted, folded and literal scalars alike', () => {
    const marked = changes([
      'type: count',
      "where: ['a > 1 and b', \"c = 'it''s'\"]",
      'value: >-',
      '  case when d',
      '  < 5 then 1 else 2 end',
    ]).map(([text]) => text);
    assert.deepEqual(marked, [
      'a > 1',
      'a > 1',
      'a > 1',
      'b',
      "c = 'it''s'",
      'value: >-\n      case when d\n      < 5 then 1 else 2 end',
      'd\n      < 5',
      'd\n      < 5',
    ]);
  });

  it('are those of the types of a customer lifecycle too', () => {
    assert.deepEqual(changes(['type: retention', 'entity: account_id', 'value: mrr', 'expansion: include']), [
      ['include', '`expansion: include` becomes `expansion: exclude`'],
    ]);
    assert.deepEqual(changes(['type: churn', 'entity: account_id', 'base: average']), [
      ['base: average', '`base: average` is left out'],
    ]);
    const steps = ["steps: [{ name: seen, where: page = 'x' }, { name: bought }]", 'within: 7 days'];
    assert.deepEqual(changes(['type: conversion', ...steps]), [
      ["page = 'x'", "the condition `page = 'x'` is left out"],
      ['within: 7 days', '`within: 7 days` is left out'],
    ]);
  });

  it('leave alone what is no clause', () => {
    const fields = [
      'type: sum',
      'label: A > 1',
      'source: orders',
      'value: amount',
      'grain: week',
      'decimals: 2',
    ];
    assert.deepEqual(
      changes([...fields, 'examples: [{ given: { orders: [{ amount: 5 }] }, expect: 5 }]']),
      [],
    );
  });
});
