import { formatDay, parseDay } from '../../base/period.ts';
import type { Metric } from '../../model/project.ts';
import { mapAt, textAt } from '../../model/words.ts';
import { pathOf } from '../../syntax/units/unit-id.ts';
import { placeOfGone } from '../changed-definitions.ts';
import type { PolicyRule } from '../policy-rule.ts';

/** Metrics that are taken away before those who read them were told, or before the day they were told. */
export const removedEarly: PolicyRule = {
  id: 'removed-early',
  severity: 'error',
  summary: 'A metric is removed while people may still rely on it.',
  documentation: `What reads a metric breaks when it is gone: dashboards, reports, other projects. It is therefore deprecated first, with the day after which it
may be removed, so that those who use it can see it coming. Only \`plumbline ci --base\` reports this, as it takes two versions; the day is that on
which it runs, in UTC. Drafts may go at any time, and so may what is deprecated without a day.

\`\`\`yaml
metrics:
  all_orders:
    type: count
    source: orders
    status: deprecated
    deprecated: { since: 2025-06-01, use: paid_orders, remove_after: 2025-12-31 }
  paid_orders:
    type: count
    source: orders
    where: amount > 0
\`\`\`

Put the metric back and deprecate it, or wait for the day. A metric that has another name now, and says the same, is not gone: raise its \`version\`.`,
  check(context, report) {
    const { before, known, today } = context;
    for (const { subject, change } of known.facts) {
      if (subject.kind !== 'metric' || change !== 'removed') continue;
      const metric = before.checked.project.metrics.get(subject.name);
      if (metric === undefined || metric.status === 'draft') continue;
      const why = whyEarly(metric, today);
      if (why !== undefined)
        report(placeOfGone(context, pathOf(metric.file)), `The metric "${metric.name}" is removed${why}`);
    }
  },
};

function whyEarly({ status, deprecated, node }: Metric, today: number): string | undefined {
  if (status !== 'deprecated' && deprecated === undefined) {
    return ' while people may rely on it. Put it back with "status: deprecated", and with the day under "deprecated: { remove_after }".';
  }
  const written = textAt(mapAt(node, 'deprecated'), 'remove_after');
  const last = written === undefined ? undefined : parseDay(written);
  if (last === undefined || today > last) return undefined;
  return ` before its time: it was promised to stay until ${formatDay(last)}.`;
}
