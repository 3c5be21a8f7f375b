import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { distFolder, folderOf } from './kit.ts';
import { SHOP } from './shop.ts';

/** What completes behind `plumbline`, without the descriptions. */
type Complete = (words: readonly string[]) => Promise<readonly string[]>;

const EVIL = `plumbline: 1
metrics:
  "$(touch made)": { type: count, source: orders }
  "\`touch made\`": { type: count, source: orders }
  fine: { type: count, source: orders, label: "a\\tb\\e[31m:files" }
`;

describe('completion', () => {
  const folder = folderOf({ ...SHOP, 'evil.metrics.yaml': EVIL });
  const complete: Complete = async (words) => {
    const { code, stdout, stderr } = await folder.plumbline(['complete', '--', ...words]);
    assert.deepEqual([code, stderr], [0, '']);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split('\t')[0] ?? '');
  };

  it('knows every command that help lists, and none that it hides', async () => {
    const { stdout } = await folder.plumbline(['--help']);
    const listed = [...(/Commands:\n([\s\S]*?)\n\n/.exec(stdout)?.[1] ?? '').matchAll(/^ {2}([a-z]+)/gm)].map(
      ([, name]) => name,
    );
    assert.deepEqual([...(await complete(['']))].sort(), listed.sort());
    assert.ok(listed.includes('completion'));
    assert.ok(!listed.includes('complete'));
  });

  it('knows every option that the help of a command lists', async () => {
    for (const command of ['init', 'check', 'eval', 'test', 'ci', 'fmt', 'sql', 'rules', 'completion']) {
      const { stdout } = await folder.plumbline([command, '--help']);
      const listed = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, option]) => option);
      assert.deepEqual([...(await complete([command, '-']))].sort(), listed.sort(), command);
    }
  });

  it('offers templates, and files behind --data, as many as there are', async () => {
    assert.deepEqual(await complete(['init', '--template', '']), ['blank', 'saas', 'retail', 'education']);
    assert.deepEqual(await complete(['init', '']), [':folders']);
    assert.deepEqual(await complete(['init', '--data', '']), [':files']);
    assert.deepEqual(await complete(['init', '--data', 'a.csv', '']), [':files']);
    assert.deepEqual(await complete(['init', '--data', 'a.csv', '--template', 'sa']), ['saas']);
  });

  it('offers the formats of reports, and files where one is to be written', async () => {
    const formats = ['text', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'];
    assert.deepEqual(await complete(['ci', '--report', '']), formats);
    assert.deepEqual(await complete(['ci', '--report', 'gi']), ['github', 'gitlab']);
    assert.deepEqual(await complete(['ci', '--report', 'sarif=']), [':files']);
    assert.deepEqual(await complete(['ci', '--report=ju']), ['--report=junit']);
    assert.deepEqual(await complete(['ci', '--baseline', '']), [':files']);
    assert.deepEqual(await complete(['ci', '--skip', '']), ['data', 'tests', 'formatting', 'policy']);
  });

  it('offers the metrics of the project that are not there yet', async () => {
    assert.deepEqual(await complete(['eval', '']), ['fine', 'revenue', 'orders', 'b_share']);
    assert.deepEqual(await complete(['eval', 'orders', '--format', 'csv', '']), [
      'fine',
      'revenue',
      'b_share',
    ]);
    assert.deepEqual(await complete(['test', 're']), ['revenue']);
    assert.deepEqual(await complete(['sql', 'orders', '']), []);
  });

  it('offers segments behind --by, one after the other', async () => {
    assert.deepEqual(await complete(['eval', '--by', '']), ['kind']);
    assert.deepEqual(await complete(['eval', '--by', 'kind,']), []);
    assert.deepEqual(await complete(['eval', '--by=k']), ['--by=kind']);
  });

  it('offers the choices of options and arguments', async () => {
    assert.deepEqual(await complete(['eval', '--format', '']), ['table', 'json', 'csv']);
    assert.deepEqual(await complete(['test', '--format', 'j']), ['json', 'junit']);
    assert.deepEqual(await complete(['eval', '--grain', 'q']), ['quarter']);
    assert.deepEqual(await complete(['schema', 're']), ['result']);
    assert.deepEqual(await complete(['rules', 'yaml-al']), ['yaml-alias']);
  });

  it('offers periods up to the year in which the data end', async () => {
    assert.deepEqual((await complete(['eval', '--from', ''])).slice(0, 2), ['2025', '2024']);
    assert.deepEqual(await complete(['eval', '--to', '2025-Q']), [
      '2025-Q1',
      '2025-Q2',
      '2025-Q3',
      '2025-Q4',
    ]);
    // Day 29 in a leap year.
    assert.deepEqual(
      await complete(['eval', '--to', '2024-02-2']),
      Array.from({ length: 10 }, (_, day) => `2024-02-${20 + day}`),
    );
  });

  it('leaves files and folders to the shell', async () => {
    assert.deepEqual(await complete(['check', '']), [':files']);
    assert.deepEqual(await complete(['eval', '--project', '']), [':folders']);
    assert.deepEqual(await complete(['diff', '--format', 'html', '--out', '']), [':files']);
  });

  it('says nothing where nothing can be said', async () => {
    assert.deepEqual(await complete(['nothing', '']), []);
    assert.deepEqual(await complete(['eval', '--project', 'nowhere', '']), []);
    assert.deepEqual(await complete([]), await complete(['']));
  });

  /** Runs a script in a shell in which `plumbline` is a function or a program of the tests. */
  function inShell(shell: string, script: string): string {
    const run = spawnSync(shell, ['-c', script], {
      cwd: folder.path,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: folder.path,
        NODE: process.execPath,
        CLI: join(distFolder(), 'cli.js'),
      },
    });
    assert.equal(run.stderr, '');
    return run.stdout;
  }

  function hasShell(shell: string): boolean {
    return spawnSync(shell, ['--version']).status === 0;
  }

  describe('in bash', () => {
    before(function () {
      if (!hasShell('bash')) this.skip();
    });

    const inBash = (words: readonly string[]): readonly string[] =>
      inShell(
        'bash',
        `plumbline() { "$NODE" "$CLI" "$@"; }
        eval "$(plumbline completion bash)"
        COMP_WORDS=(plumbline ${words.map((word) => `'${word}'`).join(' ')})
        COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
        _plumbline plumbline
        (( \${#COMPREPLY[@]} )) && printf '%s\\n' "\${COMPREPLY[@]}"; true`,
      )
        .split('\n')
        .filter((line) => line !== '');

    it('completes what the program offers', () => {
      assert.deepEqual(inBash(['ev']), ['eval']);
      assert.deepEqual(inBash(['eval', 're']), ['revenue']);
      assert.deepEqual(inBash(['eval', '--by', 'k']), ['kind']);
      assert.deepEqual(inBash(['check', '']), []);
    });

    it('completes values behind "=", at which bash cuts words', () => {
      assert.deepEqual(inBash(['eval', '--grain', '=', 'qu']), ['quarter']);
      assert.deepEqual(inBash(['eval', '--grain', '=']), ['day', 'week', 'month', 'quarter', 'year', 'all']);
    });

    it('runs nothing that stands in a name', () => {
      assert.deepEqual(inBash(['eval', '']), ['fine', 'revenue', 'orders', 'b_share']);
      assert.equal(existsSync(join(folder.path, 'made')), false);
    });
  });

  describe('in fish', () => {
    before(function () {
      if (!hasShell('fish')) this.skip();
    });

    it('completes what the program offers, with its description', () => {
      const asked = (line: string): readonly string[] =>
        inShell(
          'fish',
          `function plumbline; "$NODE" "$CLI" $argv; end; plumbline completion fish | source; complete -C '${line}'`,
        )
          .split('\n')
          .filter((one) => one !== '');
      assert.deepEqual(asked('plumbline eval re'), ['revenue\tRevenue']);
      assert.deepEqual(asked('plumbline eval --grain q'), ['quarter']);
      assert.equal(existsSync(join(folder.path, 'made')), false);
    });
  });

  describe('in zsh', () => {
    before(function () {
      if (!hasShell('zsh')) this.skip();
    });

    it('completes what the program offers', () => {
      // `_describe` is what the script hands its candidates to; here it prints them.
      const asked = (words: readonly string[]): readonly string[] =>
        inShell(
          'zsh',
          `plumbline() { "$NODE" "$CLI" "$@" }
          compdef() { }
          _describe() { print -rl -- "\${(@P)3}" }
          eval "$(plumbline completion zsh)"
          words=(plumbline ${words.map((word) => `'${word}'`).join(' ')}); CURRENT=\${#words}
          _plumbline; true`,
        )
          .split('\n')
          .filter((one) => one !== '');
      assert.deepEqual(asked(['eval', 're']), ['revenue:Revenue']);
      assert.deepEqual(asked(['eval', '--grain', 'q']), ['quarter']);
      assert.equal(existsSync(join(folder.path, 'made')), false);
    });
  });
});
