import type { Place } from '../base/span.ts';
import { placeIn, type Texts } from '../workspace/in-files.ts';
import { formatValue, NO_DATA } from './format-value.ts';
import { type ExampleResult, MAX_ROWS } from './run-examples.ts';

/** The digits that are shown of a computed value beyond those that its example writes. */
const MORE_DIGITS = 2;

/** What an example says should come out, as it is written. */
export function expectedText({ example }: ExampleResult): string {
  if (example.expect === undefined) return 'nothing';
  return example.expect === null ? NO_DATA : example.expect.text;
}

/** What came out, with a few digits more than the example writes; `undefined` where nothing could be computed. */
export function computedText({ example, computed }: ExampleResult, unit: string): string | undefined {
  if (computed === undefined) return undefined;
  const { value } = computed;
  if (value === null) return NO_DATA;
  const written = example.expect?.decimals ?? 0;
  const percent = example.expect?.percent ?? unit === 'percent';
  const [number, digits] = percent ? [value * 100, written] : [value, written];
  const text = formatValue(number, { unit: 'number', decimals: digits + MORE_DIGITS });
  // Expected values are written without commas, so that the two can be compared by eye.
  return `${withoutZeros(text.replaceAll(',', ''), digits)}${percent ? '%' : ''}`;
}

/** The rows that the value rests on, source by source: `rows 1, 2 and 5 of survey`. */
export function countedText({ counted }: ExampleResult): string {
  return counted.map(({ source, rows }) => rowsText(source, rows)).join('; ');
}

/** What is wrong with an example that failed, in one sentence. */
export function failureMessage(result: ExampleResult, unit: string): string {
  if (result.refused !== undefined) return result.refused;
  const computed = computedText(result, unit) ?? NO_DATA;
  const rows = result.counted.length === 0 ? '' : `, from ${countedText(result)}`;
  return `Expected ${expectedText(result)}, computed ${computed}${rows}.`;
}

/** Where the expected value is written; the example where there is none. */
export function expectPlace(files: Texts, { metric, example }: ExampleResult): Place {
  return placeIn(files, { file: metric.file, span: (example.expectNode ?? example.node).span });
}

function rowsText(source: string, rows: readonly number[]): string {
  if (rows.length === 0) return `no rows of ${source}`;
  if (rows.length === 1) return `row ${rows[0]} of ${source}`;
  if (rows.length >= MAX_ROWS) return `rows ${rows.join(', ')}, … of ${source}`;
  return `rows ${rows.slice(0, -1).join(', ')} and ${rows.at(-1)} of ${source}`;
}

/** Drops zeros at the end of a number's decimals, keeping at least `keep` of these. */
function withoutZeros(text: string, keep: number): string {
  const [whole = '', decimals = ''] = text.split('.');
  const kept = decimals.slice(0, keep) + decimals.slice(keep).replace(/0+$/, '');
  return kept === '' ? whole : `${whole}.${kept}`;
}
