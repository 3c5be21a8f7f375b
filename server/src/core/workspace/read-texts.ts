import { type Cancel, throwIfCancelled } from '../base/cancel.ts';
import { type Problem, problemOf } from '../base/problem.ts';
import { modelProblem } from '../model/problems.ts';
import { readSettings } from '../model/read-settings.ts';
import { FileProblem, type FileSystem } from '../ports.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import { findMetricsFiles } from './find-files.ts';
import { leadsOut } from './inside-root.ts';
import { under } from './paths.ts';
import { SETTINGS_FILE } from './walk.ts';

/** A file of a project: what it says, or the problem that it cannot be read. */
export interface FileText {
  readonly path: string;
  readonly text: string | Problem;
}

/** The files of a project that people write. */
export interface ProjectTexts {
  /** Absolute path of the root folder. */
  readonly root: string;
  /** `plumbline.yaml`; `undefined` where the root has none. */
  readonly settings: FileText | undefined;
  /** The metrics files, by path and in the order of their paths. */
  readonly files: ReadonlyMap<string, FileText>;
}

/** Finds and reads the files of the project whose root is `root`. Rejects only when cancelled. */
export async function readTexts(fs: FileSystem, root: string, signal?: Cancel): Promise<ProjectTexts> {
  const path = under(root, SETTINGS_FILE);
  const stat = await fs.stat(path);
  const settings = stat?.kind === 'file' ? await readTextAt(fs, root, path) : undefined;
  const paths = await findMetricsFiles(fs, root, globsOf(settings), signal);
  const read = await Promise.all(paths.map((file) => readTextAt(fs, root, file)));
  throwIfCancelled(signal);
  return { root, settings, files: new Map(read.map((file) => [file.path, file])) };
}

/** The patterns of metrics files that the text of `plumbline.yaml` sets. */
export function globsOf(settings: FileText | undefined): readonly string[] {
  const text = typeof settings?.text === 'string' ? settings.text : '';
  return readSettings(settings?.path, parseYaml(text).root).files;
}

/** The text of a file, or the problem that it cannot be read, at its start. A symbolic link that leaves the project is not followed. */
async function readTextAt(fs: FileSystem, root: string, path: string): Promise<FileText> {
  if (await leadsOut(fs, root, path)) {
    return unreadable(
      path,
      'This is a symbolic link that leaves the folder of the project. Put a copy of the file here.',
    );
  }
  try {
    return { path, text: await fs.readText(path) };
  } catch (error) {
    // A host says why in words for users; anything else is a defect and must not be hidden.
    if (!(error instanceof FileProblem)) throw error;
    return unreadable(path, error.message);
  }
}

function unreadable(path: string, message: string): FileText {
  const place = { file: path, span: { start: 0, end: 0 } };
  return { path, text: problemOf(modelProblem('file-unreadable'), place, message) };
}
