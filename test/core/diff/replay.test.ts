import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { diffDocument } from '../../../server/src/core/diff/diff-document.ts';
import { openVersion, type Version } from '../../../server/src/core/diff-versions/version.ts';
import { diffVersions } from '../../../server/src/core/diff-versions.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { openGitVersion } from '../../../server/src/hosts/git/git-version.ts';
import { commitOf, findRepository } from '../../../server/src/hosts/git/repository.ts';
import { createNodeFileSystem } from '../../../server/src/hosts/node-file-system.ts';
import { compareFiles } from '../../kit/diff/compare-folders.ts';
import { changed } from '../../kit/diff/random-change.ts';
import { testEngine, testFolder } from '../../kit/engine.ts';
import { git } from '../../kit/git.ts';
import { present } from '../../kit/present.ts';
import { seededRandom } from '../../kit/random-edits.ts';
import { projects } from '../../kit/reference/arbitrary-project.ts';
import { projectFiles } from '../../kit/reference/write.ts';

type Files = Readonly<Record<string, string>>;

const COMMITS = Math.ceil(3 * Number(process.env.RUNS ?? 1));

describe('the commits of a repository', () => {
  const engine = testEngine();
  const folder = testFolder();

  function commit(files: Files): string {
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder.path(), 'metrics', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    const here = folder.path();
    git(here, 'add', '-A');
    git(here, 'commit', '-q', '--allow-empty', '-m', 'change');
    return git(here, 'rev-parse', 'HEAD').trim();
  }

  /** The comparison of two commits, read from git. */
  async function fromGit(one: string, other: string): Promise<object> {
    const repository = present(await findRepository(folder.path(), process.env));
    const open = async (word: string) => {
      const id = present(await commitOf(repository, word));
      return openGitVersion(repository, id, 'metrics', createNodeFileSystem());
    };
    const versions = [await open(one), await open(other)] as const;
    try {
      const opened = async (version: Version) => openVersion(version, kinds);
      const [before, after] = [await opened(versions[0]), await opened(versions[1])];
      return diffDocument(await diffVersions(before, after, { kinds, engine }), before, after);
    } finally {
      for (const version of versions) await version.close();
    }
  }

  it('differ as the folders do that they were made of', async () => {
    git(folder.path(), 'init', '-q', '-b', 'main');
    const random = seededRandom(Number(process.env.SEED ?? 1));
    const [first] = fc.sample(projects, { seed: Number(process.env.SEED ?? 1), numRuns: 1 });
    const states: Files[] = [projectFiles(present(first))];
    const ids = [commit(present(states[0]))];
    for (let index = 0; index < COMMITS; index++) {
      const where = (['definitions', 'data', 'settings', 'definitions'] as const)[index % 4] ?? 'data';
      // What one commit breaks the next ones would not be compared with.
      const after = changed(present(states[0]), where, Math.floor(random() * 100_000));
      states.push(after);
      ids.push(commit(after));
    }
    for (const [index, id] of ids.slice(1).entries()) {
      const [before, after] = [present(states[index]), present(states[index + 1])];
      const expected = await compareFiles(engine, before, after, diffDocument);
      assert.deepEqual(await fromGit(present(ids[index]), id), expected, `commit ${index + 1}`);
    }
  });
});
