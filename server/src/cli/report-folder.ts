import type { OutputFiles } from '../core/ports.ts';
import { isPagePath } from '../report/page-path.ts';
import { SetupError, UsageError } from './exit-code.ts';
import type { Host } from './host.ts';
import { shownPath } from './paths.ts';

/** Says that a folder is a report, and which files in it are its pages. */
export const MARKER = 'plumbline-report.json';

/** A folder that pages are written to. */
export interface ReportFolder {
  /** Writes a page. `path` is one of those that were announced. */
  write(path: string, text: string): Promise<void>;
  /** Removes the pages of the last report that this one has not, and says how many. */
  finish(): Promise<number>;
}

/**
 * Makes a folder ready for a report: one that is new, empty, or a report already. Whatever else is in it stays as it is. Fails where
 * it is somebody else's.
 *
 * @param paths of all pages that will be written
 * @param isForced whether it may be a folder with other things in it
 */
export async function openReportFolder(
  host: Host,
  folder: string,
  paths: readonly string[],
  isForced: boolean,
): Promise<ReportFolder> {
  const { output } = host;
  const old = await oldPages(host, folder, isForced);
  const folders = [...new Set(paths.map(folderOf))].filter((name) => name !== '');
  await output.makeFolder(folder);
  for (const name of [...folders, ...old.map(folderOf)].filter((each) => each !== '')) {
    const kind = await output.kindOf(`${folder}/${name}`);
    // A link could lead out of the report, and a file is somebody's.
    if (kind !== undefined && kind !== 'folder')
      throw new SetupError(
        `${shownPath(host.cwd, `${folder}/${name}`)} is in the way: the report needs a folder there.`,
      );
  }
  // Whatever stops this run on its way, the next one knows what is ours.
  await output.write(`${folder}/${MARKER}`, markerText([...old, ...paths]));
  for (const name of folders) await output.makeFolder(`${folder}/${name}`);
  return {
    write: async (path, text) => void (await output.write(`${folder}/${path}`, text)),
    finish: () => finish(output, folder, old, paths),
  };
}

async function finish(
  output: OutputFiles,
  folder: string,
  old: readonly string[],
  paths: readonly string[],
): Promise<number> {
  const kept = new Set(paths);
  let removed = 0;
  for (const path of old.filter((each) => !kept.has(each))) {
    if ((await output.kindOf(`${folder}/${path}`)) !== 'file') continue;
    await output.remove(`${folder}/${path}`);
    removed += 1;
  }
  for (const name of new Set(old.map(folderOf))) {
    if (name !== '') await output.removeEmptyFolder(`${folder}/${name}`);
  }
  await output.write(`${folder}/${MARKER}`, markerText(paths));
  return removed;
}

/** The pages of the report that is in a folder; none where it is new or empty. */
async function oldPages(host: Host, folder: string, isForced: boolean): Promise<readonly string[]> {
  const { output, fs, cwd } = host;
  const stat = await fs.stat(folder);
  if (stat === undefined) return [];
  if (stat.kind !== 'folder')
    throw new UsageError(`--out: ${shownPath(cwd, folder)} is a file. Name a folder.`);
  const names = await output.list(folder);
  if (names.length === 0) return [];
  if ((await output.kindOf(`${folder}/${MARKER}`)) === 'file')
    return readMarker(await fs.readText(`${folder}/${MARKER}`));
  if (isForced) return [];
  throw new UsageError(
    `--out: ${shownPath(cwd, folder)} has files in it that are no report. Name a folder that is new, or write beside them with --force.`,
  );
}

/** Paths that no report has are not ours, whoever wrote them there. */
function readMarker(text: string): readonly string[] {
  try {
    const marker: unknown = JSON.parse(text);
    const pages = typeof marker === 'object' && marker !== null && 'pages' in marker ? marker.pages : [];
    return Array.isArray(pages) ? pages.filter((path) => typeof path === 'string' && isPagePath(path)) : [];
  } catch {
    return [];
  }
}

function markerText(paths: readonly string[]): string {
  return `${JSON.stringify({ plumbline: 'report', pages: [...new Set(paths)].toSorted() }, undefined, 2)}\n`;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.indexOf('/')));
}
