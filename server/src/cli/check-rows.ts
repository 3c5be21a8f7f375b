import type { Problem } from '../core/base/problem.ts';
import { checkData } from '../core/check-data.ts';
import { kinds } from '../core/kinds/index.ts';
import { pathOf } from '../core/syntax/units/unit-id.ts';
import type { OpenProject, ProjectScope } from './find-projects.ts';
import type { DataCounts } from './reporters/check-report.ts';
import type { Session } from './session.ts';

/** What the rows show of the sources and metrics that were asked for, beside all that is known without them, in the units of the files. */
export async function checkRows(
  { engine, signal, progress }: Session,
  scope: ProjectScope,
  { loaded, analysis }: OpenProject,
): Promise<DataCounts & { readonly problems: readonly Problem[] }> {
  const { project } = analysis.checked;
  const isAskedFor = ({ file }: { readonly file: string }): boolean => scope.includes(pathOf(file));
  const sources = [...project.sources.values()].filter(isAskedFor).map(({ name }) => name);
  const metrics = [...project.metrics.values()].filter(isAskedFor);
  const options = {
    signal,
    loading: (done: number, total: number, table: string) =>
      progress.show(`Loading ${table} (${done} of ${total} tables)`),
    looking: (done: number, total: number, source: string) =>
      progress.show(`Looking at the rows of ${source} (${done} of ${total} sources)`),
  };
  progress.show('Loading the data');
  const naming = project.files.flatMap(({ definitions }) => definitions).filter(isAskedFor);
  const request = { sources: new Set(sources), metrics, naming };
  const found = await checkData(loaded, kinds, engine, request, options, analysis);
  progress.clear();
  return found;
}
