import { type Problem, problemOf } from '../base/problem.ts';
import type { Source } from '../model/project.ts';
import type { DataNotice, LoadedTable } from './engine.ts';
import { notPlain } from './problems.ts';

/** What loading could not read as it stands: at the declared column, else at the file. */
export function notPlainFindings({ notices = [] }: LoadedTable, source: Source): readonly Problem[] {
  const { data } = source;
  if (data === undefined) return [];
  return notices.map((notice) => {
    const column = [...source.columns.values()].find(
      ({ name, header, value, of }) =>
        value === undefined && of === undefined && (header?.text ?? name) === notice.header,
    );
    const { span } = column?.nameNode ?? data.file.node;
    return problemOf(notPlain, { file: source.file, span }, messageOf(notice));
  });
}

function messageOf({ kind, header, count, examples }: DataNotice): string {
  const [first] = examples;
  const row = first?.row.toLocaleString('en-US') ?? '1';
  const number = count.toLocaleString('en-US');
  if (kind === 'later')
    return `"${header}" first comes up in row ${row}, behind the part of the file that is read for its columns, so it is no column. Declare it under \`columns\` to use it.`;
  const shown = examples.map(({ row, text }) => `${shortened(text)} in row ${row}`).join(', ');
  if (kind === 'nested')
    return `${number} ${count === 1 ? 'value' : 'values'} of "${header}" ${count === 1 ? 'is an object or a list' : 'are objects or lists'}, read as JSON text: ${shown}.`;
  return `${number} ${count === 1 ? 'cell' : 'cells'} of "${header}" ${count === 1 ? 'holds' : 'hold'} no value, read as blank: ${shown}.`;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
