import { describeJourney } from '../ide/describe/journey.ts';
import { labelOf } from '../model/label-of.ts';
import type { Journey, Metric } from '../model/project.ts';
import { aboutOf } from './about.ts';
import type { JourneyMap } from './preview.ts';
import type { PreviewWork } from './preview-work.ts';
import { type Stage as Coming, standingOf } from './standing.ts';
import { wantNumbers } from './wanted-numbers.ts';

/** A journey as a map: its stages with their pains, and where their metrics stand. Rejects with `Cancelled`. */
export async function journeyPreview<At>(work: PreviewWork<At>, journey: Journey): Promise<JourneyMap<At>> {
  const { metrics } = work.context.checked.project;
  const shown = new Set(
    [...journey.stages.values()].flatMap((stage) =>
      stage.metrics.flatMap(({ text }) => metrics.get(text) ?? []),
    ),
  );
  const as = (coming: Coming, unavailable: string | null = null): JourneyMap<At> =>
    mapOf(work, journey, metrics, coming, unavailable);
  work.show(as('coming'));
  const reason = await wantNumbers(work, [...shown], () => work.show(as('coming')));
  return reason === undefined ? as('there') : as('none', reason);
}

function mapOf<At>(
  { context, at }: PreviewWork<At>,
  journey: Journey,
  metrics: ReadonlyMap<string, Metric>,
  coming: Coming,
  unavailable: string | null,
): JourneyMap<At> {
  return {
    kind: 'journey',
    about: aboutOf(journey, describeJourney(context.checked.project, journey), at, unavailable),
    segment: journey.segment?.text ?? null,
    stages: [...journey.stages.values()].map((stage) => ({
      name: stage.name,
      label: labelOf(stage),
      pains: stage.pains,
      metrics: stage.metrics.flatMap(({ text }) => {
        const metric = metrics.get(text);
        return metric === undefined ? [] : [standingOf(context, metric, coming, at)];
      }),
      at: at({ file: journey.file, span: stage.nameNode.span }),
    })),
  };
}
