import type { Place } from '../base/span.ts';
import type { Metric, Source } from '../model/project.ts';
import { nameOf, relativeTo } from '../workspace/paths.ts';
import type { IdeContext, IdeFile } from './ide-context.ts';

/** Some characters that lead to a file, or to a definition. */
export interface DocumentLink extends Place {
  readonly to: { readonly path: string } | { readonly place: Place };
  /** What happens, in a few words. */
  readonly tooltip: string;
}

/** The links of a file: `data` leads to the data, and `deprecated.use` to the metric to use. */
export function documentLinks({ checked }: IdeContext, { file }: IdeFile): readonly DocumentLink[] {
  return file.definitions.flatMap((definition) => {
    if (definition.definition === 'source') return dataLink(checked, definition);
    return definition.definition === 'metric' ? useLink(checked, definition) : [];
  });
}

/** A glob leads to the first of its files. Data that is not there leads nowhere. */
function dataLink({ shapes, project }: IdeContext['checked'], { name, file, data }: Source): DocumentLink[] {
  const files = shapes.get(name)?.files ?? [];
  const [path] = files;
  if (data === undefined || path === undefined || data.file.node.origin !== undefined) return [];
  const shown = relativeTo(project.folder, path) ?? nameOf(path);
  const tooltip = files.length === 1 ? `Open ${shown}` : `Open ${shown}, the first of ${files.length} files`;
  return [{ file, span: data.file.node.span, to: { path }, tooltip }];
}

function useLink({ project }: IdeContext['checked'], { file, deprecated }: Metric): DocumentLink[] {
  const word = deprecated?.use;
  const metric = word === undefined ? undefined : project.metrics.get(word.text);
  if (word === undefined || metric === undefined || word.node.origin !== undefined) return [];
  const place = { file: metric.file, span: metric.nameNode.span };
  return [{ file, span: word.node.span, to: { place }, tooltip: `Go to the metric ${metric.name}` }];
}
