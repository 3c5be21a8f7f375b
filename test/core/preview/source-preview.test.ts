import assert from 'node:assert/strict';
import { Cancelled } from '../../../server/src/core/base/cancel.ts';
import { columnProfile } from '../../../server/src/core/evaluate/column-profile.ts';
import { countingRows } from '../../../server/src/core/evaluate/preview-rows.ts';
import { runExamples } from '../../../server/src/core/evaluate/run-examples.ts';
import { Refusal } from '../../../server/src/core/plan/refusal.ts';
import { rowsPage } from '../../../server/src/core/preview/rows-page.ts';
import { sourcePreview } from '../../../server/src/core/preview/source-preview.ts';
import { pageTable } from '../../../server/src/views/source/tables.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { type TestWorkOptions, testWork } from '../../kit/preview.ts';
import { type OpenProject, withProject } from '../../kit/reference/run.ts';

/** 47 rows in no order, with blank cells; the columns are texts and whole numbers, which are written as they are stored. */
const ROWS = Array.from({ length: 47 }, (_, index) => [
  `${(index * 31) % 47}`,
  index % 5 === 0 ? '' : `name ${index % 6}`,
  `2025-0${1 + (index % 6)}-07`,
]);
/** More columns than are profiled in one go. */
const WIDE = Array.from({ length: 30 }, (_, index) => `c${index}`);

const FILES = {
  'plumbline.yaml': 'plumbline: 1\n',
  'people.csv': `id,name,at\n${ROWS.map((row) => row.join(',')).join('\n')}\n`,
  'wide.csv': `${WIDE.join(',')}\n${WIDE.map((_, index) => index).join(',')}\n`,
  'a.metrics.yaml': `plumbline: 1
sources:
  people:
    data: people.csv
    key: id
    time: at
    columns:
      name: { description: What they are called. }
      shout: { value: upper(name) }
      broken: { value: nothing + 1 }
  wide: { data: wide.csv }
  gone: { data: gone.csv, time: at }
  both: { union: { people: { id: id }, wide: { id: c0 } } }
segments:
  name: { source: people, by: name }
metrics:
  people: { type: count, source: people }
`,
};

const sourceOf = ({ evaluator }: OpenProject, name: string) =>
  present(evaluator.checked.project.sources.get(name));
const previewOf = (project: OpenProject, name: string, options: TestWorkOptions = {}) =>
  sourcePreview(testWork(project.evaluator, options), sourceOf(project, name));

describe('the pages of a source', () => {
  const engine = testEngine();

  it('are together the rows of the file, in its order', async () => {
    await withProject(engine, FILES, async (project) => {
      const people = sourceOf(project, 'people');
      const found: (readonly (string | null)[])[] = [];
      const numbers: number[] = [];
      for (let offset = 0; offset < ROWS.length; offset += 10) {
        const page = await rowsPage(project.evaluator, people, { offset, limit: 10 });
        assert.deepEqual([page.offset, page.total], [offset, ROWS.length]);
        found.push(...page.rows.map(({ cells }) => cells));
        numbers.push(...page.rows.map(({ row }) => row));
      }
      assert.deepEqual(
        found,
        ROWS.map((row) => row.map((cell) => (cell === '' ? null : cell))),
      );
      assert.deepEqual(
        numbers,
        ROWS.map((_, index) => index + 1),
      );
    });
  });

  it('are never longer than 500 rows, and take what a client sends', async () => {
    await withProject(
      engine,
      { ...FILES, 'people.csv': `id,name,at\n${'1,x,2025-01-01\n'.repeat(700)}` },
      async (project) => {
        // Without the key there are no duplicates to be set aside.
        const people = sourceOf(project, 'people');
        const { evaluator } = project;
        assert.equal((await rowsPage(evaluator, people, { limit: 9_000 })).rows.length, 1);
        const wide = sourceOf(project, 'wide');
        assert.equal((await rowsPage(evaluator, wide, { limit: -3, offset: -1 })).rows.length, 0);
        assert.equal(
          (await rowsPage(evaluator, wide, { limit: Number.NaN, offset: Number.NaN })).rows.length,
          1,
        );
        assert.deepEqual((await rowsPage(evaluator, wide, { offset: 7 })).rows, []);
      },
    );
    const long = {
      'list.csv': `x\n${'1\n'.repeat(700)}`,
      'b.metrics.yaml': 'plumbline: 1\nsources:\n  list: { data: list.csv }\n',
    };
    await withProject(engine, long, async (project) => {
      const page = await rowsPage(project.evaluator, sourceOf(project, 'list'), {
        limit: 9_000,
        offset: 100,
      });
      assert.deepEqual([page.rows.length, page.rows[0]?.row, page.total], [500, 101, 700]);
    });
  });

  it('are refused for a union, and where the file is not there', async () => {
    await withProject(engine, FILES, async (project) => {
      await assert.rejects(rowsPage(project.evaluator, sourceOf(project, 'gone')), Refusal);
    });
  });
});

describe('the preview of a source', () => {
  const engine = testEngine();

  it('has what it declares, who uses it, and its columns with what they hold', async () => {
    await withProject(engine, FILES, async (project) => {
      const preview = await previewOf(project, 'people');
      assert.deepEqual(
        [preview.data, preview.key, preview.time, preview.lifespan, preview.links],
        ['people.csv', ['id'], 'at', null, []],
      );
      assert.deepEqual(
        preview.usedBy.map(({ name, at }) => [name, at]),
        [
          ['people', 'a.metrics.yaml: people'],
          ['name', 'a.metrics.yaml: name'],
          ['both', 'a.metrics.yaml: both'],
        ],
      );
      assert.deepEqual(preview.profile, { rows: 47, duplicates: 0, first: '2025-01-07', asOf: '2025-06-07' });
      assert.equal(preview.rows?.rows.length, 20);
      const columns = present(preview.columns);
      assert.deepEqual(
        columns.map(({ name, origin, description }) => [name, origin, description]),
        [
          ['id', 'file', null],
          ['name', 'file', 'What they are called.'],
          ['at', 'file', null],
          ['shout', 'computed', null],
          ['broken', 'computed', null],
        ],
      );
      // Together they are read as they are one by one.
      for (const { name, profile } of columns) {
        if (name === 'broken') assert.equal(profile, null);
        else
          assert.deepEqual(
            profile,
            await columnProfile(project.evaluator, sourceOf(project, 'people'), name),
          );
      }
      const blank = ROWS.filter(([, name]) => name === '').length;
      assert.equal(columns[1]?.profile?.nulls, blank);
    });
  });

  it('shows columns some at a time, with progress', async () => {
    await withProject(engine, FILES, async (project) => {
      const work = testWork(project.evaluator);
      const preview = await sourcePreview(work, sourceOf(project, 'wide'));
      assert.ok(preview.columns?.every(({ profile }, index) => profile?.low === `${index}`));
      const known = work.shown.map((shown) =>
        shown.kind === 'source' ? (shown.columns ?? []).filter(({ profile }) => profile !== null).length : 0,
      );
      assert.deepEqual(known, [0, 0, 0, 12, 24, 30]);
      assert.deepEqual(work.steps.at(-1), '6/6');
    });
  });

  it('says why its rows cannot be shown', async () => {
    await withProject(engine, FILES, async (project) => {
      const gone = await previewOf(project, 'gone');
      assert.match(gone.about.unavailable ?? '', /gone\.csv/);
      assert.deepEqual([gone.rows, gone.profile], [undefined, undefined]);
      const both = await previewOf(project, 'both');
      assert.equal(both.about.unavailable, null);
      assert.equal(both.data, null);
      // The rows of both members, one below the other.
      const [people, wide] = [await previewOf(project, 'people'), await previewOf(project, 'wide')];
      assert.equal(both.rows?.total, (people.rows?.total ?? 0) + (wide.rows?.total ?? 0));
      const untrusted = await previewOf(project, 'people', { isEvaluated: false });
      assert.equal(untrusted.about.unavailable, 'Metrics are not evaluated in this workspace.');
      assert.deepEqual(untrusted.columns?.length, 5);
    });
  });

  it('ends when it is cancelled', async () => {
    await withProject(engine, FILES, async (project) => {
      const stop = new AbortController();
      const work = testWork(project.evaluator, { signal: stop.signal });
      const show = (): void => stop.abort();
      await assert.rejects(sourcePreview({ ...work, show }, sourceOf(project, 'wide')), Cancelled);
    });
  });
});

describe('the preview of a source for a report', () => {
  const engine = testEngine();

  it('has no text that only a row has, and the values that are declared', async () => {
    const files = {
      'plumbline.yaml': 'plumbline: 1\n',
      'a.csv': 'mail,plan,amount\nann@example.org,free,1\nann@example.org,free,2\nbob@example.org,secret,3\n',
      'a.metrics.yaml':
        'plumbline: 1\nsources: { a: { data: a.csv, columns: { plan: { type: text, values: [free, team] } } } }\n',
    };
    await withProject(engine, files, async (project) => {
      const { evaluator } = project;
      const preview = await sourcePreview(testWork(evaluator), sourceOf(project, 'a'), { withoutRows: true });
      assert.equal(preview.rows, undefined);
      assert.doesNotMatch(JSON.stringify(preview), /example\.org|secret/);
      const of = (name: string) =>
        present(preview.columns?.find((column) => column.name === name)?.profile ?? undefined);
      assert.deepEqual(of('plan').top, [{ value: 'free', rows: 2 }]);
      assert.deepEqual([of('mail').distinct, of('amount').low, of('amount').high], [2, '1', '3']);
    });
  });
});

describe('the rows of a stack', () => {
  const engine = testEngine();
  const files = {
    'plumbline.yaml': 'plumbline: 1\n',
    'tickets.csv': 'id,at\na,2025-01-01\nb,2025-01-02\nc,2025-01-03\n',
    'reviews.csv': 'id,at\nd,2025-01-04\ne,\n',
    'letters.csv': 'id,at\nf,2025-01-06\n',
    'a.metrics.yaml': `plumbline: 1
sources:
  tickets: { data: tickets.csv }
  reviews: { data: reviews.csv }
  letters: { data: letters.csv }
  written: { union: { reviews: { id: id, at: at }, letters: { id: id, at: at } }, time: at }
  all: { union: { tickets: { id: id, at: at }, written: { id: id, at: at } }, time: at }
metrics:
  said:
    type: count
    source: all
    examples: [{ period: 2025-01, expect: 1 }]
`,
  };
  /** The rows of the files, by what they hold. */
  const PLACES = new Map([
    ['a', '1 of tickets'],
    ['b', '2 of tickets'],
    ['c', '3 of tickets'],
    ['d', '1 of reviews'],
    ['e', '2 of reviews'],
    ['f', '1 of letters'],
  ]);

  it('are shown with the member in whose data they stand, and their number there', async () => {
    await withProject(engine, files, async (project) => {
      const { evaluator } = project;
      const page = await rowsPage(evaluator, sourceOf(project, 'all'), { limit: 10 });
      const id = page.columns.findIndex(({ name }) => name === 'id');
      const found = page.rows.map(({ row, member, cells }) => [cells[id], `${row} of ${member}`] as const);
      assert.deepEqual(new Map(found.map(([cell, place]) => [cell ?? '', place])), PLACES);
      const table = pageTable(page, 'all');
      assert.deepEqual(new Set(table.rows.map(([first]) => first?.text)), new Set(PLACES.values()));
    });
  });

  it('that count, or do not, are shown so too, as are those of an example', async () => {
    await withProject(engine, files, async ({ evaluator }) => {
      const said = present(evaluator.checked.project.metrics.get('said'));
      const [part] = await countingRows(evaluator, said, 10, { grain: 'all' });
      const id = part?.columns.findIndex(({ name }) => name === 'id') ?? -1;
      const shown = [...(part?.counting ?? []), ...(part?.notCounting ?? [])];
      assert.deepEqual(
        new Map(shown.map(({ row, member, cells }) => [cells[id] ?? '', `${row} of ${member}`])),
        PLACES,
      );
      const [result] = await runExamples(evaluator, [said]);
      assert.deepEqual(
        new Map(result?.counted.map(({ source, rows }) => [source, rows])),
        new Map([
          ['tickets', [1, 2, 3]],
          ['reviews', [1]],
          ['letters', [1]],
        ]),
      );
    });
  });
});
