import {
  AGGREGATES,
  type AggregateInfo,
  type AggregateName,
  FUNCTIONS,
  type FunctionInfo,
  type FunctionName,
  signatureOf,
} from '../../server/src/core/syntax/expression/functions.ts';
import { table } from './markdown.ts';

/** The functions by what they are about. Every function stands in one group; a test names those that do not. */
export const FUNCTION_GROUPS: Readonly<Record<string, readonly FunctionName[]>> = {
  numbers: ['abs', 'round', 'floor', 'ceil', 'sqrt', 'ln', 'exp', 'power', 'least', 'greatest'],
  nulls: ['coalesce', 'nullif'],
  text: [
    'lower',
    'upper',
    'trim',
    'length',
    'substring',
    'replace',
    'concat',
    'contains',
    'starts_with',
    'ends_with',
    'split_part',
    'regexp_matches',
  ],
  time: [
    'date_trunc',
    'date_part',
    'date_diff',
    'date_add',
    'year',
    'quarter',
    'month',
    'day',
    'hour',
    'day_of_week',
  ],
};

/** What a function gives where an argument is null; of those that are not listed it is null. */
export const WITH_NULL: Partial<Readonly<Record<FunctionName, string>>> = {
  least: 'passes over nulls; null where all are',
  greatest: 'passes over nulls; null where all are',
  coalesce: 'passes over nulls; null where all are',
  nullif: '`x` where `y` is null; null where `x` is',
  concat: 'takes null for empty text',
};

/** The table of a group of functions, or of the aggregates. */
export function functionTable(group: string): string {
  if (group === 'aggregates') return aggregateTable();
  const names = FUNCTION_GROUPS[group];
  if (names === undefined) throw new Error(`There is no group of functions "${group}".`);
  const rows = names.map((name) => {
    const info = FUNCTIONS[name];
    return [
      `\`${signatureOf(info)}\``,
      resultOf(info),
      info.summary,
      WITH_NULL[name] ?? 'null',
      `\`${info.example}\``,
      givenBy(info),
    ];
  });
  return table(['function', 'gives', 'meaning', 'with null', 'expression', 'value'], rows);
}

function aggregateTable(): string {
  const names = Object.keys(AGGREGATES) as AggregateName[];
  const rows = names.map((name) => {
    const info: AggregateInfo = AGGREGATES[name];
    const over = info.over.map((cell) => (cell === null ? 'null' : String(cell))).join(', ');
    return [
      `\`${signatureOf(info)}\``,
      resultOf(info),
      info.summary,
      over,
      `\`${info.example}\``,
      givenBy(info),
    ];
  });
  return table(['aggregate', 'gives', 'meaning', 'over `x`', 'expression', 'value'], rows);
}

function resultOf({ result }: FunctionInfo): string {
  return result === 'as-argument' ? 'as `x`' : result;
}

function givenBy({ gives }: FunctionInfo): string {
  return gives === null ? 'null' : `\`${gives}\``;
}
