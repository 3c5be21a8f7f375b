import { formatDay, parsePeriod } from '../../base/period.ts';
import type { Fact } from '../../diff/fact.ts';
import { plainWords } from '../../ide/prose/plain.ts';
import type { Target } from '../../model/project.ts';
import { pathOf } from '../../syntax/units/unit-id.ts';
import { placeOfGone } from '../changed-definitions.ts';
import type { PolicyContext, PolicyRule } from '../policy-rule.ts';

/** Goals that are moved while they are being played for. */
export const targetMoved: PolicyRule = {
  id: 'target-moved',
  severity: 'warning',
  summary: 'A goal is moved after its period began.',
  documentation: `A goal that moves once it can be seen whether it will be reached says nothing any more. Where that is right all the same, because the goal
was a mistake, a reviewer should know. A target with \`due\` has begun on the first day of that period, one with \`each\` with its first period. Moved is
what changes the metric, the segment, the goal itself, \`due\`, \`each\`, \`baseline\` or \`tolerance\`. So is a target that is taken away before its period is over, and one with
\`each\` whose place a new target of the same metric takes.

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
  check(context, report) {
    const { before, known, today } = context;
    const { targets } = before.checked.project;
    for (const fact of known.facts) {
      if (fact.class !== 'targets') continue;
      const target = targets.get(oldNameOf(fact, targets, known.renames.of));
      const began = target && beganOn(target, today);
      if (target === undefined || began === undefined) continue;
      if (fact.change === 'changed' && fact.after !== undefined)
        report(
          fact.after,
          `The target "${fact.subject.name}" changed after ${began}: ${plainWords(fact.words)}.`,
        );
      if (fact.change === 'removed' && isStillRunning(context, target))
        report(
          placeOfGone(context, pathOf(target.file)),
          `The target "${target.name}" is taken away after ${began}.`,
        );
    }
  },
};

/** Whether a goal can still be missed. That goals of periods that are over are cleared away moves none, nor does the end of what has no end of its own. */
function isStillRunning({ after, known, today }: PolicyContext, { due, metric }: Target): boolean {
  if (due !== undefined) return (parsePeriod(due.text)?.end ?? 0) > today;
  const named = metric?.text ?? '';
  return known.facts.some(
    ({ subject, change }) =>
      subject.kind === 'target' &&
      change === 'added' &&
      after.checked.project.targets.get(subject.name)?.metric?.text ===
        (known.renames.of('metric', named) ?? named),
  );
}

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
