import { grainOf, timingOf, whenOf, windowOf } from '../../model/metric-defaults.ts';
import type { CheckedKind } from '../checked.ts';
import { idleFields } from '../idle-fields.ts';
import type { MetricUse } from '../metrics.ts';
import { page } from '../page.ts';
import { type Report, type Rule, type RuleContext, spotOf } from '../report.ts';
import { targetsOf } from '../targets.ts';

/** Fields that are right one by one and contradict each other. */
export const wrongFields: Rule = {
  id: 'wrong-fields',
  severity: 'error',
  summary: 'Fields of a definition contradict each other.',
  documentation: page({
    why: `
      Each field is fine, and together they have no meaning: a trailing window over what is alive at one moment
      (\`when: active\`), \`at_per\` without \`at\`, \`once_per\` beside \`per\`, the expansion of what was lost, customers
      followed through rows that have no time, or a goal between a high
      and a low number. So has a field that chooses rows where there are none to choose from: a \`window\` or \`at\` on a source without
      a time, \`at\` over spells that are alive, a \`window\` on a formula whose metrics all keep their own.`,
    wrong: `
      metrics:
        active_accounts: { type: count, source: subscriptions, when: active, window: 28 days }`,
    right: `
      metrics:
        active_accounts: { type: count, source: subscriptions, when: during, window: 28 days }`,
    mend: 'Remove one of the fields, or change it as the message says.',
  }),
  check(context, report) {
    for (const use of context.metrics) {
      checkMetric(context, report, use);
      for (const { node, message } of idleFields(context, use)) report(spotOf(use.outer.file, node), message);
      const { project, kinds } = context;
      const periods = {
        grain: grainOf(project, kinds, use.metric),
        isSnapshot: timingOf(project, use.metric)?.kind === 'snapshot',
      };
      const at: Parameters<NonNullable<CheckedKind['check']>>[2] = (node, message) =>
        report({ file: use.outer.file, span: node.span }, message);
      use.kind?.check?.(use.metric.spec, use.metric, at, periods);
    }
    for (const { target } of targetsOf(context.project)) {
      if (target.goal?.kind !== 'between' || target.goal.low.value <= target.goal.high.value) continue;
      const { low, high } = target.goal;
      report(
        spotOf(target.file, low.node),
        `The goal lies between the lower and the higher number: write [${high.text}, ${low.text}].`,
      );
    }
  },
};

function checkMetric({ project }: RuleContext, report: Report, { metric, outer }: MetricUse): void {
  const { file } = outer;
  const when = whenOf(project, metric);
  if (metric.window !== undefined && when?.text === 'active') {
    report(
      spotOf(file, metric.window.node),
      '"when: active" looks at the moment in which a period closes, so that a window has no meaning: use "when: during".',
    );
  } else if (metric.when?.text === 'active' && windowOf(project, metric) !== undefined) {
    report(
      spotOf(file, metric.when.node),
      '"when: active" looks at the moment in which a period closes, and the metric around it has a window: use "when: during".',
    );
  }
  if (metric.atPer !== undefined && metric.at === undefined) {
    report(
      spotOf(file, metric.node?.get('at_per')?.key ?? metric.nameNode),
      '"at_per" says for whom "at" picks rows: add "at: last" or "at: first".',
    );
  }
  if (metric.oncePer !== undefined && metric.per !== undefined) {
    report(
      spotOf(file, metric.oncePer.node),
      '"per" already makes the metric about entities: remove "once_per".',
    );
  }
}
