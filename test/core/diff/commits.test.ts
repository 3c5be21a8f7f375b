import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProjectDiff } from '../../../server/src/core/diff/project-diff.ts';
import { openVersion } from '../../../server/src/core/diff-versions/version.ts';
import { diffVersions } from '../../../server/src/core/diff-versions.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { openGitVersion } from '../../../server/src/hosts/git/git-version.ts';
import { commitOf, findRepository } from '../../../server/src/hosts/git/repository.ts';
import { createNodeFileSystem } from '../../../server/src/hosts/node-file-system.ts';
import { agreementOf } from '../../kit/diff/agreement.ts';
import { fromScratch } from '../../kit/diff/from-scratch.ts';
import { COMMIT_KINDS, randomCommit } from '../../kit/diff/random-commit.ts';
import { rememberingEngine } from '../../kit/diff/remembering-engine.ts';
import { SAMPLE_NAMES, type SampleName, shortSample } from '../../kit/diff/short-sample.ts';
import { testEngine, testFolder } from '../../kit/engine.ts';
import { git } from '../../kit/git.ts';
import { present } from '../../kit/present.ts';
import { seededRandom } from '../../kit/random-edits.ts';

type Files = Readonly<Record<string, string>>;

/** Shared out among the samples; as many as take about a minute. `COMMITS=200` is the long run, and `SEED` draws others. */
const COMMITS = Number(process.env.COMMITS ?? 60);
const SEED = Number(process.env.SEED ?? 1);

/** One of so many customers is in the data: what statements cost hangs on how many there are, and not on rows. */
const CUSTOMERS = 15;

describe('the commits of a repository of the samples', () => {
  const [folder, copies] = [testFolder(), testFolder()];
  const engine = rememberingEngine(testEngine({ threads: 1 }), () => copies.path());
  const seen = { commits: 0, metrics: 0, others: 0, evaluated: 0, values: 0, moved: 0 };

  /** Makes a commit that leaves a project with just these files. */
  function commit(project: string, files: Files, message: string): string {
    rmSync(join(folder.path(), project), { recursive: true, force: true });
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder.path(), project, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    const here = folder.path();
    git(here, 'add', '-A');
    git(here, 'commit', '-q', '--allow-empty', '-m', message);
    return git(here, 'rev-parse', 'HEAD').trim();
  }

  async function diffFromGit(project: string, one: string, other: string): Promise<ProjectDiff> {
    const repository = present(await findRepository(folder.path(), process.env));
    const open = async (word: string) => {
      const id = present(await commitOf(repository, word));
      return openGitVersion(repository, id, project, createNodeFileSystem());
    };
    const versions = [await open(one), await open(other)] as const;
    try {
      const [before, after] = [await openVersion(versions[0], kinds), await openVersion(versions[1], kinds)];
      return await diffVersions(before, after, { kinds, engine });
    } finally {
      for (const version of versions) await version.close();
    }
  }

  /** Makes commits of every kind in turn, and gives what the comparisons of them say otherwise than both trees do. */
  async function replay(name: SampleName, count: number, random: () => number): Promise<readonly string[]> {
    const tree = join(folder.path(), name);
    let files: Files = shortSample(name, CUSTOMERS);
    let id = commit(name, files, 'Begin');
    let before = await fromScratch(engine, tree);
    let sound: Files | undefined;
    const wrong: string[] = [];
    for (let index = 0; index < count; index++) {
      const drawn = COMMIT_KINDS[index % COMMIT_KINDS.length] ?? 'row';
      const next = sound ?? randomCommit(files, drawn, random);
      const kind = sound === undefined ? drawn : 'back';
      const nextId = commit(name, next, kind);
      // Before the tree is evaluated, as the data of the version before lie in the engine still.
      const diff = await diffFromGit(name, id, nextId);
      const after = await fromScratch(engine, tree);
      const { disagreements, ...counts } = agreementOf(diff, before, after);
      // Noughts at the end of what an example expects say how exactly it does, and get lost on the way through JSON.
      const meant = diff.facts.filter(({ path }) => path[0] !== 'examples');
      const told = kind === 'spelling' ? meant.map(({ subject }) => `${subject.name} is told to differ`) : [];
      wrong.push(...[...disagreements, ...told].map((text) => `commit ${index + 1} (${kind}): ${text}`));
      for (const key of ['metrics', 'others', 'evaluated', 'values', 'moved'] as const)
        seen[key] += counts[key];
      seen.commits += 1;
      // What one commit breaks the next one mends, as most of a broken project has no values to compare.
      sound = after.errors > before.errors ? files : undefined;
      [files, id, before] = [next, nextId, after];
    }
    return wrong;
  }

  before(() => {
    git(folder.path(), 'init', '-q', '-b', 'main');
  });

  for (const [index, name] of SAMPLE_NAMES.entries()) {
    it(`differ in ${name} as their trees do when everything is evaluated from scratch`, async function () {
      this.timeout(120_000 + COMMITS * 5_000);
      const share = Math.floor((COMMITS + index) / SAMPLE_NAMES.length);
      assert.deepEqual(await replay(name, share, seededRandom(SEED + index)), []);
    });
  }

  it('move numbers, and leave most metrics of the samples unevaluated', () => {
    assert.equal(seen.commits, COMMITS);
    assert.ok(seen.moved > COMMITS && seen.others > COMMITS, JSON.stringify(seen));
    assert.ok(seen.evaluated < seen.metrics / 2, JSON.stringify(seen));
  });
});
