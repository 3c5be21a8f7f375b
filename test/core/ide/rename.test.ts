import assert from 'node:assert/strict';
import { fileAt } from '../../../server/src/core/ide/ide-context.ts';
import { occurrenceIndex } from '../../../server/src/core/ide/occurrences.ts';
import { prepareRename, rename } from '../../../server/src/core/ide/rename.ts';
import { applyEdits, type IdeFixture, ideFixture } from '../../kit/ide.ts';
import { ROOT } from '../../kit/project.ts';
import { saasTexts } from '../../kit/saas.ts';

type Texts = Readonly<Record<string, string>>;

/** The texts of a project after a rename under the cursor, or why it is refused. */
function renamed({ context, file, offset, texts }: IdeFixture, to: string): Texts | string {
  const answer = rename(context, file, offset, to);
  assert.ok(answer, 'there is a name under the cursor');
  if ('refused' in answer) return answer.refused;
  const known = new Set([...texts.keys()].map((path) => `${ROOT}/${path}`));
  for (const edit of answer.edits) assert.ok(known.has(edit.file), edit.file);
  return Object.fromEntries(
    [...texts].map(([path, text]) => [
      path,
      applyEdits(
        text,
        answer.edits.filter((edit) => edit.file === `${ROOT}/${path}`),
      ),
    ]),
  );
}

async function refusal(files: string | Texts, to: string): Promise<string> {
  const answer = renamed(await ideFixture(files), to);
  assert.ok(typeof answer === 'string', 'the rename is refused');
  return answer;
}

async function renameIn(files: Texts, to: string): Promise<Texts> {
  const answer = renamed(await ideFixture(files), to);
  assert.ok(typeof answer !== 'string', String(answer));
  return answer;
}

const ORDERS = { 'data/orders.csv': 'id,city,amount,at\n' };

/** A file with a source of orders; `columns` stands in it, and `rest` behind it. */
function orders(columns: string, rest = ''): string {
  return `plumbline: 1\nsources:\n  orders:\n    data: data/orders.csv\n    time: at\n${columns}${rest}`;
}

describe('renaming', () => {
  it('a declared column gives it the header of the data, and takes that away again', async () => {
    const columns = '    columns: { city: { type: text }, amount: }\n';
    const metric = "metrics: { a: { type: count, source: orders, where: city = 'city' } }\n";
    const there = await renameIn(
      { ...ORDERS, 'a.metrics.yaml': orders(columns, metric).replace('{ city', '{ ci┆ty') },
      'town',
    );
    const expected = orders(
      '    columns: { town: { header: city, type: text }, amount: }\n',
      metric.replace('where: city', 'where: town'),
    );
    assert.equal(there['a.metrics.yaml'], expected);
    const back = await renameIn(
      { ...ORDERS, 'a.metrics.yaml': expected.replace('{ town', '{ tow┆n') },
      'city',
    );
    assert.equal(back['a.metrics.yaml'], orders(columns, metric));
  });

  it('a declared column in block style writes the header as a line of its own', async () => {
    const columns = '    columns:\n      city:\n        type: text # of delivery\n        required: true\n';
    const there = await renameIn(
      { ...ORDERS, 'a.metrics.yaml': orders(columns).replace('city:', '┆city:') },
      'town',
    );
    const expected = columns.replace('city:', 'town:\n        header: city');
    assert.equal(there['a.metrics.yaml'], orders(expected));
    const back = await renameIn(
      { ...ORDERS, 'a.metrics.yaml': orders(expected.replace('town', '┆town')) },
      'city',
    );
    assert.equal(back['a.metrics.yaml'], orders(columns));
  });

  it('quotes the new name where an expression or YAML needs it', async () => {
    const file = (name: string, alone: string, inside: string): string =>
      `plumbline: 1\nmetrics:\n  ${name}: { type: count, source: orders }\n` +
      `  b: { type: formula, formula: ${alone} }\n` +
      `  c: { type: formula, formula: '${inside} * 2' }\n` +
      `  d: { type: ratio, numerator: '${name}', denominator: "${name}" }\n`;
    const there = await renameIn({ 'a.metrics.yaml': file('a', '┆a', 'a').replace('a:', 'a:') }, 'end');
    assert.equal(there['a.metrics.yaml'], file('end', `'"end"'`, '"end"'));
    const { context } = await ideFixture(there);
    assert.deepEqual(
      context.problems.filter(({ code }) => code.includes('syntax')),
      [],
    );
  });

  it('keeps double quotes that nobody needs, and drops those that only the old name needed', async () => {
    const columns = '    columns: { town: { header: "city (of delivery)" } }\n';
    const text = orders(
      columns,
      'metrics: { a: { type: count, source: orders, where: \'"tow┆n" is null or town = "id"\' } }\n',
    );
    const there = await renameIn({ ...ORDERS, 'a.metrics.yaml': text }, 'place');
    assert.match(there['a.metrics.yaml'] ?? '', /'"place" is null or place = "id"'/);
    const quoted = await renameIn({ ...ORDERS, 'a.metrics.yaml': text }, 'city (of delivery)');
    assert.match(quoted['a.metrics.yaml'] ?? '', /\{ "?'?city \(of delivery\)"?'?: \{\s*\} \}/);
    assert.match(
      quoted['a.metrics.yaml'] ?? '',
      /'"city \(of delivery\)" is null or "city \(of delivery\)" = "id"'/,
    );
  });

  it('edits anchored text once, and everything that it declares together', async () => {
    const text = `plumbline: 1
sources:
  a:
    data: data/orders.csv
    columns: &c { tw┆ice: { value: amount * 2 } }
  b: { data: data/orders.csv, columns: *c, where: twice > 1 }
metrics:
  m: { type: sum, source: b, value: twice }
`;
    const there = await renameIn({ ...ORDERS, 'a.metrics.yaml': text }, 'double');
    assert.equal(there['a.metrics.yaml'], text.replace('┆', '').replaceAll('twice', 'double'));
  });

  it('keeps line ends as they are', async () => {
    const columns = '    columns:\n      city:\n        type: text\n';
    const text = orders(columns).replace('city:', '┆city:').replaceAll('\n', '\r\n');
    const there = await renameIn({ ...ORDERS, 'a.metrics.yaml': text }, 'town');
    assert.equal(
      there['a.metrics.yaml'],
      orders(columns.replace('city:', 'town:\n        header: city')).replaceAll('\n', '\r\n'),
    );
  });

  it('takes along what the same word means on another source, or says what stands in the way', async () => {
    const files = (declared: string): Texts => ({
      ...ORDERS,
      'data/visits.csv': 'id,at\n',
      'a.metrics.yaml': `plumbline: 1
sources:
  orders: { data: data/orders.csv, columns: { at: { type: date } } }
  visits: { data: data/visits.csv${declared} }
metrics:
  a: { type: ratio, time: a┆t, numerator: { type: count, source: orders }, denominator: { type: count, source: visits } }
`,
    });
    const both = files(', columns: { at: { type: date } }');
    const text = (both['a.metrics.yaml'] ?? '').replace('┆', '');
    assert.deepEqual(
      (await renameIn(both, 'day'))['a.metrics.yaml'],
      text.replaceAll('{ at: { type', '{ day: { header: at, type').replace('time: at', 'time: day'),
    );
    const one = await refusal(files(''), 'day');
    assert.match(one, /same word also names the column "at" of visits/);
  });

  it('is refused for what has no name in the project, with what to do instead', async () => {
    const raw = orders('', 'metrics: { a: { type: sum, source: orders, value: amo┆unt } }\n');
    const { context, file, offset } = await ideFixture({ ...ORDERS, 'a.metrics.yaml': raw });
    assert.deepEqual(prepareRename(context, file, offset), {
      refused:
        '"amount" is a header in the data of orders. Give it a name there first: under `columns` of orders, `better_name: { header: amount }`.',
    });
    const unknown = await ideFixture(
      'plumbline: 1\nmetrics: { a: { type: ratio, numerator: nob┆ody, denominator: a } }\n',
    );
    assert.deepEqual(prepareRename(unknown.context, unknown.file, unknown.offset), {
      refused: 'There is no metric "nobody" in this project.',
    });
    const none = await ideFixture('plumb┆line: 1\n');
    assert.equal(prepareRename(none.context, none.file, none.offset), undefined);
  });

  it('is refused for names that are taken or no names', async () => {
    const columns =
      '    columns: { tw┆ice: { value: amount * 2 } }\n    links: { shop: { to: orders, using: id } }\n';
    const files = { ...ORDERS, 'a.metrics.yaml': orders(columns) };
    for (const name of ['', 'Twice', '2nd', 'a b', '__proto__'])
      assert.match(await refusal(files, name), /lower-case/, name);
    assert.match(await refusal(files, 'city'), /already a column "city" in orders/);
    assert.match(await refusal(files, 'shop'), /already a link "shop" in orders/);
    assert.match(await refusal(files, 'period_start'), /meaning of its own/);
    const metrics = (name: string): string =>
      `plumbline: 1\nmetrics:\n  a: { type: count, source: s }\n  b: { type: count, source: s }\n` +
      `  f: { type: formula, formula: a + lux, parts: { lux: { metric: b } } }\n`.replace(name, `┆${name}`);
    assert.match(await refusal(metrics('a +'), 'b'), /already a metric "b"/);
    assert.match(await refusal(metrics('a +'), 'lux'), /already uses "lux" for a part/);
    assert.match(await refusal(metrics('lux,'), 'a'), /already uses "a" for a metric/);
    assert.deepEqual(typeof renamed(await ideFixture(metrics('lux,')), 'b'), 'object');
  });
});

describe('renaming there and back, on the sample', () => {
  const texts = saasTexts();

  it('is the identity for everything that has a name, and keeps the problems', async () => {
    const before = await ideFixture(texts);
    const declared = occurrenceIndex(before.context.checked).all.filter(({ declares }) => declares);
    assert.ok(declared.length > 100, 'the sample declares many names');
    for (const { file: path, span, named } of declared) {
      const file = fileAt(before.context, path);
      assert.ok(file);
      const there = renamed({ ...before, file, offset: span.start }, 'renamed_thing');
      assert.ok(typeof there !== 'string', `${named.kind} ${named.name}: ${there}`);
      const moved = await ideFixture(there);
      assert.deepEqual(
        problemsOf(moved, 'renamed_thing', named.name),
        problemsOf(before, '', ''),
        named.name,
      );
      const target = occurrenceIndex(moved.context.checked).of({ ...named, name: 'renamed_thing' })[0];
      assert.ok(target?.declares, named.name);
      const fileThere = fileAt(moved.context, target.file);
      assert.ok(fileThere);
      assert.deepEqual(
        renamed({ ...moved, file: fileThere, offset: target.span.end }, named.name),
        texts,
        named.name,
      );
    }
  });
});

/** Codes and messages of all problems, the new name read as the old one. */
function problemsOf({ context }: IdeFixture, name: string, before: string): readonly string[] {
  return context.problems
    .map(({ code, message }) => `${code}: ${name === '' ? message : message.replaceAll(name, before)}`)
    .sort();
}
