import assert from 'node:assert/strict';
import { analyse } from '../../../server/src/core/analyse.ts';
import { complete } from '../../../server/src/core/ide/completion/complete.ts';
import { fileAt } from '../../../server/src/core/ide/ide-context.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { asWhole } from '../../kit/as-whole.ts';
import { present } from '../../kit/present.ts';
import { projectOf, ROOT } from '../../kit/project.ts';
import { xlsxOf } from '../../kit/xlsx.ts';

/** The labels that are offered where the cursor stands in the data of a source. */
async function offered(data: string): Promise<readonly string[]> {
  const marked = `plumbline: 1\nsources:\n  s: { data: { ${data} } }\n`;
  const files = {
    'a.metrics.yaml': marked.replace('┆', ''),
    'b.xlsx': xlsxOf([
      { name: 'Notes', rows: [['x']] },
      { name: 'Answers: all', rows: [['score']] },
    ]),
    'c.csv': 'a;b\n',
  };
  const loaded = asWhole(await projectOf(files));
  const { checked, problems } = analyse(loaded, kinds);
  const context = { checked, problems, numbers: undefined };
  const { items } = complete(
    context,
    present(fileAt(context, `${ROOT}/a.metrics.yaml`)),
    marked.indexOf('┆'),
  );
  return items.map(({ label }) => label);
}

describe('completion of reader options', () => {
  it('offers the sheets of the workbook, also where the one that is written is none of them', async () => {
    assert.deepEqual(await offered('file: b.xlsx, sheet: ┆'), ['Notes', 'Answers: all']);
    assert.deepEqual(await offered('file: b.xlsx, sheet: Answer┆'), ['Notes', 'Answers: all']);
  });

  it('offers encodings, patterns of dates and delimiters', async () => {
    const encodings = await offered('file: c.csv, encoding: ┆');
    assert.ok(['utf-16le', 'windows-1252', 'shift_jis'].every((name) => encodings.includes(name)));
    assert.ok((await offered('file: c.csv, date_format: ┆')).includes('%d/%m/%Y'));
    assert.ok((await offered('file: c.csv, delimiter: ┆')).includes(';'));
  });
});
