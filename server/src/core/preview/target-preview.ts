import { type Evaluator, evaluate } from '../evaluate/evaluate.ts';
import { type MetricDocument, resultDocument } from '../evaluate/result.ts';
import type { TargetStatus } from '../evaluate/target-status.ts';
import { describeTarget } from '../ide/describe/target.ts';
import type { Metric, Target } from '../model/project.ts';
import { Refusal } from '../plan/refusal.ts';
import { aboutOf, named } from './about.ts';
import type { TargetPreview } from './preview.ts';
import { inSections, type PreviewWork } from './preview-work.ts';
import { restsOn, restsOnOf } from './rests-on.ts';
import { targetPath } from './target-path.ts';
import { valueShape } from './value-shape.ts';

/** Everything that a preview of a target shows: where it stands, its path, and the metric's way so far. Rejects with `Cancelled`. */
export async function targetPreview<At>(work: PreviewWork<At>, target: Target): Promise<TargetPreview<At>> {
  return inSections<At, TargetPreview<At>>(work, outlineOf(work, target), 2, async (evaluator, add) => {
    const { checked } = evaluator;
    const cancel = work.signal === undefined ? {} : { signal: work.signal };
    const now = checked.project.targets.get(target.name);
    if (now === undefined) throw new Refusal(`There is no target "${target.name}".`);
    const request = { metrics: [], targets: [now], findings: false };
    const [judged] = (await evaluate(evaluator, request, cancel)).targets;
    if (judged === undefined) throw new Error('A target that was asked for has no result.');
    const about = aboutOf(now, describeTarget(checked, now), work.at, judged.refused ?? null);
    add({ about, path: targetPath(judged) });
    const metric = checked.project.metrics.get(now.metric?.text ?? '');
    if (metric === undefined) return;
    add({ result: await seriesOf(evaluator, metric, now, judged.current?.status ?? null, cancel) });
  });
}

function outlineOf<At>(
  { context: { checked }, kinds, at }: PreviewWork<At>,
  target: Target,
): TargetPreview<At> {
  const metric = checked.project.metrics.get(target.metric?.text ?? '');
  const { baseline } = target;
  return {
    kind: 'target',
    about: aboutOf(target, describeTarget(checked, target), at, whyNot(checked, target, metric)),
    metric: metric === undefined ? null : named(metric, at),
    shape: valueShape(checked, metric),
    restsOn: metric === undefined ? restsOnOf(undefined) : restsOn(checked, kinds, metric),
    segment: target.segment?.text ?? null,
    ifMissed: target.ifMissed ?? null,
    baseline: baseline === undefined ? null : { period: baseline.period.text, value: baseline.value.value },
  };
}

function whyNot(
  checked: PreviewWork<unknown>['context']['checked'],
  target: Target,
  metric: Metric | undefined,
): string | null {
  if (target.metric === undefined) return 'It names no metric.';
  if (metric === undefined) return `There is no metric "${target.metric.text}".`;
  return checked.blocking(metric)?.message ?? null;
}

/** The metric at its own grain: of the target's group where it has one. */
async function seriesOf(
  evaluator: Evaluator,
  metric: Metric,
  { segment }: Target,
  status: TargetStatus | null,
  cancel: Parameters<typeof evaluate>[2],
): Promise<MetricDocument> {
  const by = segment === undefined ? [] : [segment.segment];
  const request = { metrics: [metric], targets: [], by, findings: false };
  const [document] = resultDocument(evaluator.checked, await evaluate(evaluator, request, cancel)).metrics;
  if (document === undefined) throw new Error('A metric that was asked for has no result.');
  const values =
    segment === undefined
      ? document.values
      : document.values.filter(({ group }) => group[segment.segment] === segment.group);
  const latest = values.find(({ period }) => period === document.headline?.period);
  if (latest === undefined) return { ...document, values, headline: null };
  const { start: _, end: __, partial: ___, group: ____, share_of_total: _____, ...headline } = latest;
  return { ...document, values, headline: { ...headline, target_status: status } };
}
