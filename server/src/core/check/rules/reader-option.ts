import { type FileFormat, fileFormatOf, type ReaderOption, takesOption } from '../../model/data-format.ts';
import type { DataReference, Source } from '../../model/project.ts';
import type { MapEntry, MapNode } from '../../syntax/yaml/tree.ts';
import { page } from '../page.ts';
import { type Report, type Rule, spotOf } from '../report.ts';

/** Reader options of `data` that mean nothing for the format of its file, or cannot be what they say. */
export const readerOption: Rule = {
  id: 'reader-option',
  severity: 'error',
  summary: 'An option of `data` does not fit the format of its file.',
  documentation: page({
    why: `
      How a file is read hangs on its format: a workbook has sheets and no delimiter, a Parquet file brings its own types and
      encoding. An option that the reader cannot use would be passed over in silence, and the data read otherwise than was meant.

      | format | options |
      |---|---|
      | CSV, TSV | \`delimiter\`, \`header_row\`, \`encoding\`, \`nulls\`, \`date_format\` |
      | JSON, NDJSON | \`encoding\`, \`nulls\`, \`date_format\` |
      | XLSX | \`sheet\`, \`header_row\`, \`nulls\`, \`date_format\` |
      | Parquet | \`nulls\`, \`date_format\` (for columns of text) |

      Patterns of \`date_format\` are made of \`%Y\`, \`%m\`, \`%d\`, \`%H\`, \`%M\`, \`%S\` and the like; \`%%\` stands for a percent sign.`,
    wrong: `
      sources:
        survey:
          data: { file: data/responses.csv, sheet: Answers }`,
    right: `
      sources:
        survey:
          data: { file: data/responses.csv }`,
    mend: `
      Remove the option, or correct the name of the file.`,
  }),
  check({ project }, report) {
    for (const source of project.sources.values()) {
      const { data } = source;
      const format = data && fileFormatOf(data.file.text.trim());
      if (data?.node.kind === 'map' && format !== undefined) checkKeys(source, data.node, format, report);
      if (data !== undefined) checkDelimiter(source, data, report);
      checkPatterns(source, report);
    }
  },
};

const OPTIONS: readonly ReaderOption[] = [
  'sheet',
  'delimiter',
  'header_row',
  'nulls',
  'date_format',
  'encoding',
];

function checkKeys(source: Source, map: MapNode, { format, label }: FileFormat, report: Report): void {
  for (const entry of map.entries) {
    const option = OPTIONS.find((known) => known === entry.key.text);
    if (option === undefined || takesOption(format, option)) continue;
    const message = `\`${option}\` means nothing for ${label}. ${reasonFor(option)} Remove it.`;
    report(spotOf(source.file, entry.key), message, { fixes: removal(source, map, entry) });
  }
}

function reasonFor(option: ReaderOption): string {
  switch (option) {
    case 'sheet':
      return 'Only workbooks (.xlsx) have sheets.';
    case 'delimiter':
      return 'Only the columns of CSV and TSV files are separated by characters.';
    case 'header_row':
      return 'Its columns are named in the data themselves.';
    default:
      return 'Such a file says itself how it is encoded.';
  }
}

/** Taking an entry out of a block could take a comment with it, so that is left to the author. */
function removal(source: Source, map: MapNode, entry: MapEntry) {
  if (!map.flow || entry.key.origin !== undefined) return [];
  const index = map.entries.indexOf(entry);
  const [before, after] = [map.entries[index - 1], map.entries[index + 1]];
  const start = before?.span.end ?? entry.span.start;
  const end = before === undefined ? (after?.span.start ?? entry.span.end) : entry.span.end;
  const edits = [{ file: source.file, span: { start, end }, text: '' }];
  return [{ title: `Remove \`${entry.key.text}\``, edits, sure: false }];
}

function checkDelimiter(source: Source, { delimiter }: DataReference, report: Report): void {
  if (delimiter === undefined || !/["\r\n]/.test(delimiter.text)) return;
  report(
    spotOf(source.file, delimiter.node),
    'A delimiter cannot hold a double quote or a line break, as cells are quoted and rows end with them. Write what separates the columns, such as ";".',
  );
}

/** What strptime knows in DuckDB. */
const SPECIFIER = /^%(?:[aAbBcdfgGHIjmMnpSuUVwWxXyYzZ%]|-[dHIjmMSy])/;

function checkPatterns(source: Source, report: Report): void {
  const columns = [...source.columns.values()].flatMap(({ dateFormats }) => dateFormats);
  for (const { text, node } of [...(source.data?.dateFormats ?? []), ...columns]) {
    const message = patternProblem(text);
    if (message !== undefined) report(spotOf(source.file, node), message);
  }
}

function patternProblem(pattern: string): string | undefined {
  if (!pattern.includes('%'))
    return `"${pattern}" is no pattern: parts of a date are written with a percent sign, such as "%d/%m/%Y".`;
  for (let at = pattern.indexOf('%'); at >= 0; at = pattern.indexOf('%', at)) {
    const found = SPECIFIER.exec(pattern.slice(at));
    if (found === null)
      return `"${pattern.slice(at, at + 2)}" in "${pattern}" stands for nothing. Use parts such as %Y, %m, %d, %H, %M and %S.`;
    at += found[0].length;
  }
  return undefined;
}
