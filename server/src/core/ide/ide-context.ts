import type { Problem } from '../base/problem.ts';
import type { Checked } from '../check/checked.ts';
import type { Numbers } from '../evaluate/numbers.ts';
import type { MetricsFile } from '../model/project.ts';
import type { YamlTree } from '../syntax/yaml/tree.ts';

/**
 * What features of the editor are computed from: a checked project and what is known of its numbers. Features are pure
 * functions of it: offsets in, plain data out. They never run a query.
 */
export interface IdeContext {
  readonly checked: Checked;
  readonly problems: readonly Problem[];
  /** The trees of the project's files, by the file's `path`. */
  readonly trees: ReadonlyMap<string, YamlTree>;
  /** `undefined` where nothing is evaluated, as in a workspace that is not trusted. */
  readonly numbers: Numbers | undefined;
}

/** A metrics file of the project with its tree. Offsets are offsets of `file.text`. */
export interface IdeFile {
  readonly file: MetricsFile;
  readonly tree: YamlTree;
}

/** The file of that path; `undefined` where the project has none. */
export function fileAt({ checked, trees }: IdeContext, path: string): IdeFile | undefined {
  const file = checked.project.files.find((candidate) => candidate.path === path);
  const tree = trees.get(path);
  return file === undefined || tree === undefined ? undefined : { file, tree };
}
