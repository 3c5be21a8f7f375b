import type { Problem } from '../core/base/problem.ts';
import type { Place } from '../core/base/span.ts';
import type { Checked } from '../core/check/checked.ts';
import { homesOf } from '../core/check/reach.ts';
import { evaluate } from '../core/evaluate/evaluate.ts';
import { kinds } from '../core/kinds/index.ts';
import type { Metric } from '../core/model/project.ts';
import { evaluatedProblems, openSources, sourcesOf } from '../core/open-data.ts';
import type { LoadProgress } from '../core/ports.ts';
import type { MetricChoice } from '../core/preview/metric-preview.ts';
import type { PreviewWork } from '../core/preview/preview-work.ts';
import { nameOf } from '../core/workspace/paths.ts';
import { inFiles, placeIn } from '../core/workspace.ts';
import type { DefinedAt, GroupBy, Report } from '../report/report.ts';
import type { OpenProject } from './find-projects.ts';
import type { Host } from './host.ts';
import { loadText } from './load-text.ts';
import { placeDocument } from './problem-json.ts';
import { reportSubjects, reportWork } from './report-previews.ts';
import type { Session } from './session.ts';
import { touchesShown } from './shown-problems.ts';
import { type SourceTexts, sourceTexts } from './source-texts.ts';

/** What a report is to show. */
export interface ReportRequest {
  readonly metrics: readonly Metric[];
  /** Whether they were named; else they are all of the project's. */
  readonly isNamed: boolean;
  readonly groupBy: GroupBy;
}

/** Everything that pages are made of, as long as the engine holds the data. */
export interface MadeReport {
  readonly report: Report;
  /** The names of the metrics that it is about. */
  readonly metrics: ReadonlySet<string>;
  readonly work: PreviewWork<DefinedAt>;
  readonly evaluated: NonNullable<MetricChoice['evaluated']>;
  /** Errors and warnings that touch what is shown. */
  readonly problems: readonly Problem[];
  readonly texts: SourceTexts;
}

/** Loads the data of a project and computes all numbers of a report at once, so that metrics share their scans. */
export async function makeReport(
  host: Host,
  { engine, signal, progress }: Session,
  { loaded, analysis }: OpenProject,
  { metrics, isNamed, groupBy }: ReportRequest,
): Promise<MadeReport> {
  progress.show('Loading the data');
  const onLoad: LoadProgress = (...told) => progress.show(loadText(...told));
  const sources = sourcesIn(analysis.checked, metrics, isNamed);
  const options = { signal, progress: onLoad };
  const opened = await openSources(loaded, kinds, engine, sources, options, analysis);
  const { checked } = opened.evaluator;
  const own = metrics.flatMap(({ name }) => checked.project.metrics.get(name) ?? []);
  const onScan = (done: number, total: number): void =>
    progress.show(`Computing (${done} of ${total} queries)`);
  const request = { metrics: own, ownSegments: true };
  const evaluated = await evaluate(opened.evaluator, request, { signal, progress: onScan });
  const touches = touchesShown(checked, evalRequest(own, isNamed));
  const found = evaluatedProblems(opened, evaluated).filter(
    (problem) => problem.severity !== 'info' && touches(problem),
  );
  const problems = inFiles(loaded, found);
  const texts = await sourceTexts(host.fs, loaded.texts, problems);
  const placed = (place: Place): string => {
    const { file, start } = placeDocument(checked.project.folder, texts, place);
    return `${file}:${start.line}`;
  };
  return {
    report: {
      name: checked.project.settings.name ?? nameOf(checked.project.folder),
      subjects: reportSubjects(checked, own, isNamed),
      problems: problems.map((each) => ({
        severity: each.severity,
        at: placed(each),
        message: each.message,
      })),
      groupBy,
    },
    metrics: new Set(own.map(({ name }) => name)),
    work: reportWork(opened, evaluated, (place) => placed(placeIn(loaded.texts, place)), signal),
    evaluated,
    problems,
    texts,
  };
}

/** A request of `eval` that shows the same. */
function evalRequest(metrics: readonly Metric[], named: boolean): Parameters<typeof touchesShown>[1] {
  return { metrics, named, by: [], where: undefined, grain: undefined, from: undefined, to: undefined };
}

/** The sources that have a page, or that something with a page reads. */
function sourcesIn(checked: Checked, metrics: readonly Metric[], isNamed: boolean): ReadonlySet<string> {
  const { project } = checked;
  if (!isNamed) return new Set(project.sources.keys());
  const segments = reportSubjects(checked, metrics, true).flatMap(({ kind, name }) =>
    kind === 'segment' ? (project.segments.get(name) ?? []) : [],
  );
  return new Set([...sourcesOf(checked, metrics), ...segments.flatMap(homesOf)]);
}
