import type { Problem } from '../base/problem.ts';
import type { Kinds, ReadHook } from '../model/kind.ts';
import type { MetricsFile, Project, Settings } from '../model/project.ts';
import { readProject } from '../model/read-project.ts';
import { readSettings } from '../model/read-settings.ts';
import { settingProblems } from '../model/setting-problems.ts';
import type { Shapes } from '../model/shape.ts';
import { type TextUnits, textUnits } from '../syntax/units/text-units.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import type { YamlTree } from '../syntax/yaml/tree.ts';
import { shapeProblems } from './read-shapes.ts';
import type { FileText, ProjectTexts } from './read-texts.ts';
import { issuesOf, readText } from './read-unit.ts';

/** A project as its files say, with what is known of its data. Immutable: a change makes another. */
export interface LoadedProject {
  readonly project: Project;
  readonly shapes: Shapes;
  /** `plumbline.yaml` as it was read; `undefined` where there is none. */
  readonly settings: ReadSettings | undefined;
  /** The texts of the metrics files, by path, cut into the units that the project's `files` are. */
  readonly texts: ReadonlyMap<string, TextUnits>;
  /** What was found on the way: files that cannot be read, broken YAML, unusable settings, data that is not there. */
  readonly problems: readonly Problem[];
}

/** `plumbline.yaml` with its tree, which is missing where the file cannot be read. */
export interface ReadSettings {
  readonly file: FileText;
  readonly tree: YamlTree | undefined;
  readonly settings: Settings;
}

/**
 * Makes a project of its texts. What an earlier one has read of the same texts is kept, object for object, so that only what
 * changed is read again.
 *
 * @param shapes of the data, as far as they are known
 */
export function assemble(
  texts: ProjectTexts,
  shapes: Shapes,
  kinds: Kinds<ReadHook<unknown>>,
  previous?: LoadedProject,
): LoadedProject {
  const settings = settingsOf(texts.settings, previous?.settings);
  const cut = new Map<string, TextUnits>();
  const files: MetricsFile[] = [];
  const issues: Problem[] = [];
  const unreadable: Problem[] = [];
  for (const { path, text } of texts.files.values()) {
    if (typeof text !== 'string') {
      unreadable.push(text);
      continue;
    }
    const own = textUnits(path, text, previous?.texts.get(path));
    cut.set(path, own);
    const read = readText(own, kinds);
    for (const file of read.files) files.push(file);
    issues.push(...read.issues);
  }
  const project = readProject(texts.root, settings?.settings ?? DEFAULTS, files, previous?.project);
  return {
    project,
    shapes,
    settings,
    texts: cut,
    problems: [
      ...settingsIssues(settings),
      ...unreadable,
      ...issues,
      ...settingProblems(project),
      ...shapeProblems(project, shapes),
    ],
  };
}

const DEFAULTS = readSettings(undefined, undefined);

function settingsOf(file: FileText | undefined, before: ReadSettings | undefined): ReadSettings | undefined {
  if (file === undefined) return undefined;
  if (before?.file.path === file.path && before.file.text === file.text) return before;
  const tree = typeof file.text === 'string' ? parseYaml(file.text) : undefined;
  return { file, tree, settings: readSettings(file.path, tree?.root) };
}

function settingsIssues(settings: ReadSettings | undefined): readonly Problem[] {
  if (settings === undefined) return [];
  const { file, tree } = settings;
  return typeof file.text === 'string' ? (tree ? issuesOf(file.path, tree) : []) : [file.text];
}

/** The tree of a metrics file or of a unit of one. */
export function treeOf({ root, comments }: MetricsFile): YamlTree {
  return { root, comments, issues: [] };
}
