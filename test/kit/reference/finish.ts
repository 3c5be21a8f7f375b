import type { RefMeasure } from './metric.ts';
import {
  deviation,
  mean,
  meanBounds,
  NO_INTERVAL,
  npsBounds,
  quantile,
  type RefInterval,
  total,
  unitBounds,
  wilsonBounds,
} from './statistics.ts';
import type { Cell, Env } from './world.ts';

/** A value with what it rests on. */
export interface RefEstimate extends RefInterval {
  readonly value: number | null;
  readonly n: number;
}

/** What intervals rest on: nothing where only what happened matters, the rows, or the units that were drawn. */
export type Sampling = 'none' | 'rows' | { readonly unit: string };

/** The value of a type over the rows that count: section 5.2, with the intervals of section 5.4. */
export function finish(measure: RefMeasure, rows: readonly Env[], sampling: Sampling): RefEstimate {
  const result = estimate(measure, rows);
  if (sampling === 'rows') return result;
  if (sampling === 'none') return { ...result, ...NO_INTERVAL };
  const scored = scoresOf(measure, rows);
  if (scored === undefined) return { ...result, ...NO_INTERVAL };
  const [low, high] =
    measure.type === 'nps' ? [-100, 100] : isShare(measure) ? [0, 1] : [-Infinity, Infinity];
  const units = scored.map(({ row, score }) => ({ unit: row.row[sampling.unit] ?? null, score }));
  return { ...result, ...unitBounds(units, low, high) };
}

function isShare(measure: RefMeasure): boolean {
  const { type } = measure;
  return type === 'share' || type === 'csat' || (type === 'ces' && measure.report === 'agree');
}

/** What the type is the mean of, row by row; `undefined` where it is no mean. */
function scoresOf(
  measure: RefMeasure,
  rows: readonly Env[],
): readonly { readonly row: Env; readonly score: number }[] | undefined {
  const of = (score: (row: Env) => number | null): { row: Env; score: number }[] =>
    rows.flatMap((row) => {
      const found = score(row);
      return found === null ? [] : [{ row, score: found }];
    });
  switch (measure.type) {
    case 'average':
      return of((row) => numbers([measure.value.eval(row)])[0] ?? null);
    case 'share':
      return of((row) => {
        const answer = measure.matching.eval(row);
        return answer === null ? null : answer === true ? 1 : 0;
      });
    case 'nps':
    case 'csat':
    case 'ces':
      // A survey's value over one answer is that answer's score.
      return of((row) => survey(measure, numbers([measure.value.eval(row)])).value);
    default:
      return undefined;
  }
}

function estimate(measure: RefMeasure, rows: readonly Env[]): RefEstimate {
  switch (measure.type) {
    case 'count': {
      const { value } = measure;
      const n = rows.filter((row) => value === undefined || value.eval(row) !== null).length;
      return { value: n, n, ...NO_INTERVAL };
    }
    case 'count_distinct':
      return distinct(rows.map((row) => measure.values.map((value) => value.eval(row))));
    case 'share': {
      const answers = rows.map((row) => measure.matching.eval(row)).filter((answer) => answer !== null);
      return proportion(answers.filter((answer) => answer === true).length, answers.length);
    }
    case 'nps':
    case 'csat':
    case 'ces':
      return survey(measure, numbers(rows.map((row) => measure.value.eval(row))));
    default:
      return ofNumbers(measure, numbers(rows.map((row) => measure.value.eval(row))), rows.length);
  }
}

function numbers(cells: readonly Cell[]): number[] {
  return cells.filter((cell) => typeof cell === 'number');
}

/** Distinct values, of which none of the parts is null. */
function distinct(tuples: readonly (readonly Cell[])[]): RefEstimate {
  const complete = tuples.filter((tuple) => !tuple.includes(null)).map((tuple) => JSON.stringify(tuple));
  const value = new Set(complete).size;
  return { value, n: value, ...NO_INTERVAL };
}

function proportion(hits: number, n: number): RefEstimate {
  return { value: n === 0 ? null : hits / n, n, ...wilsonBounds(hits, n) };
}

type OfNumbers = Extract<
  RefMeasure,
  { type: 'sum' | 'average' | 'median' | 'min' | 'max' | 'stddev' | 'percentile' }
>;

function ofNumbers(measure: OfNumbers, values: readonly number[], rows: number): RefEstimate {
  const n = values.length;
  const plain = (value: number | null): RefEstimate => ({ value, n, ...NO_INTERVAL });
  switch (measure.type) {
    case 'sum':
      // Section 3: over no rows 0, over rows that are all null null.
      return plain(n === 0 && rows > 0 ? null : total(values));
    case 'average':
      return { value: mean(values), n, ...meanBounds(values) };
    case 'median':
      return plain(quantile(values, 0.5));
    case 'percentile':
      return plain(quantile(values, measure.p));
    case 'stddev':
      return plain(deviation(values));
    case 'min':
      return plain(n === 0 ? null : Math.min(...values));
    case 'max':
      return plain(n === 0 ? null : Math.max(...values));
  }
}

type Survey = Extract<RefMeasure, { type: 'nps' | 'csat' | 'ces' }>;

function survey(measure: Survey, scores: readonly number[]): RefEstimate {
  if (measure.type === 'nps') {
    const valid = onScale(scores, [0, 10]);
    const [promoters, detractors] = [
      valid.filter((score) => score >= 9),
      valid.filter((score) => score <= 6),
    ];
    const [p, d, n] = [promoters.length, detractors.length, valid.length];
    return { value: n === 0 ? null : (100 * (p - d)) / n, n, ...npsBounds(p, d, n) };
  }
  const scale = measure.scale ?? (measure.type === 'csat' ? [1, 5] : [1, 7]);
  const valid = onScale(scores, scale);
  if (measure.type === 'ces' && measure.report === 'average') {
    return { value: mean(valid), n: valid.length, ...meanBounds(valid) };
  }
  const satisfied = (measure.type === 'csat' ? measure.satisfied : undefined) ?? topOf(scale);
  return proportion(valid.filter((score) => satisfied.includes(score)).length, valid.length);
}

/** Whole scores on the scale; the others are set aside. */
function onScale(scores: readonly number[], [low, high]: readonly [number, number]): number[] {
  return scores.filter((score) => Number.isInteger(score) && score >= low && score <= high);
}

/** The top two scores, on seven points the top three. */
function topOf([low, high]: readonly [number, number]): number[] {
  const top = [high - 1, high];
  return high - low + 1 === 7 ? [high - 2, ...top] : top;
}
