import assert from 'node:assert/strict';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import type { Numbers } from '../../../server/src/core/evaluate/numbers.ts';
import { ideFileOf } from '../../../server/src/core/ide/ide-context.ts';
import { trendsIn } from '../../../server/src/core/ide/trends.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { withProject } from '../../kit/reference/run.ts';

/** Three years of months, of which the last is not over; the value of a month is its place in them. */
const MONTHS = Array.from(
  { length: 36 },
  (_, index) => `${2022 + Math.floor(index / 12)}-${`${1 + (index % 12)}`.padStart(2, '0')}`,
);
const FILES = {
  'plumbline.yaml': 'plumbline: 1\nas_of: 2024-12-20\n',
  'values.csv': `at,value\n${MONTHS.map((month, index) => `${month}-05,${index}`).join('\n')}\n`,
  'list.csv': 'size\n1\n',
  'a.metrics.yaml': `plumbline: 1
sources:
  values: { data: values.csv, time: at }
  list: { data: list.csv }
metrics:
  total: { type: sum, source: values, value: value, better: higher }
  none: { type: average, source: values, value: value, where: value > 100 }
  list: { type: count, source: list }
  unknown: { type: count, source: values }
targets:
  early: { metric: total, at_least: 100, due: 2023-01, why: A test. }
  late: { metric: total, at_least: 30, due: 2024-11, why: A test. }
`,
};

describe('trends at the ends of lines', () => {
  const engine = testEngine();

  it('are the last 24 complete periods of metrics whose numbers are known, in words too', async () => {
    await withProject(engine, FILES, async ({ evaluator }) => {
      const { checked } = evaluator;
      const evaluation = await evaluate(evaluator);
      const nothing = (): undefined => undefined;
      const numbers: Numbers = {
        metric(name) {
          const value = evaluation.metrics.find(({ metric }) => metric.name === name);
          return value === undefined || name === 'unknown' ? undefined : { value, stale: name === 'list' };
        },
        target(name) {
          const value = evaluation.targets.find(({ target }) => target.name === name);
          return value && { value, stale: false };
        },
        example: nothing,
        segment: nothing,
        source: nothing,
        funnel: nothing,
        column: nothing,
      };
      const trends = checked.project.files.flatMap((file) =>
        trendsIn({ checked, problems: [], numbers }, ideFileOf(file)),
      );
      assert.deepEqual(
        trends.map(({ metric }) => metric),
        ['total', 'list'],
      );
      const [total, list] = trends;
      // December is not over; of its targets that of November says where the metric stands now.
      assert.deepEqual(
        total?.points,
        Array.from({ length: 24 }, (_, index) => index + 11),
      );
      assert.deepEqual([total?.status, total?.stale], ['met', false]);
      assert.equal(total?.words, '24 periods from 11.00 to 34.00, met');
      assert.deepEqual([list?.points, list?.stale, list?.words], [[1], true, '1 period: 1']);
      const { file, span } = present(total).place;
      const unit = checked.project.files.find(({ path }) => path === file);
      assert.equal(unit?.text.slice(span.start, span.end), 'total');
    });
  });
});
