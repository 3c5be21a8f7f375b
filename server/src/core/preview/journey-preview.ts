import { type Evaluation, evaluate } from '../evaluate/evaluate.ts';
import { describeJourney } from '../ide/describe/journey.ts';
import { labelOf } from '../model/label-of.ts';
import type { Journey, Metric, Project } from '../model/project.ts';
import { aboutOf } from './about.ts';
import type { JourneyMap, JourneyMetric } from './preview.ts';
import { onData, type PreviewWork } from './preview-work.ts';
import { type Stage as Coming, standingOf } from './standing.ts';
import { wantNumbers } from './wanted-numbers.ts';

/** A journey as a map: its stages with their pains, and where their metrics stand. Rejects with `Cancelled`. */
export async function journeyPreview<At>(work: PreviewWork<At>, journey: Journey): Promise<JourneyMap<At>> {
  const { project } = work.context.checked;
  const names = [...journey.stages.values()].flatMap((stage) => stage.metrics.map(({ text }) => text));
  const shown = [...new Set(names.flatMap((name) => project.metrics.get(name) ?? []))];
  const group = groupOf(project, journey);
  let own: Evaluation['metrics'] | undefined;
  const as = (coming: Coming, unavailable: string | null = null): JourneyMap<At> =>
    mapOf(work, journey, { group, own }, coming, unavailable);
  work.show(as('coming'));
  const reason = await wantNumbers(work, shown, () => work.show(as('coming')));
  if (reason !== undefined) return as('none', reason);
  if (group === null) return as('there');
  const refused = await onData(work, async (evaluator) => {
    const metrics = names.flatMap((name) => evaluator.checked.project.metrics.get(name) ?? []);
    const request = { metrics: [...new Set(metrics)], by: [group.segment], targets: [], findings: false };
    own = (await evaluate(evaluator, request, work.signal === undefined ? {} : { signal: work.signal }))
      .metrics;
  });
  return refused === undefined ? as('there') : as('none', refused);
}

/** Whose journey it is; null where that is everybody's, or the segment has many groups and none is named. */
function groupOf({ segments }: Project, { segment: word }: Journey): JourneyMap['group'] {
  if (word === undefined) return null;
  const [name = '', ...rest] = word.text.split('.');
  const segment = segments.get(name);
  if (segment === undefined) return null;
  if (rest.length > 0)
    return { segment: name, group: rest.join('.'), label: `${labelOf(segment)}: ${rest.join('.')}` };
  return segment.form.kind === 'where' ? { segment: name, group: 'in', label: labelOf(segment) } : null;
}

function mapOf<At>(
  work: PreviewWork<At>,
  journey: Journey,
  whose: { readonly group: JourneyMap['group']; readonly own: Evaluation['metrics'] | undefined },
  coming: Coming,
  unavailable: string | null,
): JourneyMap<At> {
  const { checked } = work.context;
  return {
    kind: 'journey',
    about: aboutOf(journey, describeJourney(checked.project, journey), work.at, unavailable),
    segment: journey.segment?.text ?? null,
    group: whose.group,
    stages: [...journey.stages.values()].map((stage) => ({
      name: stage.name,
      label: labelOf(stage),
      pains: stage.pains,
      metrics: stage.metrics.flatMap(({ text }) => {
        const metric = checked.project.metrics.get(text);
        return metric === undefined ? [] : [metricOf(work, metric, whose, coming)];
      }),
      at: work.at({ file: journey.file, span: stage.nameNode.span }),
    })),
  };
}

/** Where a metric stands for those whose journey it is, and for all where it cannot be broken down by them. */
function metricOf<At>(
  { context, at }: PreviewWork<At>,
  metric: Metric,
  { group, own }: Parameters<typeof mapOf>[2],
  coming: Coming,
): JourneyMetric<At> {
  const row = standingOf(context, metric, coming, at);
  if (group === null) return { ...row, isOfAll: true };
  // Until the group's numbers are there, nobody else's are shown in their place.
  if (own === undefined && coming !== 'none') return { ...row, headline: null, trend: [], isOfAll: false };
  const series = own?.find((each) => each.metric.name === metric.name)?.breakdowns[0]?.series;
  if (series === undefined) return { ...row, isOfAll: true };
  const standing = standingOf(context, metric, coming, at, { series, labels: [group.group] });
  return { ...standing, isOfAll: false };
}
