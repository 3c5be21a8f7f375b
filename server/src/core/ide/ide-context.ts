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
  /** Its `project.files` may be only those around the cursor; its maps of names are those of the whole project. */
  readonly checked: Checked;
  /** Of the project, each in the unit in which it stands. */
  readonly problems: readonly Problem[];
  /** `undefined` where nothing is evaluated, as in a workspace that is not trusted. */
  readonly numbers: Numbers | undefined;
}

/** A metrics file of the project, or a unit of one, with its tree. Offsets are offsets of `file.text`. */
export interface IdeFile {
  readonly file: MetricsFile;
  readonly tree: YamlTree;
}

/** A file as features take it. */
export function ideFileOf(file: MetricsFile): IdeFile {
  return { file, tree: { root: file.root, comments: file.comments, issues: [] } };
}

/** The file of that path; `undefined` where the project has none. */
export function fileAt({ checked }: IdeContext, path: string): IdeFile | undefined {
  const file = checked.project.files.find((candidate) => candidate.path === path);
  return file && ideFileOf(file);
}
