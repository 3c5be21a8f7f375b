import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Folder, folderOf } from './kit.ts';

const UNTIDY = 'plumbline: 1\nmetrics:\n    revenue:\n        value: amount # euros\n        type: sum\n';
const TIDY = 'plumbline: 1\n\nmetrics:\n  revenue:\n    type: sum\n    value: amount # euros\n';
const BROKEN = 'plumbline: 1\nmetrics:\n  revenue: { type: sum\n';
const SETTINGS = 'plumbline: 1\nname: shop\n';

const textOf = (folder: Folder, name: string): string => readFileSync(join(folder.path, name), 'utf8');

describe('plumbline fmt', () => {
  it('formats the files of the project in place, and says which', async () => {
    const folder = folderOf({
      'plumbline.yaml': 'name: shop\nplumbline: 1\n',
      'a.metrics.yaml': UNTIDY,
      'deep/b.metrics.yaml': TIDY,
      'other.yaml': 'b:   1\n',
    });
    const first = await folder.plumbline(['fmt']);
    assert.equal(first.code, 0);
    assert.equal(first.stderr, '');
    assert.equal(
      first.stdout,
      'Formatted plumbline.yaml\nFormatted a.metrics.yaml\n\n✓ Formatted 2 of 3 files.\n',
    );
    assert.equal(textOf(folder, 'plumbline.yaml'), SETTINGS);
    assert.equal(textOf(folder, 'a.metrics.yaml'), TIDY);
    assert.equal(textOf(folder, 'other.yaml'), 'b:   1\n');
    assert.deepEqual(readdirSync(folder.path).sort(), [
      'a.metrics.yaml',
      'deep',
      'other.yaml',
      'plumbline.yaml',
    ]);
    const again = await folder.plumbline(['fmt']);
    assert.deepEqual([again.code, again.stdout], [0, '✓ Nothing to format in 3 files.\n']);
  });

  it('formats the files that are named, and no others', async () => {
    const folder = folderOf({
      'plumbline.yaml': SETTINGS,
      'a.metrics.yaml': UNTIDY,
      'b/b.metrics.yaml': UNTIDY,
      'c/c.metrics.yaml': UNTIDY,
    });
    const { stdout } = await folder.plumbline(['fmt', 'a.metrics.yaml', 'b']);
    assert.match(stdout, /^Formatted a\.metrics\.yaml\nFormatted b\/b\.metrics\.yaml\n\n/);
    assert.equal(textOf(folder, 'c/c.metrics.yaml'), UNTIDY);
  });

  it('writes nothing unasked where there are several projects, or none with a plumbline.yaml', async () => {
    const folder = folderOf({
      'shop/plumbline.yaml': SETTINGS,
      'shop/a.metrics.yaml': UNTIDY,
      'office/plumbline.yaml': SETTINGS,
      'office/b.metrics.yaml': UNTIDY,
      'loose/c.metrics.yaml': UNTIDY,
    });
    const several = await folder.plumbline(['fmt']);
    assert.equal(several.code, 2);
    assert.match(
      several.stderr,
      /^error: There are 3 projects here\. Name those to format, or "\." for all of them\.\n/,
    );
    assert.equal(textOf(folder, 'shop/a.metrics.yaml'), UNTIDY);
    const check = await folder.plumbline(['fmt', '--check']);
    assert.match(check.stdout, /3 of 5 files would change/);
    const all = await folder.plumbline(['fmt', '.']);
    assert.match(all.stdout, /Formatted 3 of 5 files/);

    const loose = folderOf({ 'c.metrics.yaml': UNTIDY });
    const run = await loose.plumbline(['fmt']);
    assert.equal(run.code, 2);
    assert.match(
      run.stderr,
      /There is no plumbline\.yaml in this folder or above it\. Name what to format, such as "\."\./,
    );
    assert.equal(textOf(loose, 'c.metrics.yaml'), UNTIDY);
  });

  it('with --check changes nothing, and fails where a file would change', async () => {
    const folder = folderOf({ 'plumbline.yaml': SETTINGS, 'a.metrics.yaml': UNTIDY });
    const run = await folder.plumbline(['fmt', '--check']);
    assert.deepEqual(run, {
      code: 1,
      signal: null,
      stdout:
        'Would format a.metrics.yaml\n\n✗ 1 of 2 files would change. Run "plumbline fmt" to format them.\n',
      stderr: '',
    });
    assert.equal(textOf(folder, 'a.metrics.yaml'), UNTIDY);
    folder.write('a.metrics.yaml', TIDY);
    assert.equal((await folder.plumbline(['fmt', '--check'])).code, 0);
  });

  it('with --diff changes nothing, and shows what would change as other tools do', async () => {
    const folder = folderOf({ 'plumbline.yaml': SETTINGS, 'a.metrics.yaml': UNTIDY });
    const run = await folder.plumbline(['fmt', '--diff']);
    assert.equal(run.code, 0);
    assert.equal(
      run.stdout,
      `--- a.metrics.yaml
+++ a.metrics.yaml
@@ -1,5 +1,6 @@
 plumbline: 1
+
 metrics:
-    revenue:
-        value: amount # euros
-        type: sum
+  revenue:
+    type: sum
+    value: amount # euros

✗ 1 of 2 files would change. Run "plumbline fmt" to format them.
`,
    );
    assert.equal(textOf(folder, 'a.metrics.yaml'), UNTIDY);
    assert.equal((await folder.plumbline(['fmt', '--diff', '--check'])).code, 1);
  });

  it('leaves files with YAML errors and reports them, but formats the others', async () => {
    const folder = folderOf({
      'plumbline.yaml': SETTINGS,
      'a.metrics.yaml': UNTIDY,
      'b.metrics.yaml': BROKEN,
      'c.metrics.yaml': Uint8Array.of(0xff),
    });
    const run = await folder.plumbline(['fmt']);
    assert.equal(run.code, 1);
    assert.match(run.stdout, /^Formatted a\.metrics\.yaml\n\nerror\[yaml-syntax\]: /);
    assert.match(run.stdout, /^ --> b\.metrics\.yaml:3:12$/m);
    assert.match(run.stdout, /^error\[file-unreadable\]: The file is not UTF-8 text/m);
    assert.match(run.stdout, /✗ Formatted 1 of 4 files\. 2 files with errors are left as they are\.\n$/);
    assert.equal(textOf(folder, 'a.metrics.yaml'), TIDY);
    assert.equal(textOf(folder, 'b.metrics.yaml'), BROKEN);
  });

  it('formats the standard input, as the file that it stands for', async () => {
    const folder = folderOf({});
    const run = await folder.plumbline(['fmt', '-'], { input: UNTIDY });
    assert.deepEqual(run, { code: 0, signal: null, stdout: TIDY, stderr: '' });
    const named = ['fmt', '-', '--stdin-path', 'plumbline.yaml'];
    const settings = await folder.plumbline(named, { input: 'name: shop\nplumbline: 1\n' });
    assert.equal(settings.stdout, SETTINGS);
    const check = await folder.plumbline(['fmt', '-', '--check'], { input: UNTIDY });
    assert.deepEqual([check.code, check.stdout], [1, '']);
  });

  it('gives the standard input back as it is where it has YAML errors', async () => {
    const run = await folderOf({}).plumbline(['fmt', '-'], { input: BROKEN });
    assert.deepEqual([run.code, run.stdout], [1, BROKEN]);
    assert.match(run.stderr, /^error\[yaml-syntax\]: .*\n --> standard input:3:12\n/);
  });

  it('says what is wrong with how it was called', async () => {
    const folder = folderOf({ 'plumbline.yaml': SETTINGS, 'notes.md': '#\n', 'a.metrics.yaml': TIDY });
    const wrong: readonly [args: readonly string[], message: RegExp][] = [
      [['notes.md'], /notes\.md is neither a metrics file nor the plumbline\.yaml of the project in \./],
      [['none.metrics.yaml'], /There is no file or folder none\.metrics\.yaml/],
      [['-', 'a.metrics.yaml'], /The standard input \(-\) cannot be combined with files/],
    ];
    for (const [args, message] of wrong) {
      const run = await folder.plumbline(['fmt', ...args]);
      assert.equal(run.code, 2);
      assert.match(run.stderr, message);
    }
  });

  it('has help with examples', async () => {
    const { stdout, code } = await folderOf({}).plumbline(['fmt', '--help']);
    assert.equal(code, 0);
    assert.match(stdout, /plumbline fmt --check +in CI/);
  });
});
