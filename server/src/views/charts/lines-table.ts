import { type Column, numberCell, type Table } from '../parts/table.ts';
import { type Line, type LinesData, verdictWords } from './lines.ts';

/** The numbers of lines as a table, newest period first, as that is what is looked for. */
export function linesTable(data: LinesData): Table {
  const columns = data.lines.flatMap((line) => columnsOf(line, data.lines.length === 1));
  const judged = data.lines.filter(({ verdicts }) => verdicts?.some((each) => verdictWords(each) !== ''));
  return {
    title: data.title,
    columns: [
      { label: 'Period' },
      ...columns.map(({ label }): Column => ({ label, numeric: true })),
      ...judged.map(
        ({ name }): Column => ({ label: data.lines.length === 1 ? VERDICT : `${name}: verdict` }),
      ),
    ],
    rows: data.periods
      .map((period, index) => [
        { text: `${period}${data.partial[index] === true ? ' (not over yet)' : ''}`, value: period },
        ...columns.map(({ values }) => {
          const value = values[index] ?? null;
          return numberCell(value, value === null ? '' : data.write(value));
        }),
        ...judged.map(({ verdicts }) => ({ text: verdictWords(verdicts?.[index]) || '–' })),
      ])
      .reverse(),
  };
}

const VERDICT = 'From the period before';

interface NumberColumn {
  readonly label: string;
  readonly values: readonly (number | null)[];
}

function columnsOf({ name, values, low, high }: Line, isOnly: boolean): readonly NumberColumn[] {
  const own = { label: name, values };
  if (low === undefined || high === undefined || high.every((value) => value === null)) return [own];
  const prefix = isOnly ? '' : `${name}: `;
  return [own, { label: `${prefix}from`, values: low }, { label: `${prefix}to`, values: high }];
}
