import { touches } from '../../base/span.ts';
import { sourceNameOf, sourceOf, timeOf, whenOf, windowOf } from '../../model/metric-defaults.ts';
import { referencedMetric } from '../../model/metric-references.ts';
import type { ExpressionWord, Metric } from '../../model/project.ts';
import { parseExpression } from '../../syntax/expression/parse.ts';
import { printExpression } from '../../syntax/expression/print.ts';
import { flowMap, readValue, type YamlEntry, type YamlValue } from '../yaml-value.ts';
import { referencesIn } from './at-cursor.ts';
import type { Conversion, Convertible } from './convert-type.ts';

/** Between counts of rows, shares of rows, and ratios of two counts. */
export function countConversions(convertible: Convertible): readonly Conversion[] {
  switch (convertible.metric.type) {
    case 'count':
      return [...countToShare(convertible), ...countToDistinct(convertible)];
    case 'count_distinct':
      return distinctToCount(convertible);
    case 'share':
      return convertible.metric.per === undefined
        ? [...shareToCount(convertible), ...shareToRatio(convertible)]
        : [];
    case 'ratio':
      return ratioToShare(convertible);
    default:
      return [];
  }
}

/** The condition at the cursor (all of them, elsewhere) is what the share is of; the others still choose the rows. */
function countToShare({ metric, body, request }: Convertible): readonly Conversion[] {
  if (metric.where.length === 0 || body.get('value') !== undefined) return [];
  const chosen = metric.where.find(({ node }) => touches(node.span, request.span.start));
  const matching = chosen === undefined || metric.where.length === 1 ? metric.where : [chosen];
  const rest = metric.where.filter((word) => !matching.includes(word));
  const condition = joined(request, matching);
  if (condition === undefined) return [];
  const share = {
    type: 'share',
    words: 'the share of rows that meet the condition',
    unit: 'percent',
  } as const;
  const remove = metric.unit?.text === 'count' ? ['unit'] : [];
  if (rest.length === 0)
    return [{ ...share, remove, replace: new Map([['where', ['matching', condition]]]) }];
  const left = rest.map((word) => text(request, word));
  if (left.some((each) => each === undefined)) return [];
  const where: YamlEntry = [
    'where',
    left.length === 1 ? (left[0] ?? '') : left.filter((each) => each !== undefined),
  ];
  return [{ ...share, remove, replace: new Map([['where', where]]), add: [['matching', condition]] }];
}

/** Over `value`, or else over the columns by which rows link to others: customers, not orders. */
function countToDistinct({ metric, body, request }: Convertible): readonly Conversion[] {
  const distinct = { type: 'count_distinct', unit: 'count' } as const;
  if (body.get('value') !== undefined) return [{ ...distinct, words: 'the number of distinct values' }];
  const source = sourceOf(request.context.checked.project, metric);
  const columns = [...(source?.links.values() ?? [])].flatMap(({ using }) =>
    using.length === 1 && using[0] !== undefined ? [using[0].mine.text] : [],
  );
  return [...new Set(columns)].slice(0, 3).map((column) => ({
    ...distinct,
    words: `the number of distinct ${column}`,
    add: [['value', column]],
  }));
}

function distinctToCount({ body }: Convertible): readonly Conversion[] {
  const value = body.get('value')?.value;
  if (value?.kind !== 'scalar') return [];
  return [{ type: 'count', words: 'the number of rows that have the value', unit: 'count' }];
}

/** The rows that the share is of, without those that it is compared with. */
function shareToCount({ metric, body, request }: Convertible): readonly Conversion[] {
  const matching = body.get('matching')?.value;
  const condition = matching?.kind === 'scalar' ? readValue(matching, request.file.file.text) : undefined;
  if (condition === undefined) return [];
  const count = {
    type: 'count',
    words: 'the number of rows that meet the condition',
    unit: 'count',
  } as const;
  const percent = metric.unit?.text === 'percent' ? ['unit'] : [];
  if (metric.where.length === 0) {
    return [{ ...count, remove: percent, replace: new Map([['matching', ['where', condition]]]) }];
  }
  const where = metric.where.map((word) => text(request, word)).filter((each) => each !== undefined);
  if (where.length < metric.where.length) return [];
  const all: YamlEntry = ['where', [...where, condition]];
  return [{ ...count, remove: ['matching', ...percent], replace: new Map([['where', all]]) }];
}

/** Rows that match, over rows for which that is known: the same number, without its interval. */
function shareToRatio({ metric, body, request }: Convertible): readonly Conversion[] {
  const matching = body.get('matching')?.value;
  const condition = matching?.kind === 'scalar' ? readValue(matching, request.file.file.text) : undefined;
  if (condition === undefined) return [];
  const numerator = flowMap([
    ['type', 'count'],
    ['where', condition],
  ]);
  const denominator = flowMap([
    ['type', 'count'],
    ['value', condition],
  ]);
  const unit: readonly YamlEntry[] = metric.unit === undefined ? [['unit', 'percent']] : [];
  return [
    {
      type: 'ratio',
      words: 'a ratio of two counts',
      unit: 'percent',
      replace: new Map([['matching', ['numerator', numerator]]]),
      add: [['denominator', denominator], ...unit],
    },
  ];
}

/**
 * A count of rows over a count of more of the same rows. A row for which the condition is null is not in the numerator and is in
 * the denominator, so that it must count as false in the share.
 */
function ratioToShare({ metric, request }: Convertible): readonly Conversion[] {
  const { project } = request.context.checked;
  const [top, bottom] = referencesIn(request, metric).map((side) => referencedMetric(project, side));
  if (top === undefined || bottom === undefined || metric.totalOver !== undefined || metric.where.length > 0)
    return [];
  if (!isPlainCount(top) || !isPlainCount(bottom) || !isSameRows(request, top, bottom)) return [];
  const shared = bottom.where.map(canonical);
  const extra = top.where.filter((word) => !shared.includes(canonical(word)));
  if (extra.length === 0 || top.where.length !== extra.length + shared.length) return [];
  const condition = extra.length === 1 ? extra[0]?.text : extra.map(({ text }) => `(${text})`).join(' and ');
  const fields: YamlEntry[] = [];
  for (const [key, own, around] of timingFields(request, top, metric))
    if (own !== around && own !== undefined) fields.push([key, own]);
  if (bottom.where.length === 1) fields.push(['where', bottom.where[0]?.text ?? '']);
  else if (bottom.where.length > 1) fields.push(['where', bottom.where.map(({ text }) => text)]);
  return [
    {
      type: 'share',
      words: 'a share',
      unit: 'percent',
      remove: ['denominator'],
      replace: new Map([['numerator', ['matching', `coalesce(${condition?.trim()}, false)`]]]),
      add: fields,
    },
  ];
}

function isPlainCount(metric: Metric): boolean {
  const { type, at, atPer, oncePer, node } = metric;
  return (
    type === 'count' &&
    node?.get('value') === undefined &&
    at === undefined &&
    atPer === undefined &&
    oncePer === undefined
  );
}

/** Whether two counts look at rows of one source that fall in a period in the same way. */
function isSameRows({ context }: Convertible['request'], one: Metric, other: Metric): boolean {
  const { project } = context.checked;
  return [sourceNameOf, timeOf, whenOf, windowOf].every(
    (field) => field(project, one)?.text === field(project, other)?.text,
  );
}

/** What the side says of its rows, and what the metric says, or gets by default. */
function timingFields(
  { context }: Convertible['request'],
  side: Metric,
  metric: Metric,
): readonly (readonly [string, string | undefined, string | undefined])[] {
  const { project } = context.checked;
  return [
    ['source', sourceNameOf(project, side)?.text, sourceNameOf(project, metric)?.text],
    ['time', timeOf(project, side)?.text, metric.time?.text ?? sourceOf(project, side)?.time?.text],
    ['when', whenOf(project, side)?.text, metric.when?.text],
    ['window', windowOf(project, side)?.text, metric.window?.text],
  ];
}

/** Conditions as one: a single one as it is spelt, several in brackets. */
function joined(request: Convertible['request'], words: readonly ExpressionWord[]): YamlValue | undefined {
  const [first] = words;
  if (words.length === 1 && first !== undefined) return text(request, first);
  if (words.some(({ node }) => node.origin !== undefined)) return undefined;
  return words.map(({ text: each }) => `(${each.trim()})`).join(' and ');
}

/** An expression as it is spelt. */
function text({ file }: Convertible['request'], { node }: ExpressionWord): YamlValue | undefined {
  return readValue(node, file.file.text);
}

/** One spelling for all expressions that mean the same to the parser. */
function canonical({ text: written }: ExpressionWord): string {
  return printExpression(parseExpression(written).expression);
}
