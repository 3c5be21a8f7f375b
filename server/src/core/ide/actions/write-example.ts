import { formatPeriod } from '../../base/period.ts';
import { touches } from '../../base/span.ts';
import type { MetricResult } from '../../evaluate/evaluate.ts';
import { headlinePeriod } from '../../evaluate/series.ts';
import { decimalsOf, unitOf } from '../../model/metric-unit.ts';
import type { Metric } from '../../model/project.ts';
import type { IdeContext } from '../ide-context.ts';
import { insertEntries, insertItem } from '../yaml-edit.ts';
import { blockMap, flowMap, type Written, written, type YamlEntry } from '../yaml-value.ts';
import { type ActionProvider, actionOf } from './action.ts';
import { definitionAt, isOn, ownBody } from './at-cursor.ts';

/**
 * Writes the metric's headline of now down as an example on the linked data, so that a change of its value is noticed. Where the
 * value is not known, or is of an earlier text, the action says what it needs and has no edits. Offered at the metric's name, its
 * type and its examples.
 */
export const writeExample: ActionProvider = (request) => {
  const { context } = request;
  const metric = definitionAt(request);
  const body = metric && ownBody(metric);
  if (metric?.definition !== 'metric' || body === undefined || context.numbers === undefined) return [];
  const onName = touches(metric.nameNode.span, request.span.start);
  if (!onName && !isOn(request.span, body.get('type')) && !isOn(request.span, body.get('examples')))
    return [];
  const action = { title: 'Write an example from the current value', kind: 'refactor.rewrite' } as const;
  const known = context.numbers.metric(metric.name);
  if (known === undefined || known.stale) {
    const isPossible = context.checked.blocking(metric) === undefined;
    const needs = [{ kind: 'metric', name: metric.name } as const];
    return isPossible ? [{ ...action, preferred: false, edits: [], needs }] : [];
  }
  const entries = exampleOf(context, metric, known.value);
  if (entries === undefined) return [];
  const { file } = request.file;
  const item = body.flow ? flowMap(entries) : blockMap(entries);
  const examples = body.get('examples')?.value;
  if (examples === undefined) return actionOf(action, [insertEntries(file, body, [['examples', [item]]])]);
  return examples.kind === 'seq' ? actionOf(action, [insertItem(file, examples, item)]) : [];
};

function exampleOf(
  { checked }: IdeContext,
  metric: Metric,
  { total }: MetricResult,
): readonly YamlEntry[] | undefined {
  const headline = total === undefined ? undefined : headlinePeriod(total);
  if (total === undefined || headline === undefined) return undefined;
  const period = formatPeriod(headline);
  const isThere = metric.examples.some(
    (example) =>
      example.given === undefined && example.segment === undefined && example.period?.text === period,
  );
  if (isThere) return undefined;
  const { value } = total.at(headline, []);
  const { project, kinds } = checked;
  const isPercent = unitOf(project, kinds, metric) === 'percent';
  const expect = writtenValue(value, decimalsOf(project, kinds, metric), isPercent);
  return [
    ['period', written(period)],
    ['expect', expect],
  ];
}

/** A value as it is written behind `expect`: to so many decimals, with a percent sign for a percentage, `null` for no data. */
export function writtenValue(value: number | null, decimals: number, isPercent: boolean): Written {
  if (value === null || !Number.isFinite(value)) return written('null');
  const number = (isPercent ? value * 100 : value).toFixed(Math.min(20, Math.max(0, decimals)));
  const text = /[1-9]/.test(number) ? number : number.replace('-', '');
  return written(isPercent ? `${text}%` : text);
}
