import { definitionsOf } from '../../diff/definitions-of.ts';
import type { Fact } from '../../diff/fact.ts';
import type { MetricEffect } from '../../diff/project-diff.ts';
import { formatValue } from '../../evaluate/format-value.ts';
import type { AnyDefinition } from '../../model/project.ts';
import { placeOfName } from '../changed-definitions.ts';
import { NOTED_EXAMPLE } from '../noted-example.ts';
import type { PolicyContext, PolicyRule } from '../policy-rule.ts';

/** Values that move by more than a project lets pass without a word. */
export const moveNeedsNote: PolicyRule = {
  id: 'move-needs-note',
  severity: 'error',
  summary: 'A change moves a value by more than the project allows without a note.',
  documentation: `A project may say from which size on a change of a value has to be explained: \`policy: { note_above: 5% }\` in \`plumbline.yaml\`. The total of every
complete period is then compared between the two versions, and where the definitions move one by more than that, relative to the value before, there has to be
a new entry in \`changes\`: of the metric, or of the segment, source or metric that moved it. What only the data move needs none.

Only \`plumbline ci --base\` reports this, as it takes two versions. The threshold is that of the version before.

${NOTED_EXAMPLE}

Look at \`plumbline diff\` whether the value was meant to move. Where it was, add the entry.`,
  check(context, report) {
    const { noteAbove } = context.before.checked.project.settings.policy;
    if (noteAbove === undefined) return;
    for (const effect of context.effects ?? []) {
      const move = greatestMove(effect);
      const metric = context.after.checked.project.metrics.get(effect.affected.name);
      if (metric === undefined || move === undefined || move.size <= noteAbove) continue;
      if (isNoted(context, effect)) continue;
      const own = effect.affected.own.find(({ after }) => after !== undefined)?.after;
      const cause = effect.affected.causes.find(({ fact }) => fact.after !== undefined)?.fact.after;
      const words = { unit: 'percent', decimals: 1 } as const;
      report(
        own ?? cause ?? placeOfName(context, metric),
        `The value of "${metric.name}" for ${move.period} moves by ${Number.isFinite(move.size) ? formatValue(move.size, words) : 'any share of what was 0'}, more than ${formatValue(noteAbove, words)}. Say why in a new entry under "changes".`,
      );
    }
  },
};

/** The greatest move of a total in a complete period, as far as the definitions make it, relative to the value before. */
function greatestMove({
  totals,
}: MetricEffect): { readonly period: string; readonly size: number } | undefined {
  const moves = totals.flatMap(({ period, before, change, parts }) => {
    if (before === null || change === null) return [];
    const made = parts === null ? change : change - parts.data;
    if (made === 0) return [];
    return [{ period, size: before === 0 ? Number.POSITIVE_INFINITY : Math.abs(made / before) }];
  });
  return moves.toSorted((a, b) => b.size - a.size)[0];
}

/** Whether the metric, or something that moved it, has an entry that was not there before. */
function isNoted(context: PolicyContext, { affected }: MetricEffect): boolean {
  const facts = [...affected.own, ...affected.causes.map(({ fact }) => fact)];
  return (
    hasNewEntry(context, 'metric', affected.name, affected.was ?? affected.name) ||
    facts.some(
      ({ subject }) => subject.kind !== 'settings' && hasNewEntry(context, subject.kind, subject.name),
    )
  );
}

function hasNewEntry(
  { before, after }: PolicyContext,
  kind: Exclude<Fact['subject']['kind'], 'settings'>,
  name: string,
  was = name,
): boolean {
  const entries = (definition: AnyDefinition | undefined): ReadonlySet<string> =>
    new Set(
      (definition?.changes ?? [])
        .filter(({ note }) => note !== '')
        .map((one) => `${one.version} ${one.note}`),
    );
  const old = entries(definitionsOf(before, kind).get(was));
  return [...entries(definitionsOf(after, kind).get(name))].some((entry) => !old.has(entry));
}
