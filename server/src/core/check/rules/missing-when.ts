import type { Metric } from '../../model/project.ts';
import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';

/** Metrics on spells that do not say which spells fall in a period. */
export const missingWhen: Rule = {
  id: 'missing-when',
  severity: 'error',
  summary: 'A metric on a source with a lifespan does not say which spells fall in a period.',
  documentation: page({
    why: `
      A spell such as a subscription has a start and an end. "Subscriptions in May" may be those that started in May, ended
      in May, were active at its end, or at any time during it: four different numbers. A source with \`lifespan\` and no
      \`time\` therefore needs \`when\` on each metric that counts its rows.`,
    wrong: `
      sources:
        subscriptions: { data: subscriptions.csv, lifespan: { start: started_on, end: ended_on } }
      metrics:
        active_subscriptions: { type: count, source: subscriptions }`,
    right: `
      metrics:
        active_subscriptions: { type: count, source: subscriptions, when: active }`,
    mend: `
      Add \`when: started\`, \`ended\`, \`active\` (alive at the close of the period) or \`during\` (alive at any moment of it), or
      give the metric a \`time\` of its own.`,
  }),
  check({ project, metrics, damage }, report) {
    for (const { metric, kind, outer, sides } of metrics) {
      if (kind?.followsSpells === true || !sides.some((side) => side.metric === metric)) continue;
      if (inherited(metric, 'when') || inherited(metric, 'time')) continue;
      const source = project.sources.get(sides.find((side) => side.metric === metric)?.source ?? '');
      if (source?.lifespan === undefined || source.time !== undefined || damage.incomplete.has(source))
        continue;
      report(
        spotOf(outer.file, metric.typeNode ?? metric.nameNode),
        `Rows of "${source.name}" have a lifespan: say with "when" which of them fall in a period, those "started", "ended", "active" at its close, or "during" it.`,
      );
    }
  },
};

/** Whether a metric, or one that it stands in, has the field. */
function inherited(metric: Metric, field: 'when' | 'time'): boolean {
  return metric[field] !== undefined || (metric.parent !== undefined && inherited(metric.parent, field));
}
