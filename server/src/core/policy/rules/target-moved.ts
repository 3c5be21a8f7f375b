import { formatDay, parsePeriod } from '../../base/period.ts';
import type { Fact } from '../../diff/fact.ts';
import { plainWords } from '../../ide/prose/plain.ts';
import type { Target } from '../../model/project.ts';
import type { PolicyRule } from '../policy-rule.ts';

/** Goals that are moved while they are being played for. */
export const targetMoved: PolicyRule = {
  id: 'target-moved',
  severity: 'warning',
  summary: 'A goal is moved after its period began.',
  documentation: `A goal that moves once it can be seen whether it will be reached says nothing any more. Where that is right all the same, because the goal
was a mistake, a reviewer should know. A target with \`due\` has begun on the first day of that period, one with \`each\` with its first period. Moved is
what changes the metric, the segment, the goal itself, \`due\`, \`each\`, \`baseline\` or \`tolerance\`.

Only \`plumbline ci --base\` reports this, as it takes two versions; the day is that on which it runs, in UTC.

\`\`\`yaml
targets:
  more_orders_2099:
    metric: orders
    at_least: 100
    due: 2099-Q1
    why: The new shop opens.
\`\`\`

Leave the goal, and add a target for the next period.`,
  check({ before, known, today }, report) {
    for (const fact of known.facts) {
      if (fact.class !== 'targets' || fact.change !== 'changed' || fact.after === undefined) continue;
      const target = before.checked.project.targets.get(
        oldNameOf(fact, before.checked.project.targets, known.renames.of),
      );
      const began = target && beganOn(target, today);
      if (began === undefined) continue;
      report(
        fact.after,
        `The target "${fact.subject.name}" changed after ${began}: ${plainWords(fact.words)}.`,
      );
    }
  },
};

function oldNameOf(
  { subject }: Fact,
  targets: ReadonlyMap<string, Target>,
  of: (kind: 'target', name: string) => string | undefined,
): string {
  return [...targets.keys()].find((name) => of('target', name) === subject.name) ?? subject.name;
}

/** What of a target has begun, in words; `undefined` where it lies ahead. */
function beganOn({ due, each }: Target, today: number): string | undefined {
  if (due === undefined) return each === undefined ? undefined : 'its periods began';
  const period = parsePeriod(due.text);
  if (period === undefined || period.start > today) return undefined;
  return `its period ${due.text} began on ${formatDay(period.start)}`;
}
