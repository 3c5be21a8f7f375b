import assert from 'node:assert/strict';
import { evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { testEngine } from '../../kit/engine.ts';
import { withProject } from '../../kit/reference/run.ts';

const definitions = `
plumbline: 1
sources:
  answers:
    data: answers.csv
    key: id
    time: on
    as_of: 2025-03-31
    columns:
      id: { type: integer }
      on: { type: date }
      score: { type: integer }
      minutes: { type: number }
    links:
      account: { to: accounts, using: account_id }
  accounts: { data: accounts.csv, key: account_id }
  spells: { data: spells.csv, lifespan: { start: from, end: to }, as_of: 2025-12-31 }
metrics:
  answers: { type: count, source: answers, grain: all }
  nps: { type: nps, source: answers, value: score, grain: all }
  minutes: { type: sum, source: answers, value: minutes, grain: all }
  spells: { type: count, source: spells, when: started, grain: all }
`;

const files = {
  'plumbline.yaml': 'plumbline: 1\n',
  'a.metrics.yaml': definitions,
  'answers.csv': [
    'id,on,score,minutes,account_id',
    '1,2025-01-01,10,5,A',
    '1,2025-01-01,10,5,A',
    '2,2025-01-02,11,1,A',
    '2,2025-01-02,0,2,Z',
    '3,,-1,4,A',
    '4,2025-04-01,5,x,',
    '5,2025-13-01,5,8,Y',
    '6,2025-03-31,12,16,Y',
    '',
  ].join('\n'),
  'accounts.csv': 'account_id\nA\n',
  'spells.csv':
    'from,to\n2025-01-02,2025-01-01\n2025-01-02,2025-01-02\n,2025-02-01\n2025-01-03,\n2026-05-03,\n',
};

describe('what the data break', () => {
  const engine = testEngine();

  it('is counted at the declaration that it breaks, with the rows of the file', async () => {
    await withProject(engine, files, async ({ evaluator }) => {
      const { problems } = await evaluate(evaluator);
      const units = new Map(evaluator.checked.project.files.map(({ path, text }) => [path, text]));
      const found = problems.map(({ code, message, file, span }) => {
        const count = /^\d+/.exec(message)?.[0];
        const rows = [...message.matchAll(/[Rr]ows? ([\d, ]*\d)/g)].map((match) => match[1]).join(', ');
        return [code, units.get(file)?.slice(span.start, span.end), count, rows];
      });
      const expected = [
        // "x" is no number, and there is no thirteenth month.
        ['value-misfit', 'number', '1', '6'],
        ['value-misfit', 'date', '1', '7'],
        // Without a time: row 5, and row 7, whose time is none.
        ['rows-set-aside', 'on', '2', '5, 7'],
        ['rows-set-aside', 'on', '1', '6'],
        ['rows-set-aside', 'from', '1', '3'],
        ['rows-set-aside', 'from', '1', '5'],
        ['rows-set-aside', 'to', '2', '1, 2'],
        // Rows 3 and 4 have the key 2.
        ['duplicate-key', 'id', '1', '4'],
        // Row 6 has no account, which is no orphan.
        ['orphan-link', 'account', '3', '4, 7, 8'],
      ];
      for (const one of expected) {
        assert.ok(
          found.some((other) => JSON.stringify(other) === JSON.stringify(one)),
          `${one.join(' ')} is not among\n${found.map((other) => other.join(' ')).join('\n')}`,
        );
      }
      const counted = (code: string, place: string): readonly (string | undefined)[] =>
        found.filter(([one, text]) => one === code && text === place).map(([, , count]) => count);
      // One exact copy of row 1; two different rows with the key 2.
      assert.deepEqual(counted('rows-set-aside', 'id'), ['1']);
      assert.deepEqual(counted('duplicate-key', 'id'), ['1']);
      // 11 and 12; the −1 of row 5 has no time, and is set aside for that.
      assert.deepEqual(counted('rows-set-aside', 'score'), ['2']);
    });
  });

  it('is told where cells are not read as they stand', async () => {
    const nested = {
      'plumbline.yaml': 'plumbline: 1\n',
      'a.metrics.yaml': `plumbline: 1
sources:
  clicks:
    data: clicks.ndjson
    columns: { who: { type: text } }
metrics:
  clicks: { type: count, source: clicks }
`,
      'clicks.ndjson': '{"who": {"id": 1}, "tags": []}\n{"who": null, "tags": ["a"]}\n',
    };
    await withProject(engine, nested, async ({ evaluator }) => {
      const { problems } = await evaluate(evaluator);
      const units = new Map(evaluator.checked.project.files.map(({ path, text }) => [path, text]));
      assert.deepEqual(
        problems.map(({ code, file, span, message }) => [
          code,
          units.get(file)?.slice(span.start, span.end),
          message,
        ]),
        [
          [
            'cells-not-plain',
            'who',
            '1 value of "who" is an object or a list, read as JSON text: {"id": 1} in row 1.',
          ],
          [
            'cells-not-plain',
            'clicks.ndjson',
            '2 values of "tags" are objects or lists, read as JSON text: [] in row 1, ["a"] in row 2.',
          ],
        ],
      );
    });
  });

  it('changes values only by what is set aside', async () => {
    await withProject(engine, files, async ({ evaluator }) => {
      const { metrics } = await evaluate(evaluator);
      const values = metrics.map(({ metric, total }) => {
        const period = total?.periods[0];
        const estimate = period === undefined ? undefined : total?.at(period, []);
        return [metric.name, estimate?.value, estimate?.n];
      });
      assert.deepEqual(values, [
        // Rows 1, 3, 4 and 8: rows with one key and different content all count, and so do orphans.
        ['answers', 4, 4],
        // The scores 10 and 0.
        ['nps', 0, 2],
        ['minutes', 5 + 1 + 2 + 16, 4],
        ['spells', 1, 1],
      ]);
    });
  });

  it('is held against the contract of every column', async () => {
    const contract = `plumbline: 1
sources:
  orders:
    data: orders.csv
    columns:
      plan: { type: text, values: [free, pro] }
      amount: { type: number, min: 0, max: 100, required: true }
      paid: { type: boolean, values: [true] }
      later: { required: true }
metrics:
  orders: { type: count, source: orders }
`;
    const texts = {
      'a.metrics.yaml': contract,
      'orders.csv': 'plan,amount,paid,later\nfree,1,true,\ngold,-1,TRUE,\n,101,false,\npro,,,\nsilver,0,,\n',
    };
    await withProject(engine, texts, async ({ evaluator }) => {
      const { problems, metrics } = await evaluate(evaluator);
      const found = problems.map(({ code, message, span }) => {
        const rows = /\(Rows? ([\d, …]+)\)/.exec(message)?.[1];
        return [code, contract.slice(span.start, span.end), Number.parseInt(message, 10), rows];
      });
      assert.deepEqual(found, [
        ['value-outside', 'plan', 2, '2, 5'],
        ['value-missing', 'amount', 1, '4'],
        ['value-outside', '0', 1, '2'],
        ['value-outside', '100', 1, '3'],
        ['value-outside', 'paid', 1, '3'],
        ['value-missing', 'later', 5, '1, 2, 3, …'],
      ]);
      // No finding changes a value.
      assert.equal(metrics[0]?.total?.at(metrics[0].total.periods[0] ?? assert.fail(), []).value, 5);
    });
  });
});
