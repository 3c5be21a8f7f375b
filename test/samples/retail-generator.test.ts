import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatorLaws } from './generator-laws.ts';

describe('the generator of the retail sample', () => {
  const generator = generatorLaws('retail');

  it('makes other customers of another seed, and fewer of a smaller scale', () => {
    assert.equal(generator.run('--seed', '2', '--scale', '0.5').status, 0);
    const customers = generator.rows('customers.csv');
    assert.equal(customers.length, 700);
    const committed = readFileSync(join('samples', 'retail', 'data', 'customers.csv'), 'utf8').split('\n')[1];
    assert.notEqual(customers[0], committed, 'the first customer is the same');
  });

  it('keeps every link between its tables, whatever the scale', () => {
    assert.equal(generator.run('--seed', '3', '--scale', '0.2').status, 0);
    const ids = (name: string, column: number): readonly string[] =>
      generator.rows(name).map((line) => line.split(',')[column] ?? '');
    const orders = new Set(ids('orders.csv', 0));
    const customers = new Set(ids('customers.csv', 0));
    assert.ok(ids('order_lines.csv', 1).every((id) => orders.has(id)));
    assert.ok(ids('survey_answers.csv', 1).every((id) => orders.has(id)));
    assert.ok(ids('orders.csv', 1).every((id) => customers.has(id)));
    assert.deepEqual([...new Set(ids('contacts.csv', 2).filter((id) => !customers.has(id)))], ['C9999']);
  });
});
