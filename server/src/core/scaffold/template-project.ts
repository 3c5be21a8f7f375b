import { templates } from 'plumbline:templates';
import { renderText } from '../ide/yaml-value.ts';
import type { Kinds, ReadHook } from '../model/kind.ts';
import type { FileSystem } from '../ports.ts';
import { pathOf } from '../syntax/units/unit-id.ts';
import { nameOf, relativeTo, under } from '../workspace/paths.ts';
import { SETTINGS_FILE } from '../workspace/walk.ts';
import { loadProject } from '../workspace.ts';
import { newProject, type ProjectFiles, type Refused } from './new-project.ts';

/** The templates, the first being the default. All but `blank` are folders of `templates/`. */
export const TEMPLATES = ['blank', 'saas', 'retail', 'education'] as const;

/** The name of a template. */
export type TemplateName = (typeof TEMPLATES)[number];

/**
 * The files of a template for a folder: a small project with data and examples of its own, which carries the folder's name. It is refused
 * where the folder holds a project or one of these files already. Nothing is written.
 *
 * @param folder absolute path; it need not exist
 */
export async function templateProject(
  fs: FileSystem,
  kinds: Kinds<ReadHook<unknown>>,
  folder: string,
  name: TemplateName,
): Promise<ProjectFiles | Refused> {
  const there = await projectFile(fs, kinds, folder);
  if (there !== undefined) {
    return {
      refused: `There is a project already: ${there}. Choose another folder, or start from data files of yours, for which it gets another metrics file.`,
    };
  }
  if (name === 'blank') return newProject(fs, kinds, folder, []);
  const all = Object.entries(templates[name] ?? {}).map(([path, text]) => ({
    path: under(folder, path),
    text: path === SETTINGS_FILE ? withName(text, nameOf(folder)) : text,
  }));
  for (const { path } of all) {
    if ((await fs.stat(path)) !== undefined) {
      return {
        refused: `The file ${relativeTo(folder, path)} is there already. Choose another folder, or move the file away.`,
      };
    }
  }
  // The settings and definitions come first, as they are what is shown and changed.
  const files = [
    ...all.filter(({ path }) => path.endsWith('.yaml')),
    ...all.filter(({ path }) => !path.endsWith('.yaml')),
  ];
  const open = files.find(({ path }) => path.endsWith('.metrics.yaml'));
  if (open === undefined) throw new Error(`The template ${name} has no metrics file.`);
  return { files, open: open.path, unread: [] };
}

/** A file that makes the folder a project, from the folder; `undefined` where there is none. */
async function projectFile(
  fs: FileSystem,
  kinds: Kinds<ReadHook<unknown>>,
  folder: string,
): Promise<string | undefined> {
  if ((await fs.stat(under(folder, SETTINGS_FILE))) !== undefined) return SETTINGS_FILE;
  if ((await fs.stat(folder)) === undefined) return undefined;
  const [file] = (await loadProject(fs, folder, { kinds })).project.files;
  return file === undefined ? undefined : relativeTo(folder, pathOf(file.path));
}

function withName(settings: string, folder: string): string {
  return settings.replace(/^name: .*$/m, () => `name: ${renderText(folder, false)}`);
}
