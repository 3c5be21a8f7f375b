import type { MetricReference } from '../model/project.ts';
import type { Estimate } from '../plan/metric-plan.ts';
import { Refusal } from '../plan/refusal.ts';
import { defineKind } from './kind.ts';
import { shareEstimate } from './values.ts';

interface RatioSpec {
  readonly numerator: MetricReference | undefined;
  readonly denominator: MetricReference | undefined;
}

/** `ratio`: one metric divided by another; null where the denominator is 0 or null. `n` is the denominator's. */
export const ratio = defineKind<RatioSpec>({
  type: 'ratio',
  additive: false,
  defaultBetter: 'neutral',
  defaultUnit: () => 'number',
  read: (fields) => ({ numerator: fields.metric('numerator'), denominator: fields.metric('denominator') }),
  references: ({ numerator, denominator }) => [numerator, denominator].filter((side) => side !== undefined),
  readsRows: () => false,
  expressions: () => [],
  plan({ numerator, denominator }) {
    if (numerator === undefined) throw new Refusal('It has no `numerator`.');
    if (denominator === undefined) throw new Refusal('It has no `denominator`.');
    return { parts: [numerator, denominator], combine: divide, share };
  },
  describe: ({ numerator, denominator }) => `${sideWords(numerator)} divided by ${sideWords(denominator)}`,
});

function divide([top, bottom]: readonly Estimate[]): Estimate {
  const [numerator, denominator] = [top?.value ?? null, bottom?.value ?? null];
  const value =
    numerator === null || denominator === null || denominator === 0 ? null : numerator / denominator;
  return { value, n: bottom?.n ?? 0, low: null, high: null };
}

/** The share that a group's count is of the count of all, with its interval. */
function share([top, bottom]: readonly Estimate[], intervals: boolean): Estimate {
  return shareEstimate(top?.value ?? 0, bottom?.value ?? 0, intervals);
}

function sideWords(side: MetricReference | undefined): string {
  if (side === undefined) return 'nothing';
  return side.kind === 'name' ? side.word.text : `the ${side.metric.nameNode.text}`;
}
