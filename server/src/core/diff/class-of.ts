import { BESIDE_KEYS } from '../check/beside-keys.ts';
import type { ChangeClass, Subject } from './fact.ts';

/** What it does to readers when a field of a definition, or a setting, is another than before: section 8 of the format. */
export function classOf(
  kind: Subject['kind'],
  path: readonly string[],
  meanings: readonly string[],
): ChangeClass {
  const [first = '', ...rest] = path;
  switch (kind) {
    case 'metric':
      return ofMetric(first, rest, meanings);
    case 'source':
      return ofSource(first, rest);
    case 'segment':
      return BESIDE.has(first) ? 'cosmetic' : 'values';
    case 'target':
      return GOAL.has(first) ? 'targets' : 'cosmetic';
    case 'journey':
      return 'cosmetic';
    case 'settings':
      return SETTINGS.get(first) ?? 'cosmetic';
  }
}

/** What it does when a definition is not there any more, or has another name. Nothing reads a journey, and of targets only goals count. */
export function classOfLoss(kind: Subject['kind']): ChangeClass {
  if (kind === 'target') return 'targets';
  return kind === 'journey' ? 'cosmetic' : 'breaking';
}

/** What it does when a definition is new: nobody reads it yet. */
export function classOfGain(kind: Subject['kind']): ChangeClass {
  return kind === 'target' ? 'targets' : 'cosmetic';
}

const BESIDE: ReadonlySet<string> = new Set([...BESIDE_KEYS, 'persona']);
const BESIDE_METRICS: ReadonlySet<string> = new Set([...BESIDE_KEYS, 'status', 'decimals', 'deprecated']);
const BREAKING: ReadonlySet<string> = new Set(['unit', 'better', 'grain']);

/** In what parts are written, not every key is one of a metric: `parts` are called as people like. */
const PARTS: ReadonlySet<string> = new Set(['numerator', 'denominator', 'parts']);

function ofMetric(first: string, rest: readonly string[], meanings: readonly string[]): ChangeClass {
  if (BESIDE_METRICS.has(first)) return 'cosmetic';
  if (BREAKING.has(first)) return 'breaking';
  // By which way a segment is reached decides of whose group a row is; which breakdowns are shown decides of no value.
  if (first === 'segments') return meanings.some((way) => way !== '') ? 'values' : 'cosmetic';
  if (first === 'steps' && rest[1] === 'name') return 'cosmetic';
  const key = first === 'parts' ? rest[1] : rest[0];
  return PARTS.has(first) && key !== undefined && BESIDE_METRICS.has(key) ? 'cosmetic' : 'values';
}

/** What is declared of columns to be checked. No finding changes a value. */
const CONTRACT: ReadonlySet<string> = new Set(['description', 'values', 'min', 'max', 'required']);

function ofSource(first: string, rest: readonly string[]): ChangeClass {
  if (BESIDE.has(first)) return 'cosmetic';
  if (first === 'columns' && CONTRACT.has(rest[1] ?? '')) return 'cosmetic';
  return first === 'links' && rest[1] === 'description' ? 'cosmetic' : 'values';
}

const GOAL: ReadonlySet<string> = new Set([
  'metric',
  'segment',
  'at_least',
  'at_most',
  'between',
  'due',
  'each',
  'baseline',
  'tolerance',
]);

const SETTINGS: ReadonlyMap<string, ChangeClass> = new Map([
  ['timezone', 'values'],
  ['as_of', 'values'],
  ['grain', 'breaking'],
  ['currency', 'breaking'],
]);
