import { type Analysis, analyse } from '../core/analyse.ts';
import { kinds } from '../core/kinds/index.ts';
import type { FileSystem } from '../core/ports.ts';
import { nameOf, parentOf, relativeTo, under } from '../core/workspace/paths.ts';
import { type FileText, readTexts } from '../core/workspace/read-texts.ts';
import { findRoot, findRoots, type LoadedProject, loadProject } from '../core/workspace.ts';
import { SetupError, UsageError } from './exit-code.ts';
import type { Host } from './host.ts';
import { absolutePath, shownPath } from './paths.ts';

/** A project with what can be said of it without its rows. */
export interface OpenProject {
  readonly loaded: LoadedProject;
  readonly analysis: Analysis;
}

/** A project's root, and which of its files were asked for. */
export interface ProjectScope {
  readonly root: string;
  /** Whether a file was asked for. */
  includes(file: string): boolean;
  /** A file that was named: it has to be one of the project's. */
  readonly named: readonly string[];
}

/** Loads and checks a project. Fails where its folder holds neither settings nor metrics, or settings that cannot be read. */
export async function openProject(host: Host, root: string): Promise<OpenProject> {
  const loaded = await loadProject(host.fs, root, { kinds });
  const { path } = loaded.project.settings;
  if (path === undefined && loaded.project.files.length === 0 && loaded.problems.length === 0) {
    throw await noProject(host, root);
  }
  const unreadable = loaded.problems.find(({ code, file }) => code === 'file-unreadable' && file === path);
  if (unreadable !== undefined) {
    throw new SetupError(`${shownPath(host.cwd, unreadable.file)} cannot be read. ${unreadable.message}`);
  }
  return { loaded, analysis: analyse(loaded, kinds) };
}

/** The texts of a project's settings and metrics files, in the order of their paths. Fails where there are none. */
export async function projectTexts(host: Host, root: string): Promise<readonly FileText[]> {
  const { settings, files } = await readTexts(host.fs, root);
  if (settings === undefined && files.size === 0) throw await noProject(host, root);
  return settings === undefined ? [...files.values()] : [settings, ...files.values()];
}

async function noProject(host: Host, root: string): Promise<SetupError> {
  const shown = shownPath(host.cwd, root);
  return new SetupError(
    `There is no project in ${shown}: neither a plumbline.yaml nor a file that ends with .metrics.yaml.${await beneath(host, root)}`,
  );
}

/** The projects beneath a folder that is none itself, as a hint: one of them is meant, or one is to be started. */
async function beneath({ fs, cwd }: Host, folder: string): Promise<string> {
  const roots = (await findRoots(fs, folder)).filter((root) => root !== folder);
  const names = roots.slice(0, MOST_NAMED).map((root) => shownPath(cwd, root));
  if (names.length === 0) return ' "plumbline init" starts one.';
  return ` There are projects beneath it: ${names.join(', ')}${roots.length > names.length ? ', …' : ''}.`;
}

const MOST_NAMED = 10;

/** The root of the project in which a folder of the command line lies. */
export async function findProject(host: Host, folder: string): Promise<string> {
  const path = absolutePath(host.cwd, folder);
  const stat = await host.fs.stat(path);
  if (stat === undefined) throw new UsageError(`There is no folder ${shownPath(host.cwd, path)}.`);
  return findRoot(host.fs, path);
}

/** The projects to which paths of the command line belong, each once, in the order of the paths. */
export async function findScopes(host: Host, paths: readonly string[]): Promise<readonly ProjectScope[]> {
  const places = new Map<string, Place[]>();
  for (const path of paths) {
    for (const place of await placesOf(host, path)) {
      places.set(place.root, [...(places.get(place.root) ?? []), place]);
    }
  }
  return [...places].map(([root, own]) => ({
    root,
    includes: (file) => own.some(({ at }) => relativeTo(at, file) !== undefined),
    named: own.flatMap(({ at, isFile }) => (isFile ? [at] : [])),
  }));
}

/** A part of a project: its root, a folder in it, or one of its files. */
interface Place {
  readonly root: string;
  readonly at: string;
  readonly isFile: boolean;
}

async function placesOf({ fs, cwd }: Host, path: string): Promise<readonly Place[]> {
  const at = absolutePath(cwd, path);
  const stat = await fs.stat(at);
  if (stat === undefined) {
    throw new UsageError(`There is no file or folder ${shownPath(cwd, at)}.${await nearby(fs, at)}`);
  }
  const isFile = stat.kind === 'file';
  return (await findRoots(fs, at)).map((root) => ({
    root,
    // A root that lies below the folder is asked for as a whole.
    at: relativeTo(at, root) === undefined ? at : root,
    isFile,
  }));
}

/** A hint to a file of the same name with the other ending. */
async function nearby(fs: FileSystem, path: string): Promise<string> {
  const name = nameOf(path);
  const others = (await fs.list(parentOf(path))).map((entry) => entry.name);
  const found = others.find((other) => other.toLowerCase().startsWith(`${name.toLowerCase()}.`));
  return found === undefined ? '' : ` Did you mean ${nameOf(under(parentOf(path), found))}?`;
}
