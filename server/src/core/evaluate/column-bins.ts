import { parseDay } from '../base/period.ts';
import type { ValueType } from '../base/value-type.ts';
import type { PlanScalar } from '../plan/relation.ts';
import { cast, literal } from '../plan/scalars.ts';
import type { FunctionName, OperatorName, TimeUnit } from '../syntax/expression/functions.ts';
import type { Value } from './engine.ts';

/** Bins of one width, the first from the least value: in units of the type, which are days for dates and seconds for timestamps. */
export interface Bins {
  readonly width: number;
  readonly count: number;
}

const MAX_BINS = 20;

/** Lays bins from the least to the greatest value; `undefined` for a type without distances, and where these are not finite. */
export function layBins(type: ValueType, low: Value, high: Value): Bins | undefined {
  const span = spanOf(type, low, high);
  if (span === undefined || !Number.isFinite(span) || span < 0) return undefined;
  if (type === 'number')
    return span === 0 ? { width: 1, count: 1 } : { width: span / MAX_BINS, count: MAX_BINS };
  // Whole units: with broken ones some bins would hold more units than others, and look fuller.
  const width = Math.ceil((span + 1) / MAX_BINS);
  return { width, count: Math.ceil((span + 1) / width) };
}

/** The number of the bin, from 0, in which a value lies. */
export function binOf(value: PlanScalar, low: Value, { width, count }: Bins): PlanScalar {
  const distance = distanceFrom(value, low);
  const bin = call('floor', 'number', call('/', 'number', distance, literal(width)));
  // The greatest value lies on the upper bound of the last bin, and belongs to it.
  return call('least', 'number', bin, literal(count - 1));
}

function spanOf(type: ValueType, low: Value, high: Value): number | undefined {
  if (low === null || high === null) return undefined;
  switch (type) {
    case 'integer':
    case 'number':
      return Number(high) - Number(low);
    case 'date': {
      const [first, last] = [parseDay(String(low)), parseDay(String(high))];
      return first === undefined || last === undefined ? undefined : last - first;
    }
    case 'timestamp':
      return Math.floor((Date.parse(`${high}Z`) - Date.parse(`${low}Z`)) / 1_000);
    default:
      return undefined;
  }
}

/** How far a value lies from the least one. */
function distanceFrom(value: PlanScalar, low: Value): PlanScalar {
  const { type } = value;
  const least: PlanScalar = {
    kind: 'literal',
    type,
    value: type === 'timestamp' ? `${low}Z` : String(low),
  };
  if (type === 'date') return between('day', least, value);
  if (type === 'timestamp') return between('second', least, value);
  // As doubles: a difference of whole numbers may not fit 64 bits.
  return call('-', 'number', cast(value, 'number'), cast(least, 'number'));
}

function between(unit: TimeUnit, from: PlanScalar, to: PlanScalar): PlanScalar {
  return { kind: 'call', type: 'integer', fn: 'date_diff', unit, args: [from, to] };
}

function call(fn: FunctionName | OperatorName, type: ValueType, ...args: PlanScalar[]): PlanScalar {
  return { kind: 'call', type, fn, args };
}
