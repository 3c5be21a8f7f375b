import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { analyse } from '../../../server/src/core/analyse.ts';
import type { Problem } from '../../../server/src/core/base/problem.ts';
import { type Evaluation, evaluate } from '../../../server/src/core/evaluate/evaluate.ts';
import { headlinePeriod } from '../../../server/src/core/evaluate/series.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import type { Project } from '../../../server/src/core/model/project.ts';
import { openData } from '../../../server/src/core/open-data.ts';
import { newProject } from '../../../server/src/core/scaffold/new-project.ts';
import { loadProject } from '../../../server/src/core/workspace.ts';
import { createNodeFileSystem, toCorePath } from '../../../server/src/hosts/node-file-system.ts';
import { testEngine } from '../../kit/engine.ts';
import { present } from '../../kit/present.ts';
import { xlsxOf } from '../../kit/xlsx.ts';

const fs = createNodeFileSystem();

/** A new project, with what checking and evaluating it said. */
interface Made {
  readonly text: string;
  readonly project: Project;
  /** Headline by metric. */
  readonly values: Readonly<Record<string, number | null>>;
}

const isWrong = ({ severity }: Problem): boolean => severity !== 'info';
const isError = ({ severity }: Problem): boolean => severity === 'error';
const words = (problems: readonly Problem[]): readonly string[] =>
  problems.filter(isWrong).map(({ code, message }) => `${code}: ${message}`);

describe('a new project', () => {
  const engine = testEngine();
  let folder = '';

  beforeEach(async () => {
    folder = toCorePath(await realpath(await mkdtemp(join(tmpdir(), 'plumbline new '))));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function put(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  }

  /** Writes what is proposed and holds it to its promise: nothing is wrong in it, and every metric has a value. */
  async function made(data: readonly string[], dirty?: 'a few rows are set aside'): Promise<Made> {
    const proposed = await newProject(
      fs,
      kinds,
      folder,
      data.map((name) => `${folder}/${name}`),
    );
    assert.ok('files' in proposed, 'refused' in proposed ? proposed.refused : '');
    for (const { path, text } of proposed.files) await put({ [path.slice(folder.length + 1)]: text });
    const loaded = await loadProject(fs, folder, { kinds });
    const analysis = analyse(loaded, kinds);
    const text = await readFile(proposed.open, 'utf8');
    assert.deepEqual(words(analysis.problems), [], text);
    const { project } = loaded;
    const opened = await openData(loaded, kinds, engine, project.metrics.values(), {}, analysis);
    assert.deepEqual(words(opened.problems), [], text);
    const evaluation = await evaluate(opened.evaluator);
    const found = dirty === undefined ? evaluation.problems : evaluation.problems.filter(isError);
    assert.deepEqual(words(found), [], text);
    return { text, project, values: headlines(evaluation) };
  }

  function headlines({ metrics }: Evaluation): Made['values'] {
    return Object.fromEntries(
      metrics.map(({ metric, total, refused }) => {
        assert.equal(refused, undefined, metric.name);
        const series = present(total);
        const period = present(headlinePeriod(series), `${metric.name} has a complete period`);
        return [metric.name, series.at(period, []).value];
      }),
    );
  }

  it('without data is one with values and an example', async () => {
    const { values, project } = await made([]);
    // March has 10, 9, 7 and 9: three promoters of four.
    assert.deepEqual(values, { nps: 75, answers: 4 });
    assert.equal(project.metrics.get('nps')?.examples.length, 1);
  });

  it('on the data of the sample finds what was written there by hand', async () => {
    await cp('samples/saas/data', `${folder}/data`, { recursive: true });
    const names = (await readdir(`${folder}/data`)).sort();
    const { project, text } = await made(
      names.map((name) => `data/${name}`),
      'a few rows are set aside',
    );
    const byHand = (await loadProject(fs, toCorePath(await realpath('samples/saas')), { kinds })).project;
    for (const [name, source] of project.sources) {
      const written = present(byHand.sources.get(name), name);
      const keys = ({ key }: typeof source): unknown => key?.items.map((word) => word.text);
      assert.deepEqual(keys(source), keys(written), name);
      assert.equal(source.time?.text, written.time?.text, name);
      // Tickets have a time and a spell.
      if (name === 'tickets') continue;
      assert.equal(source.lifespan?.start.text, written.lifespan?.start.text, name);
      assert.equal(source.lifespan?.end?.text, written.lifespan?.end?.text, name);
      for (const [column, { type }] of source.columns)
        assert.equal(type?.text, written.columns.get(column)?.type?.text ?? type?.text, `${name}.${column}`);
    }
    const links = [...project.sources.values()].flatMap(({ name, links: all }) =>
      [...all.values()].map(({ to }) => `${name} → ${to?.text}`),
    );
    for (const link of [
      'tickets → accounts',
      'accounts → csms',
      'invoices → subscriptions',
      'subscriptions → accounts',
    ])
      assert.ok(links.includes(link), `${link} in ${links.join(', ')}`);
    // The answers are of three surveys, told apart by a column.
    for (const type of ['nps', 'csat', 'ces']) assert.equal(project.metrics.get(type)?.type, type, text);
  });

  it('reads headers that are no names, quoted commas and line breaks, and other separators', async () => {
    const question = 'How likely are you to recommend us, from 0 to 10?';
    await put({
      'My Answers (2024).csv': `ID,"${question}",Résumé,end,2nd,Answered At\n1,10,"a, ""b""\nc",x,1,2024-01-05\n2,0,d,y,2,2024-02-06\n3,9,e,z,3,2024-02-07\n`,
      'semi.csv': 'order id;Amount;on\nA;1.5;2024-01-01\nB;2.5;2024-02-29\n',
      'tabs.tsv': 'k\tv\n007\t1\n008\t2\n',
    });
    const { project, values } = await made(['My Answers (2024).csv', 'semi.csv', 'tabs.tsv']);
    assert.deepEqual([...project.sources.keys()], ['my_answers_2024', 'semi', 'tabs']);
    // January: one answer, a promoter. It is the last complete month.
    assert.equal(values.nps, 100);
    assert.deepEqual([values.total_amount, values.tabs], [2.5, 2]);
    // Leading zeros are text.
    assert.equal(project.sources.get('tabs')?.columns.get('k')?.type?.text, 'text');
  });

  it('proposes the same from the same rows in another format', async () => {
    const rows = [
      ['007', '2024-01-05', '1.5', 'a, b'],
      ['008', '2024-01-31', '2', ''],
      ['009', '2024-02-29', '3.25', 'c'],
    ];
    const header = ['order_id', 'ordered_on', 'amount', 'note'];
    const csv = [header, ...rows].map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n');
    const objects = rows.map((row) =>
      JSON.stringify(
        Object.fromEntries(row.map((cell, index) => [header[index], cell === '' ? null : cell])),
      ),
    );
    await put({ 'a/orders.csv': csv, 'b/orders.json': `[${objects.join(',')}]` });
    await mkdir(`${folder}/c`);
    await writeFile(`${folder}/c/orders.csv.gz`, gzipSync(csv));
    await writeFile(`${folder}/c/orders.jsonl.gz`, gzipSync(objects.join('\n')));
    const [first, ...others] = ['a/orders.csv', 'b/orders.json', 'c/orders.csv.gz', 'c/orders.jsonl.gz'];
    const textOf = async (name: string): Promise<string> => {
      const { text, values } = await made([name]);
      // February, which ends with the last of the orders.
      assert.equal(values.total_amount, 3.25, name);
      for (const entry of await readdir(folder)) if (entry.endsWith('.yaml')) await rm(`${folder}/${entry}`);
      return text.replaceAll(name, 'FILE');
    };
    const expected = await textOf(first ?? '');
    for (const name of others) assert.equal(await textOf(name), expected, name);
  });

  it('makes a source of a workbook, whose rows it leaves to the engine', async () => {
    await writeFile(
      `${folder}/survey.xlsx`,
      xlsxOf([
        {
          name: 'A',
          rows: [
            ['id', 'score'],
            [{ number: '1' }, { number: '9' }],
          ],
        },
      ]),
    );
    const { values } = await made(['survey.xlsx']);
    assert.equal(values.survey, 1);
  });

  it('reads dates in several forms, alone and mixed', async () => {
    const rows = (dates: readonly string[]): string =>
      `id,created\n${dates.map((date, index) => `${index},"${date}"`).join('\n')}\n`;
    const forms: Readonly<Record<string, readonly string[]>> = {
      day_first: ['31/01/2024', '01/02/2024', '29/02/2024'],
      month_first: ['01/31/2024', '2/1/2024', '02/29/2024'],
      dots: ['31.1.2024', '1.2.2024', '29.2.2024'],
      slashes: ['2024/01/31', '2024/02/01', '2024/02/29'],
      words: ['31 Jan 2024', '1 Feb 2024', '29 Feb 2024'],
      american: ['January 31, 2024', 'February 1, 2024', 'February 29, 2024'],
      minutes: ['31/01/2024 23:59', '01/02/2024 0:00', '29/02/2024 12:30'],
      seconds: ['2024/01/31 23:59:59', '2024/02/01 00:00:00', '2024/02/29 12:30:00'],
      zoned: ['2024-01-31T23:59:59Z', '2024-02-01T00:00:00+00:00', '2024-02-29 12:30:00'],
      mixed: ['31/01/2024', '2024-02-01', '29/02/2024'],
    };
    await put(Object.fromEntries(Object.entries(forms).map(([name, dates]) => [`${name}.csv`, rows(dates)])));
    const { values, project } = await made(Object.keys(forms).map((name) => `${name}.csv`));
    for (const name of Object.keys(forms)) {
      assert.equal(project.sources.get(name)?.time?.text, 'created', name);
      // A timestamp at noon of the 29th leaves no later day, so February is complete: two of the three rows.
      assert.equal(values[name], 2, name);
    }
  });

  it('says where day and month could be the other way round', async () => {
    await put({
      'a.csv': 'id,day\n1,01/02/2024\n2,03/04/2024\n',
      'b.csv': 'id,day\n1,01/02/2024\n2,13/02/2024\n',
    });
    assert.match((await made(['a.csv'])).text, /day before month/);
    assert.doesNotMatch((await newText(['b.csv'])) ?? '', /day before month/);
  });

  async function newText(data: readonly string[]): Promise<string | undefined> {
    const paths = data.map((name) => `${folder}/${name}`);
    const proposed = await newProject(fs, kinds, folder, paths);
    return 'files' in proposed ? proposed.files.find(({ path }) => path === proposed.open)?.text : undefined;
  }

  it('leaves out what cannot be read, and is refused where that is everything', async () => {
    await put({
      'empty.csv': '',
      'ragged.csv': 'a,b\n1\n',
      'sheet.xlsx': 'x',
      'good.csv': 'id\n1\n2\n',
      'latin.csv': 'a\n',
    });
    await writeFile(`${folder}/latin.csv`, Buffer.from([0x61, 0x0a, 0xe9, 0x0a]));
    const bad = ['empty.csv', 'ragged.csv', 'sheet.xlsx', 'latin.csv'];
    const refused = await newProject(
      fs,
      kinds,
      folder,
      bad.map((name) => `${folder}/${name}`),
    );
    assert.ok('refused' in refused);
    for (const word of [/empty/, /1 cell/, /xlsx/, /UTF-8/]) assert.match(refused.refused, word);
    const { text, values } = await made([...bad, 'good.csv']);
    for (const name of bad) assert.match(text, new RegExp(`# Left out: ${name}`));
    assert.deepEqual(values, { good: 2 });
    await put({ 'c: d.csv': 'id\n1\n' });
    const unnamed = await newProject(fs, kinds, folder, [`${folder}/c: d.csv`]);
    assert.ok('refused' in unnamed && /absolute path/.test(unnamed.refused));
    const away = await newProject(fs, kinds, `${folder}/sub`, [`${folder}/good.csv`]);
    assert.ok('refused' in away && /outside/.test(away.refused));
  });

  it('works on files with nothing but a header, blank and repeated headers, and rows that are alike', async () => {
    await put({
      'header.csv': 'id,name,created_at\n',
      'twice.csv': 'id,amount,amount,\n1,2,3,4\n2,5,6,7\n',
      'alike.csv': 'account_id,on\nA,2024-01-01\nA,2024-01-01\nB,2024-02-01\n',
      'gaps.csv': 'account_id,seen_on\nA,\nB,2024-01-01\n',
    });
    const { values, project, text } = await made(['header.csv', 'twice.csv', 'alike.csv', 'gaps.csv']);
    assert.deepEqual(values, { header: 0, twice: 2, total_amount: 7, alike: 2, gaps: 2 });
    // A key would set a row aside, a time those without one.
    assert.equal(project.sources.get('alike')?.key, undefined);
    assert.equal(project.sources.get('gaps')?.time, undefined);
    assert.match(text, /plumbline-ignore repeated-header/);
  });

  it('declares only links, spells and scales that the rows keep to', async () => {
    await put({
      'customers.csv': 'id,started_on,ended_on\n1,2024-01-01,2024-03-01\n2,2024-01-01,\n',
      'orders.csv': 'id,customer_id,at\n1,1,2024-01-01\n2,2,2024-01-02\n',
      'orphans.csv': 'id,customer_id,at\n1,9,2024-01-01\n2,2,2024-01-02\n',
      'backwards.csv': 'id,started_on,ended_on\n1,2024-01-05,2024-01-01\n2,2024-01-01,\n',
      'off.csv': 'id,nps\n1,11\n2,10\n',
    });
    const { project, values } = await made([
      'customers.csv',
      'orders.csv',
      'orphans.csv',
      'backwards.csv',
      'off.csv',
    ]);
    const linksOf = (name: string): readonly string[] => [...present(project.sources.get(name)).links.keys()];
    assert.deepEqual([linksOf('orders'), linksOf('orphans')], [['customer'], []]);
    assert.ok(project.sources.get('customers')?.lifespan);
    assert.equal(project.sources.get('backwards')?.lifespan, undefined);
    assert.ok(!('nps' in values));
    // Two days of orders: no month of them is complete.
    assert.equal(project.metrics.get('orders')?.grain?.text, 'day');
  });

  it('takes several columns for the key where none identifies a row by itself', async () => {
    const lines = Array.from({ length: 24 }, (_, at) => `o${at >> 1},${at % 2},2024-01-${10 + (at >> 1)},5`);
    const states = Array.from({ length: 24 }, (_, at) => `a${at % 4},2024-0${1 + (at >> 2)}-01,${at}`);
    const none = Array.from({ length: 24 }, (_, at) => `o${at >> 2},${at % 2},x`);
    await put({
      'lines.csv': `order_id,line,ordered_on,amount\n${lines.join('\n')}\n`,
      'states.csv': `account_id,month,mrr\n${states.join('\n')}\n`,
      'none.csv': `order_id,line,word\n${none.join('\n')}\n`,
    });
    const { project, text } = await made(['lines.csv', 'states.csv', 'none.csv'], 'a few rows are set aside');
    const keyOf = (name: string): readonly string[] =>
      (project.sources.get(name)?.key?.items ?? []).map((word) => word.text);
    assert.deepEqual(keyOf('lines'), ['order_id', 'line']);
    assert.deepEqual(keyOf('states'), ['account_id', 'month']);
    assert.deepEqual(keyOf('none'), []);
    assert.match(text, /No column identifies a row by itself/);
  });

  it('takes an end for the last day alive where the next spell begins the day after', async () => {
    const spells = (end: (month: number) => string): string =>
      ['A', 'B']
        .flatMap((account) =>
          [1, 2, 3].map((month) => `${account}${month},${account},2024-0${month}-01,${end(month)}`),
        )
        .join('\n');
    const head = 'spell_id,account_id,started_on,ended_on\n';
    await put({
      'closed.csv': `${head}${spells((month) => `2024-0${month}-${month === 2 ? 29 : 31}`)}\n`,
      'open.csv': `${head}${spells((month) => `2024-0${month + 1}-01`)}\n`,
    });
    const { project } = await made(['closed.csv', 'open.csv']);
    assert.equal(project.sources.get('closed')?.lifespan?.endInclusive, true);
    assert.equal(project.sources.get('open')?.lifespan?.endInclusive, false);
  });

  it('names links, labels and days so that people can tell them apart', async () => {
    const answers = (off: string): string =>
      Array.from({ length: 12 }, (_, at) => `${at},A,${at === 0 ? off : at - 1},2024-01-${10 + at}`).join(
        '\n',
      );
    const head = 'answer_id,account,would_you_recommend,answered_on\n';
    await put({
      'accounts.csv': 'account,country\nA,FR\nB,DE\n',
      'first.csv': `${head}${answers('11')}\n`,
      'second.csv': `${head}${answers('10')}\n100,B,9,2024-02-29\n`,
      'activity.csv': 'id,on\n1,2024-01-01\n2,2024-02-29\n',
    });
    const { project, text } = await made(
      ['accounts.csv', 'first.csv', 'second.csv', 'activity.csv'],
      'a few rows are set aside',
    );
    assert.equal(project.sources.get('first')?.links.get('account')?.to?.text, 'accounts');
    const labels = [...project.metrics.values()].flatMap(({ label }) => label ?? []);
    assert.deepEqual(labels, ['Net Promoter Score', 'Net Promoter Score (Second)']);
    assert.match(text, /# Net Promoter Score, from answers of 0 to 10\. 1 answer lies off the scale/);
    assert.match(text, /# How many rows of activity there are in each period/);
    const settings = await readFile(`${folder}/plumbline.yaml`, 'utf8');
    assert.match(
      settings,
      /first 2024-01-21, second 2024-02-29, activity 2024-02-29\.\n.*\n# as_of: 2024-02-29/,
    );
  });

  it('says how to count with numbers that have a decimal comma', async () => {
    await put({
      'sales.csv': 'id;amount;size\n1;58213,77;1.234,5\n2;1;17,25\n3;-0,5;3\n',
      'plain.csv': 'id;words\n1;1,234\n2;5,678\n',
    });
    const { text } = await made(['sales.csv', 'plain.csv']);
    assert.match(text, /amount_number: \{ value: "cast\(replace\(amount, ',', '\.'\) as number\)" \}/);
    assert.match(
      text,
      /size_number: \{ value: "cast\(replace\(replace\(size, '\.', ''\), ',', '\.'\) as number\)" \}/,
    );
    assert.doesNotMatch(text, /words_number/);
  });

  it('overwrites nothing, and takes names that are free', async () => {
    const mine = 'plumbline: 1\nsources:\n  a: { data: a.csv }\nmetrics:\n  a: { type: count, source: a }\n';
    await put({
      'plumbline.yaml': 'plumbline: 1\nname: mine\n',
      'start.metrics.yaml': mine,
      'a.csv': 'x\n1\n',
    });
    const { values } = await made(['a.csv']);
    assert.equal(await readFile(`${folder}/start.metrics.yaml`, 'utf8'), mine);
    assert.match(await readFile(`${folder}/plumbline.yaml`, 'utf8'), /name: mine/);
    assert.deepEqual(values, { a: 1, a_2: 1 });
    await made([]);
    await made([]);
  });

  it('keeps what stands in files from meaning anything in YAML', async () => {
    await put({
      "a b # c, 'd'.csv":
        'id,plan,"x: {y}\n# z"\n1,"[a]",1\n2,"[a]",2\n3,"#b",3\n4,"#b",4\n5,"[a]",5\n6,"#b",6\n',
    });
    const { project } = await made(["a b # c, 'd'.csv"]);
    const [source] = [...project.sources.values()];
    assert.deepEqual(
      source?.columns.get('plan')?.values.map(({ text }) => text),
      ['#b', '[a]'],
    );
  });
});
