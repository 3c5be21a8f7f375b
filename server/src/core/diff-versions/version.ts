import { type Analysis, analyse } from '../analyse.ts';
import type { Cancel } from '../base/cancel.ts';
import type { ReportedSide } from '../diff/reported-diff.ts';
import type { DiffSide } from '../diff/side.ts';
import type { MetricKind } from '../kinds/kind.ts';
import type { FileSystem, RepositoryFiles } from '../ports.ts';
import { assemble } from '../workspace/assemble.ts';
import { relativeTo, under } from '../workspace/paths.ts';
import type { FileText, ProjectTexts } from '../workspace/read-texts.ts';
import { type LoadedProject, loadProject, readShapes, readTexts } from '../workspace.ts';

/** Where one version of a project lies. */
export interface Version {
  readonly fs: FileSystem;
  /** Absolute path of the root folder. */
  readonly root: string;
  /** Equal for files with the same bytes, whichever version they are of; `undefined` where there is no file. */
  fingerprint(file: string): Promise<string | undefined>;
  /** Equal for text files that differ in nothing but how their lines end; `undefined` where there is no file. */
  linePrint(file: string): Promise<string | undefined>;
  /** Puts data files where the engine can read them, each at its own path. Absent where they lie there. */
  prepare?(files: readonly string[], signal?: Cancel): Promise<void>;
  /** The repository around it. Absent for a folder, of which nobody has asked so far what lies around it. */
  readonly repository?: RepositoryFiles;
}

/** A version as it was read and checked. */
export interface OpenVersion extends DiffSide {
  readonly version: Version;
  readonly analysis: Analysis;
}

/** What a report says of a version. */
export function reportedSide(
  name: string,
  { loaded, checked, analysis }: OpenVersion,
  borrowed: ReportedSide['borrowed'],
): ReportedSide {
  const errors = analysis.problems.filter(({ severity }) => severity === 'error').length;
  return { name, loaded, checked, borrowed, errors };
}

type KindMap = ReadonlyMap<string, MetricKind>;

/** Reads and checks a version. Rejects only when cancelled; what is wrong with its files is among the problems of the analysis. */
export async function openVersion(version: Version, kinds: KindMap, signal?: Cancel): Promise<OpenVersion> {
  const loaded = await loadProject(version.fs, version.root, { kinds, ...(signal && { signal }) });
  return opened(version, loaded, kinds);
}

/**
 * The definitions of one version over the data of another, as if the texts of the one had been put into the folder of the other. What
 * the definitions name and the data do not have becomes a problem of it, as everywhere.
 */
export async function mixedVersion(
  definitions: OpenVersion,
  data: OpenVersion,
  kinds: KindMap,
  signal?: Cancel,
): Promise<OpenVersion> {
  const texts = await readTexts(definitions.version.fs, definitions.version.root, signal);
  const moved = movedTexts(texts, data.version.root);
  const bare = assemble(moved, new Map(), kinds);
  const shapes = await readShapes(data.version.fs, bare.project, signal);
  return opened(data.version, assemble(moved, shapes, kinds, bare), kinds);
}

function opened(version: Version, loaded: LoadedProject, kinds: KindMap): OpenVersion {
  const analysis = analyse(loaded, kinds);
  return { version, loaded, analysis, checked: analysis.checked };
}

/** The same texts in another folder. */
function movedTexts({ root, settings, files }: ProjectTexts, to: string): ProjectTexts {
  const moved = (path: string): string => {
    const within = relativeTo(root, path);
    return within === undefined ? path : under(to, within);
  };
  const movedText = ({ path, text }: FileText): FileText => ({
    path: moved(path),
    text: typeof text === 'string' ? text : { ...text, file: moved(text.file) },
  });
  return {
    root: to,
    settings: settings && movedText(settings),
    files: new Map([...files.values()].map(movedText).map((file) => [file.path, file])),
  };
}
