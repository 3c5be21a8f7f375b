import { type Cancel, throwIfCancelled } from '../base/cancel.ts';
import { type Problem, problemOf } from '../base/problem.ts';
import { modelProblem } from '../model/problems.ts';
import type { Project, Source } from '../model/project.ts';
import type { Shapes, SourceShape } from '../model/shape.ts';
import type { FileSystem } from '../ports.ts';
import { pathOf } from '../syntax/units/unit-id.ts';
import { findDataFiles } from './data-files.ts';
import { readShape } from './read-shape.ts';

/** Reads the shape of every source that has `data`. What cannot be read is a problem of its shape, never a rejection. */
export async function readShapes(fs: FileSystem, project: Project, signal?: Cancel): Promise<Shapes> {
  const shapes = new Map<string, SourceShape>();
  for (const source of project.sources.values()) {
    throwIfCancelled(signal);
    const shape = await shapeOf(fs, project.folder, source);
    if (shape !== undefined) shapes.set(source.name, shape);
  }
  return shapes;
}

async function shapeOf(fs: FileSystem, root: string, source: Source): Promise<SourceShape | undefined> {
  const { data } = source;
  if (data === undefined) return undefined;
  const found = await findDataFiles(fs, root, pathOf(source.file), data.file.text.trim());
  if ('files' in found) return readShape(fs, data, found.files, declaredHeaders(source));
  return { files: [], format: undefined, delimiter: ',', columns: undefined, problem: found.problem };
}

/** The headers of the columns that a source declares as stored in its file. */
function declaredHeaders({ columns }: Source): readonly string[] {
  const stored = [...columns.values()].filter(({ value, of }) => value === undefined && of === undefined);
  return stored.map(({ name, header }) => header?.text ?? name);
}

/** The problems of shapes, each at the file name or option in `data`, with the nearest existing name as its fix. */
export function shapeProblems(project: Project, shapes: Shapes): readonly Problem[] {
  return [...shapes].flatMap(([name, { problem }]) => {
    const source = project.sources.get(name);
    if (problem === undefined || source?.data === undefined) return [];
    const { file, data } = source;
    const { node } = (problem.option && data[problem.option]) ?? data.file;
    const place = { file, span: node.span };
    const fixes = fixesFor(problem.suggestion, node.style, place);
    return [problemOf(modelProblem(problem.code), place, problem.message, fixes)];
  });
}

/** Only a plain scalar is replaced: its text stands in the file as it is. */
function fixesFor(
  suggestion: string | undefined,
  style: string,
  place: { readonly file: string; readonly span: { readonly start: number; readonly end: number } },
): Pick<Problem, 'fixes'> {
  if (suggestion === undefined || style !== 'plain') return {};
  const edits = [{ ...place, text: suggestion }];
  return { fixes: [{ title: `Change to "${suggestion}"`, edits, sure: false }] };
}
