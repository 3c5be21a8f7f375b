import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { TEMPLATES } from '../../server/src/core/scaffold/template-project.ts';
import { type Folder, folderOf, type Run } from './kit.ts';

const CUSTOMERS = `customer_id,plan,started_on,ended_on
C1,free,2024-01-05,
C2,team,2024-02-01,2024-06-30
C3,team,2024-02-11,
`;
const ORDERS = `order_id,customer_id,ordered_on,amount
O1,C1,2024-05-02,10.50
O2,C2,2024-05-20,20
O3,C3,2024-06-30,7.25
`;

/** What a run that wrote nothing says, on one line. */
async function refused(folder: Folder, args: readonly string[]): Promise<string> {
  const before = namesIn(folder.path);
  const { code, stdout, stderr } = await folder.plumbline(['init', ...args]);
  assert.equal(code, 2, stderr);
  assert.equal(stdout, '');
  assert.deepEqual(namesIn(folder.path), before);
  assert.doesNotMatch(stderr, /defect/);
  return stderr;
}

function namesIn(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
}

/** Holds a project to what `init` promises: it is checked, formatted, evaluated, its examples pass, and they guard every clause. */
async function isSound(folder: Folder, project: string): Promise<void> {
  const runs: readonly (readonly string[])[] = [
    ['check', project, '--data'],
    ['fmt', project, '--check'],
    ['eval', '--project', project],
    ['test', '--project', project],
    ['test', '--project', project, '--mutate'],
  ];
  for (const args of runs) {
    const { code, stdout, stderr } = await folder.plumbline(args);
    assert.equal(code, 0, `${args.join(' ')}: ${stdout}${stderr}`);
    assert.doesNotMatch(stdout, /warning\[/);
  }
}

describe('plumbline init', () => {
  describe('from a template', () => {
    const folder = folderOf({ 'a file': '' });

    for (const name of TEMPLATES) {
      it(`writes a project that is sound: ${name}`, async () => {
        const { code, stdout, stderr } = await folder.plumbline(['init', name, '--template', name]);
        assert.deepEqual([code, stderr], [0, '']);
        for (const path of namesIn(join(folder.path, name)).filter((one) => /\.\w+$/.test(one)))
          assert.ok(stdout.includes(`  ${name}/${path}\n`), `${path} in ${stdout}`);
        assert.match(
          readFileSync(join(folder.path, name, 'plumbline.yaml'), 'utf8'),
          new RegExp(`^name: ${name}$`, 'm'),
        );
        await isSound(folder, name);
      });
    }

    it('has a folder for each template but the blank one', () => {
      const folders = readdirSync('templates', { withFileTypes: true }).filter((entry) =>
        entry.isDirectory(),
      );
      assert.deepEqual(
        folders.map(({ name }) => name).sort(),
        TEMPLATES.filter((name) => name !== 'blank').toSorted(),
      );
    });

    it('writes the files of the template as they are, but for the name of the project', () => {
      for (const name of TEMPLATES.filter((one) => one !== 'blank')) {
        const home = join('templates', name);
        for (const path of namesIn(home).filter((one) => /\.(csv|metrics\.yaml)$/.test(one)))
          assert.equal(
            readFileSync(join(folder.path, name, path), 'utf8'),
            readFileSync(join(home, path), 'utf8'),
          );
      }
    });

    it('begins with the blank one, in folders that it makes, and says the commands for a path with a space', async () => {
      const { code, stdout } = await folder.plumbline(['init', 'deep down/new one']);
      assert.equal(code, 0);
      assert.ok(existsSync(join(folder.path, 'deep down/new one/start.metrics.yaml')));
      assert.ok(stdout.includes('plumbline eval --project "deep down/new one"'), stdout);
      assert.match(
        readFileSync(join(folder.path, 'deep down/new one/plumbline.yaml'), 'utf8'),
        /^name: new one$/m,
      );
    });

    it('is refused where a project is already, or a file', async () => {
      assert.match(
        await refused(folder, ['saas', '--template', 'retail']),
        /project already: plumbline\.yaml/,
      );
      folder.write('only/here.metrics.yaml', 'plumbline: 1\n');
      assert.match(await refused(folder, ['only']), /project already: here\.metrics\.yaml/);
      assert.match(await refused(folder, ['a file']), /a file is a file/);
      assert.match(await refused(folder, ['a file/below']), /cannot be written/);
      assert.match(await refused(folder, ['new', '--template', 'bank']), /blank, saas, retail, education/);
    });

    it('overwrites no file of the template, and follows no link', async () => {
      folder.write('mine/data/orders.csv', 'mine\n');
      assert.match(
        await refused(folder, ['mine', '--template', 'retail']),
        /data\/orders\.csv is there already\. Choose another folder/,
      );
      mkdirSync(join(folder.path, 'linked'));
      symlinkSync(join(folder.path, 'nowhere'), join(folder.path, 'linked/shop.metrics.yaml'));
      assert.match(
        await refused(folder, ['linked', '--template', 'retail']),
        /linked\/shop\.metrics\.yaml is there already/,
      );
      assert.ok(!existsSync(join(folder.path, 'nowhere')));
    });
  });

  describe('for data files', () => {
    const made = (files: Readonly<Record<string, string | Uint8Array>>, ...data: string[]) => {
      const folder = folderOf(files);
      let run: Run;
      before(async () => {
        run = await folder.plumbline(['init', '--data', ...data]);
      });
      return {
        folder,
        run: () => run,
        text: () => readFileSync(join(folder.path, 'start.metrics.yaml'), 'utf8'),
      };
    };

    describe('that link', () => {
      const { folder, run, text } = made(
        { 'exports/customers.csv': CUSTOMERS, 'exports/orders.csv': ORDERS },
        'exports/customers.csv',
        'exports/orders.csv',
      );

      it('proposes types, keys, times, spells and links, and metrics', async () => {
        assert.deepEqual([run().code, run().stderr], [0, '']);
        assert.match(text(), /key: customer_id/);
        assert.match(text(), /time: ordered_on/);
        assert.match(text(), /lifespan: \{ start: started_on, end: ended_on \}/);
        assert.match(text(), /customer: \{ to: customers, using: customer_id \}/);
        assert.match(text(), /amount: \{ type: number \}/);
        await isSound(folder, '.');
      });

      it('has the values that can be added up by hand', async () => {
        const { stdout } = await folder.plumbline(['eval', '--format', 'json']);
        const { metrics }: { metrics: { metric: string; headline: { value: number; period: string } }[] } =
          JSON.parse(stdout);
        const headline = (name: string) => metrics.find(({ metric }) => metric === name)?.headline;
        // June is over with the last order.
        assert.equal(headline('total_amount')?.period, '2024-06');
        assert.equal(headline('total_amount')?.value, 7.25);
        assert.equal(headline('orders')?.value, 1);
      });

      it('tells what comes next, without examples that are not there', () => {
        assert.match(run().stdout, /The project here has 2 sources and \d metrics:/);
        assert.match(run().stdout, /plumbline check --data/);
        assert.doesNotMatch(run().stdout, /plumbline test/);
      });

      it('adds a file to the project that is there, and changes none', async () => {
        const before = text();
        folder.write('more.csv', 'id\n1\n');
        const { code, stdout } = await folder.plumbline(['init', '--data', join(folder.path, 'more.csv')]);
        assert.equal(code, 0, 'an absolute path inside the folder is as good');
        assert.match(stdout, /start_2\.metrics\.yaml/);
        assert.equal(text(), before);
        await isSound(folder, '.');
      });
    });

    describe('with odd names of columns', () => {
      const { folder, run } = made(
        {
          'sub/Meine Daten (2).csv':
            '\ufeffSelect;from;"my; col";Ünï;2nd\n1;2025-01-01;a;b;c\n2;2025-01-31;c;d;e\n',
        },
        'sub/Meine Daten (2).csv',
      );

      it('names them so that expressions can', async () => {
        assert.equal(run().code, 0, run().stderr);
        await isSound(folder, '.');
      });
    });

    describe('of which some cannot be read', () => {
      const { folder, run, text } = made({ 'empty.csv': '', 'good.csv': ORDERS }, 'empty.csv', 'good.csv');

      it('writes the others, says which were left out and why, and ends with 1', async () => {
        assert.equal(run().code, 1);
        assert.match(run().stderr, /^Left out: empty\.csv\. The file "empty\.csv" is empty\./);
        assert.match(text(), /# Left out: empty\.csv/);
        await isSound(folder, '.');
      });
    });

    describe('that cannot be used', () => {
      const folder = folderOf({
        'empty.csv': '',
        'no header.csv': 'A1,2025-01-03,9\nA2,2025-01-04,7\n',
        'picture.csv': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
        'login.csv': '<!DOCTYPE html>\n<html><body>Sign in, please</body></html>\n',
        'report.csv': '%PDF-1.4\n1 0 obj\n',
        'rows.csv': '[{"a":1},\n{"a":2}]\n',
        'prose.csv': 'Dear all\nplease find this, and that\n',
        'notes.txt': 'a\n1\n',
        'project/in.csv': ORDERS,
      });

      const cases: Readonly<Record<string, RegExp>> = {
        'empty.csv': /"empty\.csv" is empty\. Its first line must name the columns/,
        'no header.csv':
          /first line of "no header\.csv" looks like a row.*A1, 2025-01-03, 9\. Put a line with the names/,
        'picture.csv': /bytes that are no text/,
        'login.csv': /holds a web page, not a table\. Export it as CSV/,
        'report.csv': /holds a PDF/,
        'rows.csv': /holds JSON, not a table\. Name it \.json/,
        'prose.csv': /Row 1 of "prose\.csv" has 2 cells, but the header has 1/,
        'notes.txt': /\.txt are not read\. Give the data as CSV/,
        'missing.csv': /--data: There is no file missing\.csv/,
        project: /--data: project is a folder\. Name the files in it, such as project\/\*\.csv/,
      };
      for (const [name, words] of Object.entries(cases)) {
        it(`says what is wrong and what to do: ${name}`, async () => {
          assert.match(await refused(folder, ['--data', name]), words);
        });
      }

      it('names the folder that would hold files outside of the project', async () => {
        const absolute = join(folder.path, 'empty.csv');
        const said = await refused(folder, ['project', '--data', absolute, 'project/in.csv']);
        assert.match(said, /--data: empty\.csv lies outside of the project's folder/);
        assert.match(said, /Copy the file into project, or make .*: plumbline init \. --data/);
      });

      it('takes a template or data, not both', async () => {
        assert.match(
          await refused(folder, ['--template', 'saas', '--data', 'project/in.csv']),
          /either --template or --data/,
        );
      });
    });
  });
});
