import type { ExpressionWord, Metric } from '../model/project.ts';
import { writtenNames } from '../syntax/expression/names.ts';
import type { CheckedKind } from './checked.ts';
import type { MetricBook, MetricUse } from './metrics.ts';
import { parsedExpression } from './parsed.ts';
import { type Finding, spotIn } from './report.ts';

/**
 * Bounds of a period in expressions that say what a row is before any period is looked at: who follows an entity through several
 * periods sees one row in all of them.
 */
export function periodlessFindings(
  { all }: Pick<MetricBook, 'all'>,
  kinds: ReadonlyMap<string, CheckedKind>,
): readonly Finding[] {
  return all.flatMap((use) =>
    [...periodlessWords(use, kinds)].flatMap(([word, type]) => wordFindings(use.outer.file, word, type)),
  );
}

/** The words with the type of the metric that reads them. The condition of a metric that is made of others is that of every side. */
function periodlessWords(
  { metric, sides }: MetricUse,
  kinds: ReadonlyMap<string, CheckedKind>,
): ReadonlyMap<ExpressionWord, string> {
  const words = new Map<ExpressionWord, string>();
  const add = ({ type, spec }: Metric, ours: (word: ExpressionWord) => boolean): void => {
    const kind = kinds.get(type ?? '');
    for (const word of kind?.periodless?.(spec, metric.where) ?? [])
      if (ours(word)) words.set(word, kind?.type ?? '');
  };
  add(metric, () => true);
  for (const side of sides)
    if (side.metric !== metric) add(side.metric, (word) => metric.where.includes(word));
  return words;
}

function wordFindings(file: string, word: ExpressionWord, type: string): readonly Finding[] {
  const { expression, issues } = parsedExpression(word);
  if (issues.length > 0) return [];
  return writtenNames(expression).flatMap(({ parts }): readonly Finding[] => {
    const [first] = parts;
    if (first === undefined || parts.length > 1 || !BOUNDS.has(first.text)) return [];
    const message = `A metric of type ${type} asks what a row is before it looks at periods, so that "${first.text}" has no meaning here: compare with a date, or remove it.`;
    return [{ code: 'not-available', spot: spotIn(file, word.node, first.span), message }];
  });
}

const BOUNDS: ReadonlySet<string> = new Set(['period_start', 'period_end']);
