import assert from 'node:assert/strict';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { testEngine } from '../../kit/engine.ts';
import { withProject } from '../../kit/reference/run.ts';

const SOURCES = `plumbline: 1
sources:
  accounts: { data: accounts.csv, key: account }
  calls:
    data: calls.csv
    links:
      opener: { to: accounts, using: opener }
      payer: { to: accounts, using: payer }
segments:
  town: { source: accounts, by: town }
  size: { source: accounts, by: size }
metrics:
  part:
    type: ratio
    source: calls
    numerator: { type: count }
    denominator: { type: count }
`;

const DATA = {
  'plumbline.yaml': 'plumbline: 1\n',
  'accounts.csv': 'account,town,size\nA,Ghent,1\nB,Bruges,2\n',
  // All four are opened by A, and B pays for three of them.
  'calls.csv': 'opener,payer\nA,B\nA,B\nA,B\nA,A\n',
};

describe('the choice of a path for total_over', () => {
  const engine = testEngine();
  for (const [style, lines] of [
    ['no segments', '    total_over: [town]\n'],
    ['a list on one line', '    segments: [{ segment: size, via: payer }]\n    total_over: [town]\n'],
    ['a list over lines', '    segments:\n      - { segment: size, via: payer }\n    total_over: [town]\n'],
  ] as const) {
    it(`is written under segments by a fix, where there is ${style}, and works`, async () => {
      const before = `${SOURCES}${lines}`;
      const fixed = await withProject(engine, { ...DATA, 'a.metrics.yaml': before }, async ({ analysis }) => {
        const errors = analysis.problems.filter(({ severity }) => severity === 'error');
        assert.deepEqual(
          errors.map(({ code }) => code),
          ['ambiguous-path'],
        );
        const fix = errors[0]?.fixes?.find(({ title }) => title.includes('"payer"')) ?? assert.fail();
        const [edit] = fix.edits;
        const { start, end } = edit?.span ?? assert.fail();
        return before.slice(0, start) + edit?.text + before.slice(end);
      });
      await withProject(engine, { ...DATA, 'a.metrics.yaml': fixed }, async ({ evaluator, analysis }) => {
        const errors = analysis.problems.filter(({ severity }) => severity === 'error');
        assert.deepEqual(errors, [], fixed);
        const { metrics } = await evaluate(evaluator, { by: ['town'] });
        const series = metrics[0]?.breakdowns[0]?.series ?? assert.fail(metrics[0]?.refused);
        const [period] = series.periods;
        assert.deepEqual(
          ['Bruges', 'Ghent'].map((town) => series.at(period ?? assert.fail(), [town]).value),
          [0.75, 0.25],
        );
      });
    });
  }
});
