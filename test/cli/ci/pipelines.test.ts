import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { distFolder, repository } from '../kit.ts';

const FILES: Readonly<Record<string, string>> = {
  'metrics/plumbline.yaml': 'plumbline: 1\nname: shop\nas_of: 2025-01-31\n',
  'metrics/orders.csv': 'id,at,amount\n1,2025-01-05,10\n2,2025-01-06,30\n',
  'metrics/a.metrics.yaml': `plumbline: 1

sources:
  orders:
    data: orders.csv
    key: id
    time: at

metrics:
  revenue:
    type: sum
    label: Revenue
    description: What was paid.
    source: orders
    owner: finance
    value: amount
`,
};

interface Step {
  readonly id: string;
  readonly run: string;
  readonly 'working-directory'?: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A repository with a project, and beside it a machine: its own temporary folder, and an `npm` that installs this build. */
class Pipeline {
  readonly repository: string;
  readonly temp: string;
  readonly #bin: string;

  constructor(root: string) {
    this.repository = join(root, 'repository');
    this.temp = join(root, 'temp');
    this.#bin = join(root, 'bin');
    for (const folder of [this.repository, this.temp, this.#bin]) mkdirSync(folder);
    for (const [name, text] of Object.entries(FILES)) this.write(name, text);
    this.#program('npm', INSTALL);
    this.#program(
      'plumbline',
      `#!/bin/sh\nexec "${process.execPath}" "${join(distFolder(), 'cli.js')}" "$@"\n`,
    );
    this.git('init', '--quiet', '--initial-branch=main');
    this.commit('base');
    this.git('checkout', '--quiet', '-b', 'branch');
  }

  write(name: string, text: string): void {
    const file = join(this.repository, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', [...args], { cwd: this.repository, env: this.#env({}), encoding: 'utf8' });
  }

  commit(message: string): void {
    this.git('add', '--all');
    this.git('commit', '--quiet', `--message=${message}`);
  }

  /** Runs a script with bash as a runner does, and waits for its end. */
  run(script: string, env: Readonly<Record<string, string>>, cwd = this.repository): Promise<Ended> {
    return new Promise((resolve) => {
      const options = { cwd, env: this.#env(env), encoding: 'utf8' as const };
      execFile(
        'bash',
        ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script],
        options,
        (error, stdout, stderr) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
      );
    });
  }

  #program(name: string, text: string): void {
    const file = join(this.#bin, name);
    writeFileSync(file, text);
    chmodSync(file, 0o755);
  }

  #env(more: Readonly<Record<string, string>>): Record<string, string> {
    const who = {
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@example.org',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@example.org',
    };
    return {
      ...who,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_SYSTEM: '/dev/null',
      HOME: this.temp,
      LANG: 'C.UTF-8',
      DIST: distFolder(),
      PATH: [this.#bin, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
      ...more,
    };
  }
}

/** Stands for npm: puts this build where the package would be. It refuses to work inside of a repository, where an `.npmrc` of a stranger would count. */
const INSTALL = `#!/bin/bash
set -euo pipefail
if git rev-parse --show-toplevel >/dev/null 2>&1; then echo "npm runs inside of the checkout" >&2; exit 9; fi
prefix=''
while (($#)); do
  if [[ $1 == --prefix ]]; then prefix=$2; shift; fi
  last=$1
  shift
done
[[ $last == plumbline@* ]]
mkdir -p "$prefix/node_modules/plumbline"
ln -sfn "$DIST" "$prefix/node_modules/plumbline/dist"
`;

function pipelineOf(): Pipeline {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-pipeline-')));
  after(() => rmSync(root, { recursive: true, force: true }));
  return new Pipeline(root);
}

function readYaml(name: string): unknown {
  return parse(readFileSync(join(repository(), name), 'utf8'));
}

describe('action.yml', () => {
  const action = readYaml('action.yml') as {
    readonly inputs: Readonly<Record<string, { readonly default: string }>>;
    readonly runs: { readonly steps: readonly Step[] };
  };
  const [install, run] = action.runs.steps;

  it('puts no input into the text of a script, where it could be code', () => {
    for (const step of action.runs.steps) assert.doesNotMatch(step.run, /\$\{\{/);
  });

  it('takes every input', () => {
    const used = action.runs.steps.flatMap(({ env }) => Object.values(env)).join(' ');
    for (const name of Object.keys(action.inputs)) assert.ok(used.includes(`inputs.${name} `), name);
  });

  it('passes on a sound branch, and writes a summary and SARIF', async () => {
    const pipeline = pipelineOf();
    const ended = await runAction(pipeline, {});
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(ended.stdout, /^✓ Passed\.$/m);
    assert.match(readFileSync(join(pipeline.temp, 'summary'), 'utf8'), /^## ✅ Plumbline: passed/);
    assert.equal(
      readFileSync(join(pipeline.temp, 'output'), 'utf8'),
      `sarif=${pipeline.temp}/plumbline.sarif\n`,
    );
    assert.equal(pipeline.git('status', '--porcelain'), '');
  });

  it('fails for what the branch breaks, with an annotation at its line', async () => {
    const pipeline = pipelineOf();
    pipeline.write(
      'metrics/a.metrics.yaml',
      FILES['metrics/a.metrics.yaml']?.replace('    value: amount', '    value: amount * 2') ?? '',
    );
    pipeline.commit('change');
    const ended = await runAction(pipeline, { PLUMBLINE_BASE: 'main', PLUMBLINE_PATHS: 'metrics\n' });
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(
      ended.stdout,
      /^::error file=metrics\/a\.metrics\.yaml,line=16,.*title=change-needs-version::/m,
    );
    assert.match(readFileSync(join(pipeline.temp, 'summary'), 'utf8'), /change-needs-version/);
  });

  it('takes hostile inputs as words', async () => {
    const pipeline = pipelineOf();
    const hostile = '$(touch hacked) `touch hacked`; touch hacked #';
    for (const name of [
      'PLUMBLINE_PATHS',
      'PLUMBLINE_BASE',
      'PLUMBLINE_BASELINE',
      'PLUMBLINE_MAX_WARNINGS',
      'PLUMBLINE_SKIP',
    ]) {
      const ended = await runAction(pipeline, { [name]: hostile });
      assert.equal(ended.code, 2, `${name}: ${ended.stdout}`);
    }
    assert.equal((await runAction(pipeline, { PLUMBLINE_PATHS: '--version' })).code, 2);
    assert.equal(pipeline.git('status', '--porcelain'), '');
  });

  async function runAction(pipeline: Pipeline, env: Readonly<Record<string, string>>): Promise<Ended> {
    assert.ok(install !== undefined && run !== undefined);
    const world = {
      RUNNER_TEMP: pipeline.temp,
      GITHUB_STEP_SUMMARY: join(pipeline.temp, 'summary'),
      GITHUB_OUTPUT: join(pipeline.temp, 'output'),
    };
    assert.match(install['working-directory'] ?? '', /^\$\{\{ runner\.temp \}\}$/);
    const installed = await pipeline.run(
      install.run,
      { ...world, PLUMBLINE_VERSION: 'latest' },
      pipeline.temp,
    );
    assert.equal(installed.code, 0, installed.stderr);
    const empty = Object.fromEntries(Object.keys(run.env).map((name) => [name, '']));
    return pipeline.run(run.run, { ...world, ...empty, ...env });
  }
});

describe('the GitLab template', () => {
  const template = readYaml('docs/ci/plumbline.gitlab-ci.yml') as {
    readonly '.plumbline': {
      readonly script: readonly string[];
      readonly variables: Readonly<Record<string, string>>;
      readonly artifacts: {
        readonly paths: readonly string[];
        readonly reports: Readonly<Record<string, string>>;
      };
    };
  };
  const job = template['.plumbline'];

  it('fails for what a merge request breaks, and leaves the reports that it promises', async () => {
    const pipeline = pipelineOf();
    pipeline.write(
      'metrics/a.metrics.yaml',
      FILES['metrics/a.metrics.yaml']?.replace('value: amount', 'value: amuont') ?? '',
    );
    pipeline.commit('change');
    const base = pipeline.git('rev-parse', 'main').trim();
    // The runner joins the lines to one script, which ends at the first line that fails.
    const ended = await pipeline.run(job.script.join('\n'), {
      ...job.variables,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
      TMPDIR: pipeline.temp,
    });
    assert.equal(ended.code, 1, ended.stderr);
    const [issue] = JSON.parse(
      readFileSync(join(pipeline.repository, job.artifacts.reports.codequality ?? ''), 'utf8'),
    );
    assert.equal(issue.check_name, 'unknown-column');
    assert.deepEqual(issue.location, { path: 'metrics/a.metrics.yaml', lines: { begin: 16 } });
    assert.match(
      readFileSync(join(pipeline.repository, job.artifacts.reports.junit ?? ''), 'utf8'),
      /<failure /,
    );
    assert.deepEqual(Object.values(job.artifacts.reports), job.artifacts.paths);
  });

  it('passes outside of merge requests, where there is no base', async () => {
    const pipeline = pipelineOf();
    const ended = await pipeline.run(job.script.join('\n'), { ...job.variables, TMPDIR: pipeline.temp });
    assert.equal(ended.code, 0, ended.stderr + ended.stdout);
  });
});

describe('.pre-commit-hooks.yaml', () => {
  const hooks = readYaml('.pre-commit-hooks.yaml') as readonly {
    readonly id: string;
    readonly entry: string;
    readonly files: string;
    readonly pass_filenames?: boolean;
  }[];

  it('takes the files that belong to projects, and no other', () => {
    const taken = (name: string): readonly string[] =>
      hooks.filter(({ files }) => new RegExp(files).test(name)).map(({ id }) => id);
    assert.deepEqual(taken('metrics/a.metrics.yaml'), ['plumbline-fmt', 'plumbline-check', 'plumbline-ci']);
    assert.deepEqual(taken('plumbline.yaml'), ['plumbline-fmt', 'plumbline-check', 'plumbline-ci']);
    assert.deepEqual(taken('data/orders.csv'), ['plumbline-ci']);
    assert.deepEqual(taken('not-plumbline.yaml'), []);
    assert.deepEqual(taken('README.md'), []);
  });

  it('runs each hook as pre-commit does: its entry, and the names of the files behind it', async () => {
    const pipeline = pipelineOf();
    const text = FILES['metrics/a.metrics.yaml'] ?? '';
    const runHook = (id: string): Promise<Ended> => {
      const hook = hooks.find((one) => one.id === id);
      assert.ok(hook !== undefined);
      const names = hook.pass_filenames === false ? [] : ['metrics/a.metrics.yaml'];
      return pipeline.run([hook.entry, ...names].join(' '), {});
    };
    for (const { id } of hooks) {
      const sound = await runHook(id);
      assert.equal(sound.code, 0, `${id}: ${sound.stdout}${sound.stderr}`);
    }
    pipeline.write('metrics/a.metrics.yaml', text.replace('value: amount', 'value:   amuont'));
    assert.equal((await runHook('plumbline-check')).code, 1);
    assert.equal((await runHook('plumbline-ci')).code, 1);
    await runHook('plumbline-fmt');
    // pre-commit fails a hook that changes a file.
    assert.match(pipeline.git('diff'), /^\+ {4}value: amuont$/m);
  });
});
