import type { Applied } from './applicable.ts';
import { listed } from './locate.ts';

/** What may be written, by the name of the definition in the schema, as it stands behind "must be". */
const expectations: Readonly<Record<string, string>> = {
  name: 'a name of lower-case letters, digits and underscores that begins with a letter, such as `monthly_revenue`',
  rule_id: 'the id of a rule, such as `metric-needs-owner`',
  text: 'text',
  texts: 'a list of texts, such as `[first, second]`',
  tags: 'a list of words, such as `[board, renewal]`',
  column: 'the name of a column, or a path such as `account.industry`',
  columns: 'the name of a column, or a list of them',
  expression: 'an expression, such as `amount / 100`',
  expressions: 'an expression, or a list of expressions',
  conditions: "a condition, such as `plan <> 'free'`, or a list of conditions",
  date: 'a date such as `2025-06-30`',
  period: 'a period such as `2025`, `2025-Q4`, `2025-05`, `2025-W05`, `2025-05-31` or `all`',
  duration: 'a length of time such as `28 days` or `3 months`',
  time_limit: 'a length of time such as `48 hours` or `14 days`',
  window:
    'a length of time such as `28 days`, or `month_to_date`, `quarter_to_date`, `year_to_date` or `all_time`',
  number: 'a number such as `50`, or a percentage such as `42%`',
  positive_number: 'a number of 0 or more such as `2`, or a percentage such as `2%`',
  expected: 'a number such as `33.33`, a percentage such as `42%`, or `null` for no data',
  range: 'two numbers, the lower one first, such as `[40, 60]`',
  scale: 'two whole numbers, the lowest and the highest score, such as `[1, 5]`',
  group_name: 'a group such as `company_size.enterprise`',
  timezone: 'a time zone such as `Europe/London` or `UTC`',
  currency: 'a currency code of three capital letters, such as `EUR`',
  relative_change: 'a percentage such as `5%`',
  version: 'a whole number from 1',
  date_format: 'a pattern such as `"%d/%m/%Y"`, or a list of patterns',
  data: 'the path of a file, or a map such as `{ file: data/orders.csv, delimiter: ";" }`',
  link_columns: 'the name of a column, or a map of columns such as `{ mine: theirs }`',
  segment_by: 'an expression, or a map from sources to expressions',
  metric_or_name: 'the name of a metric, or an inline metric such as `{ type: count, source: tickets }`',
  segment_use: 'the name of a segment, or a map such as `{ segment: company_size, via: account }`',
  cell: 'a single value, such as `10`, `team` or `null`',
};

/** Words that may be written where a pattern takes more than words, by the name of its definition. */
const words: Readonly<Record<string, readonly string[]>> = {
  window: ['month_to_date', 'quarter_to_date', 'year_to_date', 'all_time'],
};

/** The words among what may be written at a place that takes other texts too. */
export function wordsAt(applied: readonly Applied[]): readonly string[] {
  return applied.flatMap(({ name }) => (name === undefined ? [] : (words[name] ?? [])));
}

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'a map of keys and values',
  null: '`null`',
};

/**
 * What may be written at a place, in words: by the definition that describes it, or else by the types it takes.
 * The nearest definition counts, so that a list's items are told apart from the list.
 */
export function expectedAt(applied: readonly Applied[]): string {
  const named = applied.flatMap(({ name }) => (name === undefined ? [] : (expectations[name] ?? [])));
  if (named[0] !== undefined) return named[0];
  const values = applied
    .find(({ schema }) => schema.enum !== undefined)
    ?.schema.enum?.map((each) => `\`${each}\``);
  if (values !== undefined) return values.length > 10 ? `a word such as ${values[0]}` : listed(values, 'or');
  const type = applied.find(({ schema }) => schema.type !== undefined)?.schema.type;
  return listed(
    [type ?? []].flat().map((each) => types[each] ?? each),
    'or',
  );
}
