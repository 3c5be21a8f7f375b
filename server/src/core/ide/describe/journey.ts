import { labelOf } from '../../model/label-of.ts';
import type { Journey, Project, Stage } from '../../model/project.ts';
import { type Block, enumerate, list, paragraph, type Words } from '../prose/prose.ts';
import { labelIn } from './described.ts';

/** Whose journey it is, and its stages with their metrics. */
export function describeJourney(project: Project, journey: Journey): readonly Block[] {
  const { segment, stages } = journey;
  const whose: Words = segment === undefined ? [] : [' of ', labelIn(project.segments, segment.text)];
  return [
    paragraph('The journey', ...whose, stages.size === 0 ? '.' : ', stage by stage:'),
    ...list([...stages.values()].map((stage) => stageWords(project, stage))),
  ];
}

function stageWords(project: Project, { name, label, metrics }: Stage): Words {
  const shown = enumerate(metrics.map(({ text }): Words => [labelIn(project.metrics, text)]));
  return [{ strong: labelOf({ name, label }) }, ...(shown.length === 0 ? [] : [': ', ...shown])];
}
