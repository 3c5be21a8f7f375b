import { formatText } from '../format/format-text.ts';
import type { Kinds, ReadHook } from '../model/kind.ts';
import type { FileSystem } from '../ports.ts';
import { findDataFiles } from '../workspace/data-files.ts';
import { nameOf, relativeTo, under } from '../workspace/paths.ts';
import { SETTINGS_FILE } from '../workspace/walk.ts';
import { loadProject } from '../workspace.ts';
import { blankFiles } from './blank-project.ts';
import type { TakenNames } from './drafts.ts';
import { proposeLinks } from './propose-links.ts';
import { proposeMetrics } from './propose-metrics.ts';
import { proposeSource } from './propose-source.ts';
import { readTable, type Table, type Unread } from './read-table.ts';
import { metricsText, settingsText } from './write-project.ts';

/** Files to write, by absolute path, none of which is there yet; and the one to show. */
export interface ProjectFiles {
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly open: string;
  /** Data files of which nothing is said, with their absolute paths; the metrics file names them in a comment. */
  readonly unread: readonly Unread[];
}

/** Why nothing can be proposed, in words for users. */
export interface Refused {
  readonly refused: string;
}

/**
 * A small project that passes `check` and has values: a source for each data file with its columns, key, time and links, and a first
 * metric or a few on each; without data files, one on a few rows of its own. Nothing is written, and no file that is there is
 * among those to write: a project that is there gets another metrics file, whose names are free.
 *
 * @param folder absolute path of the folder in which the project is to be; it need not exist
 * @param data absolute paths of data files inside the folder
 */
export async function newProject(
  fs: FileSystem,
  kinds: Kinds<ReadHook<unknown>>,
  folder: string,
  data: readonly string[],
): Promise<ProjectFiles | Refused> {
  const outside = data.find((path) => relativeTo(folder, path) === undefined);
  if (outside !== undefined) {
    return {
      refused: `"${nameOf(outside)}" lies outside of the folder "${nameOf(folder)}". A project reads only files inside its folder: choose a folder that holds them, or copy them into it.`,
    };
  }
  const hasSettings = (await fs.stat(under(folder, SETTINGS_FILE))) !== undefined;
  const settingsPath = under(folder, SETTINGS_FILE);
  const start = await freePath(fs, folder, 'start', '.metrics.yaml');
  const taken = await takenNames(fs, kinds, folder);
  if (data.length === 0) {
    const rows = await freePath(fs, under(folder, 'data'), 'survey_answers', '.csv');
    const [first, ...others] = blankFiles(start, rows, relativeTo(folder, rows) ?? rows, taken);
    const text = canonical(first.text);
    return {
      files: [
        ...(hasSettings ? [] : [{ path: settingsPath, text: settingsText(nameOf(folder)) }]),
        { path: start, text },
        ...others,
      ],
      open: start,
      unread: [],
    };
  }
  const read = await Promise.all([...new Set(data)].map((path) => readInside(fs, folder, start, path)));
  const tables = read.filter((each): each is Table => !('reason' in each));
  const unread = read.filter((each): each is Unread => 'reason' in each);
  if (tables.length === 0) return { refused: unread.map(({ reason }) => reason).join(' ') };
  const sources = tables.map((table) =>
    proposeSource(table, relativeTo(folder, table.path) ?? table.path, taken.sources),
  );
  const text = metricsText({
    sources,
    links: proposeLinks(sources),
    metrics: sources.flatMap((source) => proposeMetrics(source, taken.metrics)),
    unread: unread.map(({ path, reason }) => ({ path: relativeTo(folder, path) ?? path, reason })),
  });
  return {
    files: [
      ...(hasSettings ? [] : [{ path: settingsPath, text: settingsText(nameOf(folder), sources) }]),
      { path: start, text: canonical(text) },
    ],
    open: start,
    unread,
  };
}

/** As `plumbline fmt` would have it, so that the first run of that changes nothing. */
function canonical(text: string): string {
  return formatText('metrics', text).text;
}

/** Reads a data file as a source would find it: what no source can name is not read. */
async function readInside(
  fs: FileSystem,
  folder: string,
  start: string,
  path: string,
): Promise<Table | Unread> {
  const found = await findDataFiles(fs, folder, start, relativeTo(folder, path) ?? path);
  return 'problem' in found ? { path, reason: found.problem.message } : readTable(fs, path);
}

async function takenNames(
  fs: FileSystem,
  kinds: Kinds<ReadHook<unknown>>,
  folder: string,
): Promise<TakenNames> {
  const { project } = await loadProject(fs, folder, { kinds });
  return { sources: new Set(project.sources.keys()), metrics: new Set(project.metrics.keys()) };
}

/** A path in a folder at which there is nothing: with the name, or with the first number behind it that is free. */
async function freePath(fs: FileSystem, folder: string, name: string, ending: string): Promise<string> {
  for (let next = 1; ; next += 1) {
    const path = under(folder, `${name}${next === 1 ? '' : `_${next}`}${ending}`);
    if ((await fs.stat(path)) === undefined) return path;
  }
}
