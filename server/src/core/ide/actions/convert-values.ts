import { sourceOf } from '../../model/metric-defaults.ts';
import type { ExpressionWord } from '../../model/project.ts';
import { expressionAt } from '../../model/words.ts';
import { namesIn } from '../../syntax/expression/scalar.ts';
import { written, type YamlEntry } from '../yaml-value.ts';
import type { Conversion, Convertible } from './convert-type.ts';

/** Between the types whose main field is a numeric `value`. */
export function valueConversions(convertible: Convertible): readonly Conversion[] {
  const { type } = convertible.metric;
  if (type === undefined || expressionAt(convertible.body, 'value') === undefined) return [];
  if (SURVEYS.has(type)) return surveyToAverage(convertible);
  if (type === 'percentile') return [{ type: 'median', words: 'the median', unit: 'number', remove: ['p'] }];
  if (!AGGREGATES.has(type)) return [];
  return [...toAggregates(convertible, type), ...toPercentile(type), ...toSurveys(convertible, type)];
}

const AGGREGATES: ReadonlyMap<string, string> = new Map([
  ['sum', 'the sum'],
  ['average', 'the average'],
  ['median', 'the median'],
  ['min', 'the least value'],
  ['max', 'the greatest value'],
  ['stddev', 'the standard deviation'],
]);

/** The types that people mean when they look for another one. */
const OFFERED = ['sum', 'average', 'median'];

function toAggregates({ metric, request }: Convertible, from: string): readonly Conversion[] {
  // A value that stands in several rows does no harm to the least and greatest, and would be added up several times.
  const source = sourceOf(request.context.checked.project, metric);
  const value = expressionAt(metric.node, 'value');
  if ((from === 'min' || from === 'max') && isBehindLink(request, value, source?.name)) return [];
  return OFFERED.filter((type) => type !== from && !(type === 'sum' && metric.per !== undefined)).map(
    (type) => ({
      type,
      words: AGGREGATES.get(type) ?? type,
      unit: 'number',
    }),
  );
}

function isBehindLink(
  { context }: Convertible['request'],
  value: ExpressionWord | undefined,
  source: string | undefined,
): boolean {
  const scalar = value && source ? context.checked.resolve(value, source) : undefined;
  return (
    scalar === undefined || [...namesIn(scalar)].some(({ ref }) => ref.at === 'row' && ref.links.length > 0)
  );
}

function toPercentile(from: string): readonly Conversion[] {
  if (from !== 'median') return [];
  return [{ type: 'percentile', words: 'a percentile', unit: 'number', add: [['p', written('0.5')]] }];
}

const SURVEYS: ReadonlySet<string> = new Set(['nps', 'csat', 'ces']);

/** The mean score. Higher stays better, as it is of satisfaction. */
function surveyToAverage({ metric, body }: Convertible): readonly Conversion[] {
  const better: readonly YamlEntry[] = metric.better === undefined ? [['better', 'higher']] : [];
  const unit = metric.unit?.text === 'points' || metric.unit?.text === 'percent' ? ['unit'] : [];
  const remove = ['scale', 'satisfied', 'report', ...unit].filter((key) => body.get(key) !== undefined);
  return [{ type: 'average', words: 'the average score', unit: 'number', remove, add: better }];
}

/** The survey types whose scale is the one that the column declares. */
function toSurveys({ metric, request }: Convertible, from: string): readonly Conversion[] {
  const { checked } = request.context;
  const source = sourceOf(checked.project, metric);
  const value = expressionAt(metric.node, 'value');
  const scalar = value && source ? checked.resolve(value, source.name, metric) : undefined;
  if (from !== 'average' || metric.per !== undefined || metric.unit !== undefined) return [];
  if (scalar?.kind !== 'name' || scalar.ref.at !== 'row' || scalar.ref.links.length > 0) return [];
  // Of scores higher is better, unless the metric says otherwise.
  const targets = [...checked.project.targets.values()].filter(
    (target) => target.metric?.text === metric.name,
  );
  if (metric.better === undefined && targets.some(({ goal }) => goal?.kind === 'at_most')) return [];
  const column = source?.columns.get(scalar.ref.column);
  const scale = `${column?.min?.value} ${column?.max?.value}`;
  if (scale === '0 10') return [{ type: 'nps', words: 'the Net Promoter Score', unit: 'points' }];
  if (scale === '1 5')
    return [{ type: 'csat', words: 'the share of satisfied answers (CSAT)', unit: 'percent' }];
  return scale === '1 7' ? [{ type: 'ces', words: 'the Customer Effort Score', unit: 'number' }] : [];
}
