import type { Checked, CheckedKind } from '../../check/checked.ts';
import { ownSourceWord, readsRows } from '../../check/metrics.ts';
import { grainOf, sourceOf, timingOf, whenOf, windowOf } from '../../model/metric-defaults.ts';
import { referencedMetric, referencesOf } from '../../model/metric-references.ts';
import { betterOf, unitOf } from '../../model/metric-unit.ts';
import type { Metric, MetricReference } from '../../model/project.ts';
import { type Block, capitalized, enumerate, list, paragraph, type Words } from '../prose/prose.ts';
import { conditionWords, labelIn, sourceLabel, withCode } from './described.ts';

/**
 * What a metric computes, in words: one sentence, and a list of the parts that it is made of. A metric that is half typed is
 * described as far as it is written.
 */
export function describeMetric(checked: Checked, metric: Metric): readonly Block[] {
  const sentence = [...capitalized(valueWords(checked, metric)), ...rowsWords(checked, metric)];
  const shown = [...sentence, ...periodWords(checked, metric), '. ', ...displayWords(checked, metric)];
  return [paragraph(...shown), ...list(partItems(checked, metric))];
}

/** What is counted, without the rows and periods: `the Net Promoter Score of score`. */
function valueWords(checked: Checked, metric: Metric): Words {
  if (metric.reuse !== undefined) return [labelIn(checked.project.metrics, metric.reuse.text)];
  const kind = kindOf(checked, metric);
  if (kind === undefined) return ['a metric whose type is still to be written'];
  const codes = [
    ...kind.expressions(metric.spec).map(({ word }) => word.text),
    ...kind.references(metric.spec).flatMap((part) => (part.kind === 'name' ? [part.word.text] : [])),
  ];
  const words = withCode(kind.describe(metric.spec, throughOf(checked, metric)), codes);
  return metric.per === undefined
    ? words
    : [...words, ', each value being that of one ', { code: metric.per.text }];
}

/** How entities are followed through the rows of a metric's source. */
function throughOf({ project }: Checked, metric: Metric): 'spells' | 'events' {
  return timingOf(project, metric)?.kind === 'time' && sourceOf(project, metric)?.lifespan === undefined
    ? 'events'
    : 'spells';
}

function kindOf({ kinds }: Checked, metric: Metric): CheckedKind | undefined {
  return metric.type === undefined ? undefined : kinds.get(metric.type);
}

/** Which rows count. */
function rowsWords(checked: Checked, metric: Metric): Words {
  const { project } = checked;
  const kind = kindOf(checked, metric);
  const source = readsRows(metric, kind) ? ownSourceWord(metric, kind)?.text : undefined;
  const conditions = conditionWords(metric.where);
  const spoken = kind?.describe(metric.spec, throughOf(checked, metric)) ?? '';
  const from: Words =
    source === undefined
      ? []
      : [spoken.includes('rows') ? ', among those of ' : ', over the rows of ', sourceLabel(project, source)];
  const only: Words =
    metric.where.length === 0
      ? []
      : [source === undefined ? ', only for rows for which ' : ' for which ', ...conditions];
  return [...from, ...only, ...spellWords(checked, metric, kind), ...choiceWords(metric, kind)];
}

const SPELLS: ReadonlyMap<string, string> = new Map([
  ['started', 'whose spell began in the period'],
  ['ended', 'whose spell ended in the period'],
  ['active', 'alive at the close of the period'],
  ['during', 'alive at any moment of the period'],
]);

function spellWords({ project }: Checked, metric: Metric, kind: CheckedKind | undefined): Words {
  const when = whenOf(project, metric)?.text ?? '';
  const counts = sourceOf(project, metric)?.lifespan !== undefined && kind?.followsSpells === undefined;
  const words = counts && readsRows(metric, kind) ? SPELLS.get(when) : undefined;
  return words === undefined ? [] : [', ', words];
}

/** Which of several rows counts. */
function choiceWords({ at, atPer, oncePer, type }: Metric, kind: CheckedKind | undefined): Words {
  const words: Words[number][] = [];
  if (at !== undefined && type !== 'tenure' && kind !== undefined) {
    words.push(`, using only the ${at.text === 'first' ? 'earliest' : 'latest'} rows of each period`);
    if (atPer !== undefined)
      words.push(' for each ', ...enumerate(atPer.items.map(({ text }) => [{ code: text }])));
  }
  if (oncePer !== undefined) words.push(', each ', { code: oncePer.text }, ' counted once');
  return words;
}

const WINDOWS: ReadonlyMap<string, string> = new Map([
  ['year_to_date', 'since the start of the year'],
  ['quarter_to_date', 'since the start of the quarter'],
  ['month_to_date', 'since the start of the month'],
  ['all_time', 'since the first row'],
]);

function periodWords(checked: Checked, metric: Metric): Words {
  const { project, kinds } = checked;
  const own = metric.time === undefined ? [] : [', dated by ', { code: metric.time.text }];
  const window = windowOf(project, metric)?.text;
  const over = window === undefined ? [] : [`, ${WINDOWS.get(window) ?? `over the trailing ${window}`}`];
  if (metric.parent !== undefined) return [...own, ...over];
  const grain = grainOf(project, kinds, metric);
  const isSnapshot = timingOf(project, metric)?.kind === 'snapshot';
  return [
    ...own,
    ...over,
    isSnapshot ? ', as the rows are now' : grain === 'all' ? ', over all of time' : `, by ${grain}`,
  ];
}

/** How values are shown and read. */
function displayWords(checked: Checked, metric: Metric): Words {
  const { project, kinds } = checked;
  if (metric.parent !== undefined) return [];
  const unit = unitOf(project, kinds, metric);
  const better = betterOf(project, kinds, metric);
  const broken = metric.segments.map(
    ({ segment, via }): Words => [
      labelIn(project.segments, segment.text),
      ...(via === undefined ? [] : [' (by way of ', { code: via.text }, ')']),
    ],
  );
  return [
    ...(broken.length === 0 ? [] : ['Broken down by ', ...enumerate(broken), '. ']),
    ...totalWords(checked, metric),
    ...(UNITLESS.has(unit)
      ? []
      : [
          `In ${unit === 'currency' ? (project.settings.currency ?? 'the currency of the project') : unit}. `,
        ]),
    ...(better === 'neutral' ? [] : [`${better === 'higher' ? 'Higher' : 'Lower'} is better.`]),
  ];
}

/** Which breakdowns split a part of the metric only. */
function totalWords({ project }: Checked, { totalOver, type }: Metric): Words {
  const segments = (totalOver?.items ?? []).map(({ text }) => [labelIn(project.segments, text)]);
  if (segments.length === 0) return [];
  const split = type === 'formula' ? 'only the parts that it reaches are' : 'only the numerator is';
  return ['By ', ...enumerate(segments), ` ${split} split; the rest stays total. `];
}

/** Units of which a value says enough by itself. */
const UNITLESS: ReadonlySet<string> = new Set(['number', 'count', 'ratio']);

/** The metrics that it names or holds, each with what it computes. */
function partItems(checked: Checked, metric: Metric, depth = 0): readonly Words[] {
  if (depth > MAX_DEPTH) return [];
  return referencesOf(checked.kinds, metric).flatMap((reference): readonly Words[] => {
    const part = referencedMetric(checked.project, reference);
    const name = nameOf(reference);
    if (part === undefined) return [[{ code: name }, ': there is no metric of that name']];
    const words: Words = [{ code: name }, ': ', ...valueWords(checked, part), ...rowsWords(checked, part)];
    return [words, ...(reference.kind === 'inline' ? partItems(checked, part, depth + 1) : [])];
  });
}

/** Inline metrics inside of inline metrics are rare, and a list of more of them explains nothing. */
const MAX_DEPTH = 2;

function nameOf(reference: MetricReference): string {
  return reference.kind === 'name' ? reference.word.text : reference.metric.nameNode.text;
}
