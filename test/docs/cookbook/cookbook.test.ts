import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testEngine } from '../../kit/engine.ts';
import { chapters } from './chapters.ts';
import { type Chapter, chapterOf } from './harness/chapter.ts';
import { type Evaluated, evaluatedChapter, pointOf } from './harness/evaluated-chapter.ts';

const FOLDER = join('docs', 'cookbook');

const names = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.md'))
  .map((name) => name.slice(0, -'.md'.length));

describe('the cookbook', () => {
  const engine = testEngine();

  it('has expectations for every chapter, and a chapter for all expectations', () => {
    assert.deepEqual(Object.keys(chapters).sort(), names.sort());
  });

  for (const name of names) {
    const chapter = chapterOf(readFileSync(join(FOLDER, `${name}.md`), 'utf8'));
    const expectations = chapters[name] ?? {};

    describe(name, () => {
      let evaluated: Evaluated;

      before(async () => {
        evaluated = await evaluatedChapter(engine, chapter, expectations);
      });

      it('defines each name once', () => assert.deepEqual(chapter.repeated, []));

      it('expects values of every metric that it defines, and of no other', () => {
        assert.deepEqual(Object.keys(expectations).sort(), [...chapter.metrics].sort());
      });

      it('breaks no rule', () => {
        assert.deepEqual(evaluated.problems, []);
        assert.deepEqual(evaluated.refused, []);
      });

      it('explains its recipes with label, description and example', () =>
        assert.deepEqual(unexplained(chapter, evaluated), []));

      it('is held to values of groups too', () => {
        const points = [...evaluated.expected.values()].flat();
        assert.ok(points.some(({ group }) => group !== undefined));
      });

      for (const metric of chapter.metrics) {
        it(`has the values of plain code: ${metric}`, () => compare(evaluated, metric));
      }
    });
  }
});

/** The metrics of recipes that lack what a reader needs; variants may be shorter. */
function unexplained({ variants }: Chapter, { metrics }: Evaluated): readonly string[] {
  return metrics
    .filter(({ name }) => !variants.has(name))
    .filter(({ label, description, examples }) => !label || !description || examples.length === 0)
    .map(({ name }) => name);
}

function compare(evaluated: Evaluated, metric: string): void {
  assert.ok(evaluated.seriesOf(metric, undefined) !== undefined, 'it has no values, as a rule is broken');
  const points = evaluated.expected.get(metric) ?? [];
  const told = points.filter(({ value, group }) => value !== null && group === undefined);
  const periods = new Set(told.map(({ period }) => period));
  assert.ok(
    periods.size >= Math.min(2, evaluated.periodsOf(metric)),
    'two periods with a value are expected where there are two',
  );
  for (const expected of points) {
    const where = `${metric} ${expected.group ?? ''} ${expected.period}`;
    const found = pointOf(evaluated, metric, expected);
    assert.ok(found !== undefined, `${where} has no such period or group`);
    assertClose(found.value, expected.value, where);
    if (expected.n !== undefined) assert.equal(found.n, expected.n, `n of ${where}`);
  }
}

function assertClose(found: number | null, expected: number | null, where: string): void {
  if (found === null || expected === null) assert.equal(found, expected, where);
  else
    assert.ok(
      Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected)),
      `${where}: ${found} is not ${expected}`,
    );
}
