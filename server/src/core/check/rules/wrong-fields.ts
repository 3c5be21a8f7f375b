import { grainOf, sourceOf, timingOf, whenOf, windowOf } from '../../model/metric-defaults.ts';
import type { CheckedKind, MetricPeriods } from '../checked.ts';
import { idleFields } from '../idle-fields.ts';
import type { MetricUse } from '../metrics.ts';
import { oncePerFaults } from '../once-per.ts';
import { page } from '../page.ts';
import { type Report, type Rule, type RuleContext, spotIn, spotOf } from '../report.ts';
import { stepFaults } from '../steps.ts';
import { targetsOf } from '../targets.ts';

/** Fields that are right one by one and contradict each other. */
export const wrongFields: Rule = {
  id: 'wrong-fields',
  severity: 'error',
  summary: 'Fields of a definition contradict each other.',
  documentation: page({
    why: `
      Each field is fine, and together they have no meaning: a trailing window over what is alive at one moment
      (\`when: active\`), \`at_per\` without \`at\`, \`once_per\` beside \`per\` or with a value of the row itself, the expansion of what was lost, customers
      followed through rows that have no time, the tenure of spells where there are none, two steps of a conversion of one name or that read
      one source by different times, or a goal between a high
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
      for (const { node, message } of stepFaults(context, use)) report(spotOf(use.outer.file, node), message);
      for (const { word, within, message } of oncePerFaults(context, use))
        report(spotIn(use.outer.file, word.node, within), message);
      const at: Parameters<NonNullable<CheckedKind['check']>>[2] = (node, message) =>
        report({ file: use.outer.file, span: node.span }, message);
      use.kind?.check?.(use.metric.spec, use.metric, at, periodsOf(context, use));
    }
    for (const { target } of targetsOf(context.project)) {
      if (target.goal?.kind !== 'between' || target.goal.low.value <= target.goal.high.value) continue;
      const { low, high } = target.goal;
      report(
        spotOf(target.file, target.node?.get('between')?.value ?? low.node),
        `The goal lies between the lower and the higher number: write [${high.text}, ${low.text}].`,
      );
    }
  },
};

function periodsOf({ project, kinds, damage }: RuleContext, { metric }: MetricUse): MetricPeriods {
  const timing = timingOf(project, metric);
  const source = sourceOf(project, metric);
  const isKnown = source !== undefined && !damage.incomplete.has(source);
  return {
    grain: grainOf(project, kinds, metric),
    isSnapshot: timing?.kind === 'snapshot',
    hasSpells: isKnown ? source.lifespan !== undefined : undefined,
    isTimed: timing?.kind === 'time',
  };
}

function checkMetric({ project }: RuleContext, report: Report, { metric, outer, kind }: MetricUse): void {
  const { file } = outer;
  if (kind?.windowless === true && metric.reuse === undefined && windowOf(project, metric) !== undefined) {
    report(
      spotOf(file, metric.window?.node ?? metric.node?.get('type')?.value ?? metric.nameNode),
      `A metric of type ${kind.type} says by itself which rows belong together, and the metric around it has a window, which has no meaning for it: define it as a metric of its own and name it here.`,
    );
  }
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
