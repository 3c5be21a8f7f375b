import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatorLaws } from './generator-laws.ts';

describe('the generator of the education sample', () => {
  const generator = generatorLaws('education');

  it('makes other people of another seed, and fewer of a smaller scale', () => {
    assert.equal(generator.run('--seed', '2', '--scale', '0.5').status, 0);
    const people = generator.rows('people.csv');
    // The story has 458 enquiries about courses on site, 392 about evening courses and 464 about online ones.
    assert.equal(people.length, (458 + 392 + 464) / 2);
    const committed = readFileSync(join('samples', 'education', 'data', 'people.csv'), 'utf8').split('\n')[1];
    assert.notEqual(people[0], committed, 'the first person is the same');
  });

  it('keeps every link between its tables, and scores on their scale, whatever the seed and scale', () => {
    assert.equal(generator.run('--seed', '3', '--scale', '0.2').status, 0);
    const cells = (name: string, column: number): readonly string[] =>
      generator.rows(name).map((line) => line.split(',')[column] ?? '');
    const isIn = (name: string) => {
      const ids = new Set(cells(name, 0));
      return (id: string): boolean => ids.has(id);
    };
    assert.ok(cells('enrolments.csv', 1).every(isIn('people.csv')));
    assert.ok(cells('enrolments.csv', 2).every(isIn('courses.csv')));
    assert.ok(cells('enrolments.csv', 3).every(isIn('educators.csv')));
    assert.ok(cells('attendance.csv', 0).every(isIn('enrolments.csv')));
    assert.ok(cells('assessments.csv', 0).every(isIn('enrolments.csv')));
    assert.ok(cells('activity.csv', 1).every(isIn('people.csv')));
    assert.ok(cells('learner_answers.csv', 1).every(isIn('people.csv')));
    assert.ok(cells('educator_answers.csv', 0).every(isIn('educators.csv')));
    assert.ok(cells('assessments.csv', 3).every((score) => Number(score) >= 0 && Number(score) <= 100));
  });
});
