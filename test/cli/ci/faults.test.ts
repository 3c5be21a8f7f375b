import assert from 'node:assert/strict';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commitAll } from '../../kit/git.ts';
import { type Folder, folderOf, repository } from '../kit.ts';
import { FAULTS, type Fault } from './faults.ts';

const MARK = '⟦';

interface Found {
  readonly code: string;
  readonly severity: string;
  readonly file: string;
  readonly start: { readonly line: number; readonly column: number };
  readonly known: boolean;
}

/** The sample as a repository of its own, with what is known of it (the dirt of its data) in a baseline. */
describe('plumbline ci on the sample', () => {
  const folder = folderOf({ 'base.json': '' });
  const sample = join(folder.path, 'saas');

  before(async () => {
    cpSync(join(repository(), 'samples/saas'), sample, { recursive: true });
    commitAll(folder.path, 'base');
  });

  it('passes, as on every other sample, with warnings of the data only, which a baseline takes', async () => {
    const plain = await folder.plumbline(['ci', join(repository(), 'samples')]);
    assert.equal(plain.code, 0, plain.stdout);
    const written = await folder.plumbline(['ci', 'saas', '--baseline', 'base.json', '--write-baseline']);
    assert.equal(written.code, 0);
  });

  for (const [group, faults] of Object.entries(FAULTS)) {
    it(`fails with exactly the ${faults.length} faults of ${group}, each at its place`, async () => {
      const originals = plant(sample, faults);
      const expected = faults.map((fault) => placeOf(sample, fault));
      for (const { file } of faults) unmark(sample, file);
      const { code, found } = await findingsIn(folder);
      for (const [file, text] of originals) writeFileSync(join(sample, file), text);
      assert.deepEqual(found, expected.toSorted());
      assert.equal(code, 1);
    });
  }

  it('has at least 30 of them', () => {
    assert.ok(Object.values(FAULTS).flat().length >= 30);
  });
});

/** What is new in the sample, as `file:line:column code`, in order. Warnings fail too; notes do not. */
async function findingsIn(
  folder: Folder,
): Promise<{ readonly code: number | null; readonly found: readonly string[] }> {
  const args = ['--base', 'main', '--baseline', 'base.json', '--max-warnings', '0'];
  const { code, stdout, stderr } = await folder.plumbline(['ci', 'saas', '--report', 'json', ...args]);
  assert.equal(stderr, '');
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Found[] };
  const fresh = findings.filter(({ known, severity }) => !known && severity !== 'info');
  return {
    code,
    found: fresh
      .map(({ file, start, code: rule }) => `${file}:${start.line}:${start.column} ${rule}`)
      .toSorted(),
  };
}

/** Makes the edits, with their marks. Gives the texts before. */
function plant(sample: string, faults: readonly Fault[]): ReadonlyMap<string, string> {
  const originals = new Map<string, string>();
  for (const { file, from, to } of faults) {
    const path = join(sample, file);
    const text = readFileSync(path, 'utf8');
    if (!originals.has(file)) originals.set(file, text);
    assert.equal(text.split(from).length, 2, `${from} stands once in ${file}`);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
  }
  return originals;
}

/** Where a fault has to be told: at its mark, in the text without any mark. */
function placeOf(sample: string, { code, file, to, at }: Fault): string {
  const [name, marked] = at ?? [file, to];
  const plain = marked.replace(MARK, '');
  const text = readFileSync(join(sample, name), 'utf8').replaceAll(MARK, '');
  assert.equal(text.split(plain).length, 2, `${plain} stands once in ${name}`);
  const before = text.slice(0, text.indexOf(plain) + marked.indexOf(MARK));
  const lines = before.split('\n');
  return `saas/${name}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1} ${code}`;
}

function unmark(sample: string, file: string): void {
  const path = join(sample, file);
  writeFileSync(path, readFileSync(path, 'utf8').replaceAll(MARK, ''));
}
