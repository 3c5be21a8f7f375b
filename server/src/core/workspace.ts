import { type Cancel, throwIfCancelled } from './base/cancel.ts';
import { type Problem, type ProblemKind, problemOf } from './base/problem.ts';
import type { Kinds, ReadHook } from './model/kind.ts';
import { modelProblem } from './model/problems.ts';
import type { MetricsFile, Project, Settings } from './model/project.ts';
import { readFile } from './model/read-file.ts';
import { readProject } from './model/read-project.ts';
import { readSettings } from './model/read-settings.ts';
import { settingProblems } from './model/setting-problems.ts';
import type { Shapes } from './model/shape.ts';
import { FileProblem, type FileSystem } from './ports.ts';
import { syntaxProblems } from './syntax/problems.ts';
import { parseYaml } from './syntax/yaml/parse.ts';
import type { SyntaxIssue, YamlTree } from './syntax/yaml/tree.ts';
import { findMetricsFiles } from './workspace/find-files.ts';
import { overlaid } from './workspace/overlay.ts';
import { trimSlash, under } from './workspace/paths.ts';
import { readShapes, shapeProblems } from './workspace/read-shapes.ts';
import { SETTINGS_FILE } from './workspace/walk.ts';

export { findRoot, findRoots } from './workspace/find-roots.ts';
export { readShapes, shapeProblems } from './workspace/read-shapes.ts';

/** A project as its files say, with what is known of its data. Immutable: a change makes another. */
export interface LoadedProject {
  readonly project: Project;
  readonly shapes: Shapes;
  /** The trees of the metrics files and of `plumbline.yaml`, by path. */
  readonly trees: ReadonlyMap<string, YamlTree>;
  /** What was found on the way: files that cannot be read, broken YAML, unusable settings, data that is not there. */
  readonly problems: readonly Problem[];
}

export interface LoadOptions {
  readonly kinds: Kinds<ReadHook<unknown>>;
  /** Unsaved texts by absolute path; they stand before the files on disk, and may be files that are not there yet. */
  readonly overlay?: ReadonlyMap<string, string>;
  /** An earlier load with the same kinds: files whose text has not changed keep their trees and definitions. */
  readonly previous?: LoadedProject;
  readonly signal?: Cancel;
}

/**
 * Loads the project whose root is `folder`: its settings, its metrics files and the shapes of its data. Rejects only
 * when cancelled (`Cancelled`); everything wrong with the files is among the problems.
 *
 * @param folder absolute path of the root; it need not hold a `plumbline.yaml`
 */
export async function loadProject(
  fs: FileSystem,
  folder: string,
  options: LoadOptions,
): Promise<LoadedProject> {
  const root = trimSlash(folder);
  const texts = overlaid(fs, options.overlay);
  const settings = await loadSettings(texts, root);
  const paths = await findMetricsFiles(texts, root, settings.settings.files, options.signal);
  const read = await Promise.all(paths.map((path) => loadFile(texts, path, options)));
  throwIfCancelled(options.signal);
  const project = readProject(
    root,
    settings.settings,
    read.flatMap(({ file }) => file ?? []),
  );
  const shapes = await readShapes(fs, project, options.signal);
  const loaded = [settings, ...read];
  return {
    project,
    shapes,
    trees: new Map(
      loaded.flatMap(({ path, tree }) => (path !== undefined && tree !== undefined ? [[path, tree]] : [])),
    ),
    problems: [
      ...loaded.flatMap(({ problems }) => problems),
      ...settingProblems(project),
      ...shapeProblems(project, shapes),
    ],
  };
}

interface LoadedText {
  readonly path: string | undefined;
  readonly tree: YamlTree | undefined;
  readonly problems: readonly Problem[];
}

async function loadSettings(
  fs: FileSystem,
  root: string,
): Promise<LoadedText & { readonly settings: Settings }> {
  const path = under(root, SETTINGS_FILE);
  const stat = await fs.stat(path);
  if (stat?.kind !== 'file') {
    return { path: undefined, tree: undefined, problems: [], settings: readSettings(undefined, undefined) };
  }
  const text = await readTextOf(fs, path);
  if (typeof text !== 'string') return { ...text, settings: readSettings(path, undefined) };
  const tree = parseYaml(text);
  return { path, tree, problems: issueProblems(path, tree.issues), settings: readSettings(path, tree.root) };
}

async function loadFile(
  fs: FileSystem,
  path: string,
  { kinds, previous, signal }: LoadOptions,
): Promise<LoadedText & { readonly file?: MetricsFile }> {
  const text = await readTextOf(fs, path);
  throwIfCancelled(signal);
  if (typeof text !== 'string') return text;
  const before = previous?.project.files.find((file) => file.path === path && file.text === text);
  const treeBefore = before && previous?.trees.get(path);
  const tree = treeBefore ?? parseYaml(text);
  const file = treeBefore === undefined ? readFile(path, text, tree, kinds) : before;
  return { path, tree, problems: issueProblems(path, tree.issues), ...(file === undefined ? {} : { file }) };
}

/** The text of a file, or the problem that it cannot be read, at its start. */
async function readTextOf(fs: FileSystem, path: string): Promise<string | LoadedText> {
  try {
    return await fs.readText(path);
  } catch (error) {
    return { path, tree: undefined, problems: [unreadable(path, error)] };
  }
}

/** The problem that a file cannot be read, for what a host rejected with. */
export function unreadable(file: string, error: unknown): Problem {
  // A host says why in words for users; anything else is a defect and must not be hidden.
  if (!(error instanceof FileProblem)) throw error;
  return problemOf(modelProblem('file-unreadable'), { file, span: { start: 0, end: 0 } }, error.message);
}

/** What the YAML parser complained about, as problems of a file. */
export function issueProblems(file: string, issues: readonly SyntaxIssue[]): readonly Problem[] {
  return issues.map(({ code, span, message, related }) => {
    const kind = SYNTAX_KINDS.get(code) ?? {
      id: code,
      severity: 'error',
      summary: message,
      documentation: message,
    };
    const more = related === undefined ? {} : { related: related.map((place) => ({ ...place, file })) };
    return problemOf(kind, { file, span }, message, more);
  });
}

const SYNTAX_KINDS: ReadonlyMap<string, ProblemKind> = new Map(syntaxProblems.map((kind) => [kind.id, kind]));
