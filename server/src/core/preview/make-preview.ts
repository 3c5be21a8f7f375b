import type { Definition, Project } from '../model/project.ts';
import { comparisonPreview } from './comparison-preview.ts';
import { journeyPreview } from './journey-preview.ts';
import { type MetricChoice, metricPreview } from './metric-preview.ts';
import type { Preview } from './preview.ts';
import type { PreviewWork } from './preview-work.ts';
import { scorecardPreview } from './scorecard-preview.ts';
import { segmentPreview } from './segment-preview.ts';
import { sourcePreview } from './source-preview.ts';
import type { Subject } from './subject.ts';
import { targetPreview } from './target-preview.ts';

/** Makes the preview of a subject. `undefined` where nothing has its name. Rejects with `Cancelled`. */
export async function makePreview<At>(
  work: PreviewWork<At>,
  subject: Subject,
  choice: MetricChoice = {},
): Promise<Preview<At> | undefined> {
  if (subject.kind === 'scorecard') return scorecardPreview(work, subject.file);
  if (subject.kind === 'comparison') return comparisonPreview(work, subject);
  const { project } = work.context.checked;
  const { kind, name } = subject;
  switch (kind) {
    case 'metric': {
      const metric = project.metrics.get(name);
      return metric && metricPreview(work, metric, choice);
    }
    case 'segment': {
      const segment = project.segments.get(name);
      return segment && segmentPreview(work, segment);
    }
    case 'target': {
      const target = project.targets.get(name);
      return target && targetPreview(work, target);
    }
    case 'source': {
      const source = project.sources.get(name);
      return source && sourcePreview(work, source, choice);
    }
    case 'journey': {
      const journey = project.journeys.get(name);
      return journey && journeyPreview(work, journey);
    }
  }
}

/** The definition that a subject names; `undefined` where it is none, and where nothing has the name. */
export function definitionOf(project: Project, subject: Subject): Definition | undefined {
  switch (subject.kind) {
    case 'scorecard':
    case 'comparison':
      return undefined;
    case 'metric':
      return project.metrics.get(subject.name);
    case 'segment':
      return project.segments.get(subject.name);
    case 'target':
      return project.targets.get(subject.name);
    case 'source':
      return project.sources.get(subject.name);
    case 'journey':
      return project.journeys.get(subject.name);
  }
}
