import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { commitAll, git } from '../../kit/git.ts';
import { type Folder, folderOf } from '../kit.ts';
import { SHOP } from '../shop.ts';

const METRICS = 'metrics/shop.metrics.yaml';
const CHANGED = SHOP['shop.metrics.yaml'].replace(
  'value: amount\n',
  'value: amount\n    where: amount > 20\n',
);

/** A repository whose project lies in a folder, with other files beside it, on `main`; on the branch the value of a metric is another. */
function repository(files: Readonly<Record<string, string>>): Folder {
  const project = Object.entries(SHOP).map(([name, text]) => [`metrics/${name}`, text] as const);
  const folder = folderOf({ ...Object.fromEntries(project), ...files });
  commitAll(folder.path);
  git(folder.path, 'switch', '--quiet', '--create', 'branch');
  folder.write(METRICS, CHANGED);
  return folder;
}

const ASK = /^info\[owners-to-ask\]: (Ask .*CODEOWNERS .*)$/gm;

async function asked(folder: Folder, cwd = 'metrics'): Promise<readonly (string | undefined)[]> {
  const { stdout, stderr } = await folder.plumbline(['ci', cwd, '--base', 'main', '--skip', 'formatting']);
  assert.equal(stderr, '');
  return [...stdout.matchAll(ASK)].map(([, message]) => message);
}

const TEAM = `Ask @acme/metrics: CODEOWNERS names them for ${METRICS}, where definitions changed.`;

describe('plumbline ci --base with a CODEOWNERS', () => {
  it('names the owners of the files that changed, from above the project', async () => {
    const folder = repository({ '.github/CODEOWNERS': '* @acme/all\n/metrics/ @acme/metrics\n' });
    assert.deepEqual(await asked(folder), [TEAM]);
  });

  it('takes the one of the version before: a change does not choose whom to ask', async () => {
    const folder = repository({ 'docs/CODEOWNERS': '/metrics/ @acme/metrics\n' });
    folder.write('docs/CODEOWNERS', '* @mallory\n');
    folder.write('.github/CODEOWNERS', '* @mallory\n');
    assert.deepEqual(await asked(folder), [TEAM]);
    commitAll(folder.path);
    assert.deepEqual(await asked(folder), [TEAM]);
  });

  it('knows of none that only the change has', async () => {
    const folder = repository({});
    folder.write('CODEOWNERS', '* @mallory\n');
    commitAll(folder.path);
    assert.deepEqual(await asked(folder), []);
  });

  it('does not follow a link, and reads none that is too large', async () => {
    const folder = repository({
      OWNERS: '* @mallory\n',
      'docs/CODEOWNERS': '/metrics/ @acme/metrics\n',
    });
    git(folder.path, 'switch', '--quiet', '--force', 'main');
    mkdirSync(join(folder.path, '.github'));
    symlinkSync('../OWNERS', join(folder.path, '.github/CODEOWNERS'));
    folder.write('CODEOWNERS', `* @mallory\n${'# a comment\n'.repeat(300_000)}`);
    commitAll(folder.path);
    folder.write(METRICS, CHANGED);
    assert.deepEqual(await asked(folder), [TEAM]);
  });

  it('mentions nobody in Markdown, and leaves names that are none out', async () => {
    const folder = repository({
      CODEOWNERS: '[all]\n* @acme/metrics <b>@x</b> ::error::x [a](https://evil.example)\n',
    });
    const args = ['ci', 'metrics', '--base', 'main', '--skip', 'formatting', '--report', 'markdown'];
    const { stdout } = await folder.plumbline(args);
    assert.match(stdout, /Ask @&#8203;acme\/metrics:/);
    assert.doesNotMatch(stdout, /evil|<b>|@acme/);
    assert.deepEqual(await asked(folder), [TEAM]);
  });
});
