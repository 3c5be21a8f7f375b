import assert from 'node:assert/strict';
import { folderOf } from './kit.ts';

const FILES = {
  'plumbline.yaml': 'plumbline: 1\nas_of: 2025-02-28\n',
  'a.csv':
    'on,team,ok\n2025-01-01,a,true\n2025-01-01,b,false\n2025-02-01,a,true\n2025-02-01,a,true\n2025-02-01,b,false\n',
  'a.metrics.yaml': `plumbline: 1
sources: { a: { data: a.csv, time: on } }
segments: { team: { source: a, by: team } }
metrics:
  ok: { type: share, source: a, matching: ok, segments: [team] }
  rows: { type: count, source: a }
  middle: { type: median, source: a, value: 1 }
`,
};

describe('plumbline explain', () => {
  const folder = folderOf(FILES);

  it('splits the change by the segments of the metric, with the check', async () => {
    const { stdout, code } = await folder.plumbline(['explain', 'ok']);
    assert.equal(code, 0);
    // From one of two to two of three; both rates stay, so that all of it is mix.
    assert.match(stdout, /^Ok: 66\.7 % in 2025-02, up 16\.7 pp from 50\.0 % in 2025-01 \(no clear change/);
    assert.match(stdout, /^ {2}a +100\.0 % +100\.0 % +50\.0 % +66\.7 % +0\.0 pp +\+\d\.\d pp/m);
    assert.match(stdout, /Check: the parts add up to the change of \+16\.7 pp\./);
  });

  it('prints JSON', async () => {
    const { stdout } = await folder.plumbline(['explain', 'rows', '--by', 'team', '--format', 'json']);
    const { explanations } = JSON.parse(stdout) as { explanations: { groups: { effect: number }[] }[] };
    assert.deepEqual(
      explanations[0]?.groups.map(({ effect }) => effect),
      [1, 0],
    );
  });

  it('shows the rows behind both values', async () => {
    const { stdout } = await folder.plumbline(['explain', 'ok', '--by', 'team']);
    assert.match(stdout, /Rows of a behind ok\n +2025-01 +2025-02\n {2}all +5 +5\n/);
    assert.match(stdout, /in the period +2 +3\n {2}that count +2 +3\n$/);
    const json = await folder.plumbline(['explain', 'ok', '--by', 'team', '--format', 'json']);
    const { funnel } = JSON.parse(json.stdout) as { funnel: object[] };
    const common = { metric: 'ok', source: 'a', rows: 5, timed: 5, clauses: [] };
    assert.deepEqual(funnel, [
      { ...common, period: '2025-01', in_period: 2, counted: 2 },
      { ...common, period: '2025-02', in_period: 3, counted: 3 },
    ]);
  });

  it('says by what a metric without segments can be split, and why one cannot', async () => {
    const bare = await folder.plumbline(['explain', 'rows']);
    assert.equal(bare.code, 2);
    assert.match(
      bare.stderr,
      /"rows" has no segments of its own: say by what to split it with --by\. It can be split by team\./,
    );
    const median = await folder.plumbline(['explain', 'middle', '--by', 'team']);
    assert.equal(median.code, 1);
    assert.match(median.stderr, /cannot be explained by team: Its type is `median`/);
    for (const command of ['explain', 'sql', 'eval']) {
      const nothing = await folder.plumbline([command, 'rows', '--by', 'tean']);
      assert.equal(nothing.code, 2, command);
      assert.match(
        nothing.stderr,
        /"tean" is neither a segment nor a column .* Did you mean "team"/,
        command,
      );
    }
    const unknown = await folder.plumbline(['explain', 'rowz']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /Did you mean "rows"/);
  });
});
