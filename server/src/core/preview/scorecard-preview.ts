import { formatDay } from '../base/period.ts';
import { targetsOf } from '../ide/targets-of.ts';
import type { Metric } from '../model/project.ts';
import { named } from './about.ts';
import type { Scorecard, ScorecardRow } from './preview.ts';
import type { PreviewWork } from './preview-work.ts';
import { fileOf, lastDayOf, type Stage, standingOf, urgencyOf } from './standing.ts';
import { wantNumbers } from './wanted-numbers.ts';

/**
 * All metrics of a project, or of one of its files, with where they stand; those whose targets are in the worst state first. Rejects
 * with `Cancelled`.
 *
 * @param file a path from the root of the project; all of it where absent
 */
export async function scorecardPreview<At>(work: PreviewWork<At>, file?: string): Promise<Scorecard<At>> {
  const { project } = work.context.checked;
  const metrics = [...project.metrics.values()].filter(
    (metric) => file === undefined || fileOf(project, metric) === file,
  );
  const rowOf = rowsOnce(work);
  const as = (stage: Stage, unavailable: string | null = null): Scorecard<At> =>
    scorecardOf(work, {
      file: file ?? null,
      metrics,
      rows: metrics.map((metric) => rowOf(metric, stage)),
      unavailable,
    });
  work.show(as('coming'));
  const reason = await wantNumbers(work, metrics, () => work.show(as('coming')));
  return reason === undefined ? as('there') : as('none', reason);
}

/** Makes the rows of metrics, those of which all is known only once: each message about thousands of metrics has all of them. */
function rowsOnce<At>({ context, at }: PreviewWork<At>): (metric: Metric, stage: Stage) => ScorecardRow<At> {
  const done = new Map<Metric, ScorecardRow<At>>();
  return (metric, stage) => {
    const row = done.get(metric) ?? standingOf(context, metric, stage, at);
    const isKnown = row.headline !== null || row.error !== null;
    if (isKnown && row.targets.length === targetsOf(context.checked.project, metric.name).length)
      done.set(metric, row);
    return row;
  };
}

function scorecardOf<At>(
  { context, at }: PreviewWork<At>,
  card: {
    readonly file: string | null;
    readonly metrics: readonly Metric[];
    readonly rows: readonly ScorecardRow<At>[];
    readonly unavailable: string | null;
  },
): Scorecard<At> {
  const { project } = context.checked;
  const days = card.metrics.flatMap((metric) => lastDayOf(context, metric) ?? []);
  return {
    kind: 'scorecard',
    project: project.settings.name ?? null,
    file: card.file,
    asOf: days.length === 0 ? null : formatDay(days.reduce((latest, day) => Math.max(latest, day))),
    metrics: card.rows
      .map((row) => ({ row, urgency: urgencyOf(row) }))
      .sort((a, b) => a.urgency - b.urgency)
      .map(({ row }) => row),
    journeys: [...project.journeys.values()].map((journey) => named(journey, at)),
    unavailable: card.unavailable,
  };
}
