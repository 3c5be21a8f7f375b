/** How the keys of definitions are compared, by the last key on the way to a value. A key that stands in no set holds plain text. */

/** One condition or a list of them: all must hold, in whatever order. */
export const CONDITIONS: ReadonlySet<string> = new Set(['where']);

/** Expressions, whose spelling says nothing. */
export const EXPRESSIONS: ReadonlySet<string> = new Set([
  'value',
  'matching',
  'formula',
  'per',
  'ended',
  'duration',
  'by',
]);

/** One item or a list of them, in whatever order. */
export const SETS: ReadonlySet<string> = new Set([
  'tags',
  'satisfied',
  'values',
  'at_per',
  'total_over',
  'nulls',
  'segments',
]);

/** Lists in which the order says something, of which one item may stand alone. */
export const LISTS: ReadonlySet<string> = new Set(['key', 'date_format', 'metrics', 'pains', 'files']);

/** Numbers, written as `42%` or `0.42`. */
export const NUMBERS: ReadonlySet<string> = new Set([
  'at_least',
  'at_most',
  'between',
  'tolerance',
  'satisfied',
  'scale',
  'p',
  'min',
  'max',
  'decimals',
  'header_row',
  'version',
]);

/** Lengths of time. */
export const DURATIONS: ReadonlySet<string> = new Set(['window', 'after', 'within', 'horizon', 'at']);

/** What is told as one thing, however much of it changes: nobody reads single words of it in a comparison. */
export const WHOLES: ReadonlySet<string> = new Set([
  'examples',
  'benchmarks',
  'changes',
  'persona',
  'deprecated',
]);

/** Keys that hold parts by name. A part that is new or gone as a whole is one fact. */
export const NAMED_PARTS: ReadonlySet<string> = new Set(['columns', 'links', 'stages', 'parts', 'union']);

/** Prose, which is folded and indented as its file needs it. */
export const PROSE: ReadonlySet<string> = new Set([
  'label',
  'description',
  'why',
  'owner',
  'if_missed',
  'pains',
  'name',
]);
