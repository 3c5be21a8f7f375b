import type { Place } from '../../base/span.ts';
import type { AffectedMetric } from '../../diff/affected.ts';
import { placeOfName } from '../changed-definitions.ts';
import type { PolicyContext, PolicyRule } from '../policy-rule.ts';

/** So many metrics of an owner are named. */
const MOST_NAMED = 5;

/** Who owns what a change can move, so that they can be asked. */
export const ownersToAsk: PolicyRule = {
  id: 'owners-to-ask',
  severity: 'info',
  summary: 'Somebody owns metrics that a change can move.',
  documentation: `A change of a segment or source moves the numbers of people who do not see it. This note names each \`owner\` whose metrics a change can move, by
their own text or by what they rest on, so that a reviewer knows whom to ask. It fails nothing, unless it is made an \`error\`.

Only \`plumbline ci --base\` reports this, as it takes two versions.

\`\`\`yaml
metrics:
  paid_orders:
    type: count
    source: orders
    where: amount > 0
    owner: finance
\`\`\`

Ask them. Where the owner is wrong, correct \`owner\`.`,
  check(context, report) {
    const byOwner = new Map<string, AffectedMetric[]>();
    for (const metric of context.affected) {
      if (metric.was === undefined || metric.class === 'cosmetic' || metric.class === 'targets') continue;
      const owners = new Set([
        context.before.checked.project.metrics.get(metric.was)?.owner,
        context.after.checked.project.metrics.get(metric.name)?.owner,
      ]);
      for (const owner of owners) {
        if (owner !== undefined) byOwner.set(owner, [...(byOwner.get(owner) ?? []), metric]);
      }
    }
    for (const [owner, metrics] of byOwner) {
      const place = placeFor(context, metrics);
      if (place === undefined) continue;
      const names = metrics.slice(0, MOST_NAMED).map(({ name }) => name);
      const rest = metrics.length - names.length;
      const more = rest > 0 ? ` and ${rest} more` : '';
      report(place, `Ask ${owner}, who owns what this change can move: ${names.join(', ')}${more}.`);
    }
  },
};

/** The first change that reaches one of the metrics and can be pointed at; the name of the first of them where none can. */
function placeFor(context: PolicyContext, metrics: readonly AffectedMetric[]): Place | undefined {
  const facts = metrics.flatMap(({ own, causes }) => [...own, ...causes.map(({ fact }) => fact)]);
  const pointed = facts.find(({ class: of, after }) => after !== undefined && of !== 'cosmetic')?.after;
  if (pointed !== undefined) return pointed;
  const [first] = metrics.flatMap(({ name }) => context.after.checked.project.metrics.get(name) ?? []);
  return first && placeOfName(context, first);
}
