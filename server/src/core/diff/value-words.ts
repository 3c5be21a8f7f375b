import { formatDifference, formatValue, type ValueFormat } from '../evaluate/format-value.ts';
import type { Words } from '../ide/prose/prose.ts';
import { type Headline, isMoved, isOtherHeadline, type ValueChange } from './compare-series.ts';
import { counted } from './counted.ts';
import type { MetricEffect } from './project-diff.ts';

/** What a change does to the values of a metric, a line each: the last periods, the largest change, and how many moved. */
export function valueLines(effect: MetricEffect): readonly Words[] {
  const { refused, affected, grain, headline, last, largest, compared, moved, format } = effect;
  if (refused.after !== null) return [['has no value now: ', refused.after]];
  if (affected.was === undefined) {
    const { after: now } = headline;
    return now === null ? [] : [[`${now.period}: ${formatValue(now.value, format)}`]];
  }
  if (grain.after === null) return [];
  if (refused.before !== null) return [['had no value before: ', refused.before]];
  if (grain.before !== grain.after) {
    const told = ({ period, value }: NonNullable<typeof headline.before>): string =>
      `${formatValue(value, format)} in ${period}`;
    return [
      [
        `had one value a ${grain.before} and has one a ${grain.after}`,
        ...(headline.before === null ? [] : [`; it was ${told(headline.before)}`]),
        ...(headline.after === null ? [] : [`, and is ${told(headline.after)}`]),
      ],
    ];
  }
  const latest = headlineLines(headline, format);
  if (compared === 0) return [...latest, ['has no complete period in both versions']];
  if (moved === 0) return [...latest, [`none of its ${counted(compared, 'value')} moved`]];
  const isListed = largest !== undefined && last.some((one) => one === largest);
  return [
    ...latest,
    ...lastLines(last, format),
    ...(largest === undefined || isListed
      ? []
      : [['the largest change is in ', ...changeWords(largest, format)]]),
    [`${moved} of ${counted(compared, 'value')} moved`],
  ];
}

/** Whether the last complete period is another one; periods of another length are told as such. */
export function isEndedOtherwise({ headline, grain }: MetricEffect): boolean {
  return grain.before === grain.after && isOtherHeadline(headline);
}

/** The value that everybody sees first is of another period, be each value what it was. */
function headlineLines(headline: MetricEffect['headline'], format: ValueFormat): readonly Words[] {
  const { before, after } = headline;
  if (before === null || after === null || !isOtherHeadline(headline)) return [];
  const told = ({ period, value }: Headline): string => `${period} with ${formatValue(value, format)}`;
  return [[`its last complete period is now ${told(after)}, before ${told(before)}`]];
}

/** Periods in which nothing moved are told in one line. */
function lastLines(last: readonly ValueChange[], format: ValueFormat): readonly Words[] {
  const [first, latest] = [last[0], last.at(-1)];
  if (first === undefined || latest === undefined) return [];
  if (last.some(isMoved) || last.length === 1) return last.map((change) => changeWords(change, format));
  return [
    [
      `its total is as before: ${formatValue(latest.after, format)} in ${latest.period}, and so back to ${first.period}`,
    ],
  ];
}

/** `2025-05: 42.0 % was 40.0 %, +2.0 pp`, and what each of definition and data did where both changed. */
export function changeWords(change: ValueChange, format: ValueFormat): Words {
  const { period, group, before, after, parts } = change;
  const of = Object.values(group);
  const at: Words = [period, ...(of.length === 0 ? [] : [', ', { code: of.join(', ') }]), ': '];
  if (!isMoved(change))
    return [...at, `${formatValue(after, format)}, as before`, ...partWords(parts, change.change, format)];
  const size = change.change === null ? [] : [`, ${signedDifference(change.change, format)}`];
  return [
    ...at,
    `${formatValue(before, format)} before, ${formatValue(after, format)} after`,
    ...size,
    ...partWords(parts, change.change, format),
  ];
}

function partWords(parts: ValueChange['parts'], change: number | null, format: ValueFormat): Words {
  if (change === null) return [];
  if (parts === null) return [' (what the definition and the data did cannot be told apart)'];
  const { definition, data, interaction } = parts;
  if (definition === change && data === 0) return [];
  if (data === change) return [' (all of it from the data)'];
  return [
    ` (the definition ${signedDifference(definition, format)}, the data ${signedDifference(data, format)}, both together ${signedDifference(interaction, format)})`,
  ];
}

/** A difference with its sign, in the unit of its values: `+2.0 pp`, `-€30.00`. */
export function signedDifference(change: number, format: ValueFormat): string {
  const size = formatDifference(change, format);
  if (!/[1-9]/.test(size)) return change === 0 ? size : `${change > 0 ? '+' : '-'}${size} or less`;
  return `${change > 0 ? '+' : '-'}${size}`;
}
