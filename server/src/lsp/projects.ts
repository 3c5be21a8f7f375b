import type { CancellationToken, Location, Position, Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { analyse } from '../core/analyse.ts';
import { LineIndex } from '../core/base/line-index.ts';
import type { Place } from '../core/base/span.ts';
import type { Need } from '../core/evaluate/numbers.ts';
import { fileAt, type IdeContext, type IdeFile } from '../core/ide/ide-context.ts';
import { kinds } from '../core/kinds/index.ts';
import type { FileSystem } from '../core/ports.ts';
import { parentOf } from '../core/workspace/paths.ts';
import { findRoot, loadProject } from '../core/workspace.ts';
import { pathOfUri, uriOfPath } from './uris.ts';

/** A place in a file of a project, with what features there are computed from. */
export interface At {
  readonly context: IdeContext;
  readonly file: IdeFile;
  readonly offset: number;
}

/** One state of a project: immutable, so that an answer never mixes two texts. */
export interface Snapshot {
  /** Of the whole project. */
  readonly context: IdeContext;
  /** The files that a document consists of, in its order; empty where it is no metrics file of the project. */
  files(uri: string): readonly IdeFile[];
  /** The file and offset of a position in a document. */
  at(uri: string, position: Position): At | undefined;
  /** Where a place is in the client's terms. */
  range(place: Place): Range;
  location(place: Place): Location;
  /** Computes numbers that an answer needs and that are not known yet; resolves when they are, or cannot be. */
  ensure(needs: readonly Need[], token: CancellationToken): Promise<IdeContext>;
}

/** The projects of the workspace. */
export interface Projects {
  /** The project of a document as it is now, its unsaved text included; `undefined` where it is no file on disk. */
  snapshot(uri: string, token: CancellationToken): Promise<Snapshot | undefined>;
}

/** The projects of open documents, read anew for each request. */
export function createProjects(fs: FileSystem, documents: () => readonly TextDocument[]): Projects {
  return {
    async snapshot(uri) {
      const path = pathOfUri(uri);
      if (path === undefined) return undefined;
      const overlay = new Map(
        documents().flatMap((document) => {
          const open = pathOfUri(document.uri);
          return open === undefined ? [] : [[open, document.getText()] as const];
        }),
      );
      const root = await findRoot(fs, parentOf(path));
      const loaded = await loadProject(fs, root, { kinds, overlay });
      const { checked, problems } = analyse(loaded, kinds);
      const context = { checked, problems, numbers: undefined };
      const lines = new Map(loaded.project.files.map((file) => [file.path, new LineIndex(file.text)]));
      const range = ({ file, span }: Place): Range => {
        const index = lines.get(file) ?? new LineIndex('');
        const [start, end] = [index.position(span.start), index.position(span.end)];
        return {
          start: { line: start.line, character: start.column },
          end: { line: end.line, character: end.column },
        };
      };
      const own = fileAt(context, path);
      return {
        context,
        range,
        location: (place) => ({ uri: uriOfPath(place.file), range: range(place) }),
        files: (of) => (pathOfUri(of) === path && own !== undefined ? [own] : []),
        at: (_, { line, character }) =>
          own && { context, file: own, offset: lines.get(path)?.offset({ line, column: character }) ?? 0 },
        ensure: async () => context,
      };
    },
  };
}
