import assert from 'node:assert/strict';
import { columnProfile } from '../../../server/src/core/evaluate/column-profile.ts';
import type { ColumnProfile, SegmentSizes } from '../../../server/src/core/evaluate/numbers.ts';
import { segmentSizes } from '../../../server/src/core/evaluate/segment-sizes.ts';
import { sourceProfile } from '../../../server/src/core/evaluate/source-profile.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { type OpenProject, withProject } from '../../kit/reference/run.ts';

const LONG = 'x'.repeat(300);

const FILES = {
  'plumbline.yaml': 'plumbline: 1\ntimezone: America/New_York\n',
  'a.metrics.yaml': `
plumbline: 1
sources:
  people:
    data: people.csv
    key: id
    time: joined
    links:
      team: { to: teams, using: team_id }
    columns:
      double: { value: age * 2 }
      team_name: { value: team.name }
      wrong: { value: many.age }
      hidden: { of: teams, value: count() }
  teams: { data: teams.csv, key: team_id, links: { many: { to: people, using: { team_id: team_id } } } , columns: { oldest: { value: many.age } } }
  spells: { data: spells.csv, lifespan: { start: from, end: to } }
  few: { data: teams.csv, where: team_id = 'a' }
segments:
  age:
    source: people
    groups: { young: age < 30, adult: age >= 18, old: age > 90 }
  team: { source: people, by: team.name }
  team_id: { by: { people: team_id, teams: team_id } }
  vip: { source: people, where: [age > 100, team.name = 'Reds'] }
  one: { source: people, where: age = 40 }
  many: { source: teams, by: many.age }
  unread: { source: few, by: name }
`,
  'people.csv': [
    'id,joined,age,team_id,score,seen,flag,blank,note',
    '1,2025-01-02,10,a,0.5,2025-01-01T00:00:00Z,true,,short',
    '1,2025-01-02,10,a,0.5,2025-01-01T00:00:00Z,true,,short',
    '2,2025-01-05,20,a,1,2025-01-01T00:00:19Z,false,,short',
    `3,,25,b,2.5,,true,,${LONG}`,
    '4,2025-02-01,40,z,4.5,2025-01-01T00:00:39Z,,,',
    '5,2025-01-11,,,,,,,other',
    '',
  ].join('\n'),
  'teams.csv': 'team_id,name\na,Reds\nb,Blues\n',
  'spells.csv': 'from,to\n2025-02-01,2025-03-01\n2025-01-15,2025-01-10\n2025-04-01,\n',
};

describe('profiles', () => {
  const engine = testEngine();

  async function sizesOf({ evaluator }: OpenProject, name: string): Promise<SegmentSizes> {
    return segmentSizes(evaluator, present(evaluator.checked.project.segments.get(name)));
  }

  async function columnOf(
    { evaluator }: OpenProject,
    source: string,
    column: string,
  ): Promise<ColumnProfile> {
    return columnProfile(evaluator, present(evaluator.checked.project.sources.get(source)), column);
  }

  describe('of segments', () => {
    it('count every group that is declared, and rows in several', async () => {
      await withProject(engine, FILES, async (project) => {
        assert.deepEqual(await sizesOf(project, 'age'), {
          rows: 5,
          groups: [
            // 10, 20 and 25; 20, 25 and 40; nobody; the row without an age meets no condition.
            { label: 'young', rows: 3 },
            { label: 'adult', rows: 3 },
            { label: 'old', rows: 0 },
            { label: '(other)', rows: 1 },
          ],
          overlapping: 2,
        });
      });
    });

    it('count values by group, those without one last', async () => {
      await withProject(engine, FILES, async (project) => {
        assert.deepEqual(await sizesOf(project, 'team'), {
          rows: 5,
          groups: [
            { label: 'Blues', rows: 1 },
            { label: 'Reds', rows: 2 },
            // Team z is not there, and the last row has none.
            { label: '(none)', rows: 2 },
          ],
          overlapping: 0,
        });
      });
    });

    it('add up the sources of a segment over several', async () => {
      await withProject(engine, FILES, async (project) => {
        assert.deepEqual(await sizesOf(project, 'team_id'), {
          rows: 7,
          groups: [
            { label: 'a', rows: 3 },
            { label: 'b', rows: 2 },
            { label: 'z', rows: 1 },
            { label: '(none)', rows: 1 },
          ],
          overlapping: 0,
        });
      });
    });

    it('show both sides of a condition, also one with no rows', async () => {
      await withProject(engine, FILES, async (project) => {
        const labels = (sizes: SegmentSizes) => sizes.groups.map(({ label, rows }) => `${label} ${rows}`);
        assert.deepEqual(labels(await sizesOf(project, 'vip')), ['in 0', 'out 5']);
        assert.deepEqual(labels(await sizesOf(project, 'one')), ['in 1', 'out 4']);
      });
    });

    it('are those of the rows that the source has by its `where`', async () => {
      await withProject(engine, FILES, async (project) => {
        const { rows, groups } = await sizesOf(project, 'unread');
        assert.deepEqual([rows, groups], [1, [{ label: 'Reds', rows: 1 }]]);
      });
    });

    it('are refused where a link would repeat rows', async () => {
      await withProject(engine, FILES, async (project) => {
        await assert.rejects(sizesOf(project, 'many'), /arrives at more than one row/);
      });
    });

    it('list the largest of very many groups, and say how many are left out', async () => {
      // Values 0 to 1,499, the first five twice, and one row without.
      const values = [...Array.from({ length: 1500 }, (_, index) => index), 0, 1, 2, 3, 4, ''];
      const files = {
        'plumbline.yaml': 'plumbline: 1\n',
        'a.metrics.yaml':
          'plumbline: 1\nsources:\n  s: { data: s.csv }\nsegments:\n  v: { source: s, by: v }\n',
        's.csv': `v,w\n${values.map((value) => `${value},1`).join('\n')}\n`,
      };
      await withProject(engine, files, async (project) => {
        const sizes = await sizesOf(project, 'v');
        assert.equal(sizes.rows, 1506);
        assert.equal(sizes.groups.length, 1000);
        assert.equal(sizes.omitted, 501);
        assert.deepEqual(
          sizes.groups.slice(0, 6).map(({ rows }) => rows),
          [2, 2, 2, 2, 2, 1],
        );
      });
    });
  });

  describe('of sources', () => {
    const profileOf = ({ evaluator }: OpenProject, name: string) =>
      sourceProfile(evaluator, present(evaluator.checked.project.sources.get(name)));

    it('say the rows, the duplicates that were dropped, and the days covered', async () => {
      await withProject(engine, FILES, async (project) => {
        assert.deepEqual(await profileOf(project, 'people'), {
          rows: 5,
          duplicates: 1,
          first: '2025-01-02',
          asOf: '2025-02-01',
        });
      });
    });

    it('go by the starts of spells, those that end before they start left out', async () => {
      await withProject(engine, FILES, async (project) => {
        const expected = { rows: 3, duplicates: 0, first: '2025-02-01', asOf: '2025-04-01' };
        assert.deepEqual(await profileOf(project, 'spells'), expected);
      });
    });

    it('have no days for a snapshot', async () => {
      await withProject(engine, FILES, async (project) => {
        assert.deepEqual(await profileOf(project, 'teams'), {
          rows: 2,
          duplicates: 0,
          first: null,
          asOf: null,
        });
        assert.equal((await profileOf(project, 'few')).rows, 1);
      });
    });
  });

  describe('of columns', () => {
    it('say what whole numbers there are, in bins of whole numbers', async () => {
      await withProject(engine, FILES, async (project) => {
        const { bins, ...rest } = await columnOf(project, 'people', 'age');
        assert.deepEqual(rest, {
          type: 'integer',
          rows: 5,
          nulls: 1,
          distinct: 4,
          low: '10',
          high: '40',
          top: ['10', '20', '25', '40'].map((value) => ({ value, rows: 1 })),
        });
        // 31 numbers from 10 to 40 in bins of two: 10 in the first, 20 in the sixth, 25 in the eighth, 40 in the last.
        assert.deepEqual(
          bins.map(({ rows }) => rows),
          [1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1],
        );
      });
    });

    it('divide broken numbers in twenty bins, the greatest value in the last', async () => {
      await withProject(engine, FILES, async (project) => {
        const { low, high, bins } = await columnOf(project, 'people', 'score');
        assert.deepEqual([low, high], ['0.5', '4.5']);
        // Bins are 0.2 wide: 1 is in the third, 2.5 in the eleventh.
        assert.deepEqual(
          bins.flatMap(({ rows }, index) => (rows > 0 ? [[index, rows]] : [])),
          [
            [0, 1],
            [2, 1],
            [10, 1],
            [19, 1],
          ],
        );
      });
    });

    it('lay dates in bins of days', async () => {
      await withProject(engine, FILES, async (project) => {
        const { type, low, high, nulls, bins } = await columnOf(project, 'people', 'joined');
        assert.deepEqual([type, low, high, nulls], ['date', '2025-01-02', '2025-02-01', 1]);
        // 31 days in bins of two: the 2nd, the 5th, the 11th of January, the 1st of February.
        assert.deepEqual(
          bins.flatMap(({ rows }, index) => (rows > 0 ? [index] : [])),
          [0, 1, 4, 15],
        );
        assert.equal(bins.length, 16);
      });
    });

    it('write timestamps in UTC, whatever the time zone of the project', async () => {
      await withProject(engine, FILES, async (project) => {
        const { low, high, top, bins } = await columnOf(project, 'people', 'seen');
        assert.deepEqual([low, high], ['2025-01-01T00:00:00Z', '2025-01-01T00:00:39Z']);
        assert.equal(top[0]?.value, '2025-01-01T00:00:00Z');
        // 40 seconds in bins of two.
        assert.deepEqual(
          bins.flatMap(({ rows }, index) => (rows > 0 ? [index] : [])),
          [0, 9, 19],
        );
      });
    });

    it('list the most frequent values first, and leave out texts too long to be shown', async () => {
      await withProject(engine, FILES, async (project) => {
        const note = await columnOf(project, 'people', 'note');
        assert.deepEqual(note.top, [
          { value: 'short', rows: 2 },
          { value: 'other', rows: 1 },
        ]);
        assert.equal(note.distinct, 3);
        assert.equal(note.high?.length, 200);
        assert.deepEqual(note.bins, []);
        const flag = await columnOf(project, 'people', 'flag');
        assert.deepEqual(flag.top, [
          { value: 'true', rows: 2 },
          { value: 'false', rows: 1 },
        ]);
        assert.deepEqual([flag.low, flag.high, flag.nulls], ['false', 'true', 2]);
      });
    });

    it('work for columns that are computed, also over links', async () => {
      await withProject(engine, FILES, async (project) => {
        const double = await columnOf(project, 'people', 'double');
        assert.deepEqual([double.type, double.low, double.high, double.nulls], ['integer', '20', '80', 1]);
        const team = await columnOf(project, 'people', 'team_name');
        assert.deepEqual(team.top, [
          { value: 'Reds', rows: 2 },
          { value: 'Blues', rows: 1 },
        ]);
        assert.equal(team.nulls, 2);
      });
    });

    it('know a column that is blank in every row', async () => {
      await withProject(engine, FILES, async (project) => {
        assert.deepEqual(await columnOf(project, 'people', 'blank'), {
          type: 'unknown',
          rows: 5,
          nulls: 5,
          distinct: 0,
          low: null,
          high: null,
          top: [],
          bins: [],
        });
      });
    });

    it('count every value in exactly one bin', async () => {
      await withProject(engine, FILES, async (project) => {
        for (const column of ['id', 'age', 'score', 'joined', 'seen', 'double']) {
          const { rows, nulls, bins } = await columnOf(project, 'people', column);
          assert.equal(
            bins.reduce((sum, bin) => sum + bin.rows, 0),
            rows - nulls,
            column,
          );
        }
      });
    });

    it('hold at the ends of what numbers can be', async () => {
      const files = {
        'plumbline.yaml': 'plumbline: 1\n',
        'a.metrics.yaml': 'plumbline: 1\nsources:\n  s: { data: s.csv }\n',
        's.csv': 'whole,huge,same\n-9223372036854775808,-1e308,7\n9223372036854775807,1e308,7\n0,0,7\n',
      };
      await withProject(engine, files, async (project) => {
        const whole = await columnOf(project, 's', 'whole');
        assert.deepEqual([whole.low, whole.high], ['-9223372036854775808', '9223372036854775807']);
        assert.equal(
          whole.bins.reduce((sum, { rows }) => sum + rows, 0),
          3,
        );
        // The distance from the least to the greatest is no finite number.
        assert.deepEqual((await columnOf(project, 's', 'huge')).bins, []);
        assert.deepEqual((await columnOf(project, 's', 'same')).bins, [{ rows: 3 }]);
      });
    });

    it('are refused where there is no such column, or it cannot be computed', async () => {
      await withProject(engine, FILES, async (project) => {
        await assert.rejects(columnOf(project, 'people', 'nothing'), /has no column "nothing"/);
        await assert.rejects(columnOf(project, 'people', 'wrong'), /has an error/);
        await assert.rejects(columnOf(project, 'people', 'hidden'), /arrives at more than one row/);
        await assert.rejects(columnOf(project, 'teams', 'oldest'), /arrives at more than one row/);
      });
    });
  });
});
