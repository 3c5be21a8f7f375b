import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CompletionRequest, type TextEdit } from 'vscode-languageserver/node';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { isOneLine, offsetOf, squiggles } from './squiggles.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

// What users of comparable tools complain about, each as a test that stays.

const SOURCES = `plumbline: 1
sources:
  orders: { data: orders.csv, time: ordered_at, links: { customer: { to: customers, using: customer_id } } }
  customers: { data: customers.csv, key: customer_id }
`;

const FILES = {
  'plumbline.yaml': 'plumbline: 1\n',
  'orders.csv': 'ordered_at,customer_id,amount\n2025-01-02,1,10\n2025-02-03,1,20\n',
  'customers.csv': 'customer_id,spend\n1,30\n',
  'sources.metrics.yaml': SOURCES,
};

describe('complaints about problems:', () => {
  let workspace: Workspace;
  let server: ServerProcess;
  let uri: string;

  beforeEach(async () => {
    workspace = await createWorkspace(FILES);
    server = await startServerProcess();
    uri = workspace.uri('a.metrics.yaml');
  });

  afterEach(async () => {
    if (server.child.exitCode === null) server.child.kill();
    server.connection.dispose();
    await workspace.end();
  });

  async function problemsOf(text: string): Promise<string[]> {
    await server.open(uri, text);
    const problems = await server.problems(uri, 1);
    assert.ok(problems.every(isOneLine), 'no problem runs on over other lines');
    return squiggles(text, problems);
  }

  const BEHIND = '  behind: { type: count, source: ordes }\n';

  it('one syntax error underlines the file to its end', async () => {
    assert.deepEqual(
      await problemsOf(
        `plumbline: 1\nmetrics:\n  a:\n    type: count\n    label: "open\n    source: orders\n${BEHIND}`,
      ),
      ['5:yaml-syntax «"»', '7:unknown-name «ordes»'],
    );
  });

  it('a bracket that is never closed hides what stands below it', async () => {
    const found = await problemsOf(`plumbline: 1\nmetrics:\n  a: { type: count, source: orders\n${BEHIND}`);
    assert.equal(found.filter((each) => each.includes('yaml-')).length, 1, found.join());
    assert.ok(found.includes('4:unknown-name «ordes»'), found.join());
  });

  it('a duplicate key is reported on the wrong line', async () => {
    assert.deepEqual(
      await problemsOf(
        'plumbline: 1\nmetrics:\n  a:\n    type: count\n    source: orders\n    type: count\n  a: { type: count, source: orders }\n',
      ),
      ['6:duplicate-name «type»', '7:duplicate-name «a»'],
    );
  });

  it('`<<` is flagged as an unknown key', async () => {
    assert.deepEqual(
      await problemsOf(
        'plumbline: 1\nmetrics:\n  a: &a\n    type: count\n    source: orders\n  b:\n    <<: *a\n    where: amount > 1\n  c: { <<: [*a], where: amount > 2 }\n',
      ),
      [],
    );
  });

  it('a valid file "matches multiple schemas", or is flagged where the command line accepts it', async () => {
    const sample = resolve('samples', 'saas');
    const files = readdirSync(sample).filter((name) => name.endsWith('.metrics.yaml'));
    assert.ok(files.length > 3);
    for (const name of files) {
      const at = pathToFileURL(join(sample, name)).href;
      await server.open(at, readFileSync(join(sample, name), 'utf8'));
      const errors = (await server.problems(at, 1)).filter(({ severity }) => severity === 1);
      assert.deepEqual(errors, [], name);
    }
  });

  it('the editor says something else than the command line', async () => {
    const text = `plumbline: 1
metrics:
  a: { type: count, source: ordes, grain: monthly }
  b: { type: sum, source: orders, value: customer.spend, windo: 3 }
  c: { type: sum, source: orders, value: amount +, where: ammount = null }
targets:
  t: { metric: a, due: 2025-13 }
`;
    await workspace.write('a.metrics.yaml', text);
    const { stdout } = spawnSync(
      process.execPath,
      [resolve('dist', 'cli.js'), 'check', '--format', 'json', workspace.folder],
      { encoding: 'utf8' },
    );
    interface Printed {
      readonly code: string;
      readonly message: string;
      readonly start: { readonly line: number; readonly column: number };
      readonly end: { readonly line: number; readonly column: number };
    }
    const { problems }: { problems: readonly Printed[] } = JSON.parse(stdout);
    await server.open(uri, text);
    const told = (await server.problems(uri, 1)).map(({ code, message, range: { start, end } }) => ({
      code,
      message,
      place: [start.line + 1, start.character + 1, end.line + 1, end.character + 1].join(),
    }));
    const printed = problems.map(({ code, message, start, end }) => ({
      code,
      message,
      place: [start.line, start.column, end.line, end.column].join(),
    }));
    const order = (a: { place: string; code?: unknown }, b: { place: string; code?: unknown }): number =>
      `${a.place} ${a.code}` < `${b.place} ${b.code}` ? -1 : 1;
    assert.ok(told.length >= 6);
    assert.deepEqual(told.toSorted(order), printed.toSorted(order));
  });

  it('an error does not say what is allowed: "additional properties"', async () => {
    const text =
      'plumbline: 1\nmetrics:\n  a: { type: count, source: orders, grain: monthly, windo: 28 days }\n  b: { type: kount, source: orders }\n';
    assert.deepEqual(await problemsOf(text), [
      '3:wrong-value «monthly»',
      '3:unknown-key «windo»',
      '4:wrong-value «kount»',
    ]);
    const [grain, window, type] = (await server.problems(uri, 1)).map(({ message }) => String(message));
    for (const allowed of ['day', 'week', 'month', 'quarter', 'year', 'all']) {
      assert.match(grain ?? '', new RegExp(`\`${allowed}\``));
    }
    assert.match(window ?? '', /`a` has no key `windo`. Did you mean "window"/);
    assert.match(type ?? '', /"count"/);
  });

  it('a rolling window is silently left out', async () => {
    const found = await problemsOf(
      'plumbline: 1\nmetrics:\n  a: { type: count, source: orders, window: 28 dayz }\n  b: { type: count, source: orders, window: 28 }\n',
    );
    assert.ok(found.includes('3:wrong-value «28 dayz»'), found.join());
    assert.ok(found.includes('4:wrong-value «28»'), found.join());
  });

  it('a join multiplies rows, and the sum is wrong', async () => {
    assert.deepEqual(
      await problemsOf('plumbline: 1\nmetrics:\n  a: { type: sum, source: orders, value: customer.spend }\n'),
      ['3:value-behind-link «customer.spend»'],
    );
  });

  it('an emptied file keeps its problems', async () => {
    const broken = `plumbline: 1\nmetrics:\n${BEHIND}`;
    assert.deepEqual(await problemsOf(broken), ['3:unknown-name «ordes»']);
    await server.change(uri, 2, '');
    // That the version of the format is missing is a problem of the empty file itself.
    assert.deepEqual(squiggles('', await server.problems(uri, 2)), ['1:missing-key «»']);
    await server.change(uri, 3, 'plumbline: 1\n');
    assert.deepEqual(await server.problems(uri, 3), []);
  });

  it('a closed file keeps the problems of a text that was never saved', async () => {
    await problemsOf(`plumbline: 1\nmetrics:\n${BEHIND}`);
    const closed = server.problems(uri);
    await server.close(uri);
    assert.deepEqual(await closed, []);
  });

  it('a text that is being typed takes the problems of others away, or makes new ones there', async () => {
    const before = `plumbline: 1\nmetrics:\n${BEHIND}`;
    const typed = '  typed:\n    type: sum\n    source: orders\n    value: "amount * 2"\n';
    await server.open(uri, before);
    for (let end = 0; end <= typed.length; end++) {
      await server.change(uri, end + 2, before + typed.slice(0, end));
      const found = squiggles(before + typed, await server.problems(uri, end + 2));
      assert.deepEqual(
        found.filter((each) => Number.parseInt(each, 10) <= 3),
        ['3:unknown-name «ordes»'],
        JSON.stringify(typed.slice(0, end)),
      );
    }
  });
});

describe('complaints about completion:', () => {
  it('it writes a second colon, `key: : 2`', async () => {
    const workspace = await createWorkspace(FILES);
    const server = await startServerProcess();
    try {
      const uri = workspace.uri('a.metrics.yaml');
      const line = '    decimals: 2';
      const text = `plumbline: 1\nmetrics:\n  a:\n    type: count\n    source: orders\n${line}\n`;
      await server.open(uri, text);
      // Wherever in the key somebody asks, what is there stays one key with one value.
      for (let character = 4; character <= line.indexOf(':'); character++) {
        const answer = await server.connection.sendRequest(CompletionRequest.type, {
          textDocument: { uri },
          position: { line: 5, character },
        });
        const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
        assert.ok(items.length > 0, `nothing is offered in column ${character}`);
        for (const { label, textEdit, insertText } of items) {
          const at = { line: 5, character };
          const edit: TextEdit =
            textEdit !== undefined && 'range' in textEdit
              ? textEdit
              : { range: { start: at, end: at }, newText: insertText ?? label };
          const [start, end] = [offsetOf(text, edit.range.start), offsetOf(text, edit.range.end)];
          const after = text.slice(0, start) + edit.newText + text.slice(end);
          assert.doesNotMatch(after, /:\s*:/, label);
        }
      }
    } finally {
      if (server.child.exitCode === null) server.child.kill();
      server.connection.dispose();
      await workspace.end();
    }
  });
});
