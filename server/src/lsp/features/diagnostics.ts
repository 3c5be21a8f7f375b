import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { analyse } from '../../core/analyse.ts';
import { Cancelled } from '../../core/base/cancel.ts';
import { LineIndex } from '../../core/base/line-index.ts';
import type { Problem } from '../../core/base/problem.ts';
import type { Span } from '../../core/base/span.ts';
import { kinds } from '../../core/kinds/index.ts';
import type { FileSystem } from '../../core/ports.ts';
import { parentOf } from '../../core/workspace/paths.ts';
import { findRoot, type LoadedProject, loadProject } from '../../core/workspace.ts';
import { createNodeFileSystem } from '../../hosts/node-file-system.ts';
import type { Feature, ServerContext } from '../feature.ts';
import { pathOfUri, uriOfPath } from '../uris.ts';

/**
 * Problems, pushed for every file of a project when one of its documents is opened, changed or closed. What was
 * computed for a text that has changed since is thrown away.
 */
export const diagnostics: Feature = {
  capabilities: {},
  register(context) {
    const projects = new Map<string, Publisher>();
    const refresh = async (uri: string): Promise<void> => {
      const path = pathOfUri(uri);
      if (path === undefined) return;
      // Its folder is asked for, as the file itself may not be there yet, or no longer.
      const root = await findRoot(createNodeFileSystem(), parentOf(path));
      const publisher = projects.get(root) ?? new Publisher(context, root);
      projects.set(root, publisher);
      await publisher.publish();
    };
    const safely = ({ document }: { readonly document: { readonly uri: string } }): void => {
      refresh(document.uri).catch((error: unknown) => {
        if (error instanceof Cancelled) return;
        const defect = error instanceof Error ? (error.stack ?? error.message) : String(error);
        context.connection.console.error(`Checking failed: ${defect}`);
      });
    };
    context.documents.onDidChangeContent(safely);
    context.documents.onDidClose(safely);
  },
};

/**
 * Publishes the problems of one project, and takes them back where they are gone. An open document without problems is
 * told so, with its version, so that a client knows that it was checked.
 */
class Publisher {
  readonly #context: ServerContext;
  readonly #root: string;
  /** Where problems stand now: path → the URI under which the client was told. */
  #published: ReadonlyMap<string, string> = new Map();
  #running: AbortController | undefined;

  constructor(context: ServerContext, root: string) {
    this.#context = context;
    this.#root = root;
  }

  async publish(): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const { connection } = this.#context;
    const fs = createNodeFileSystem();
    const opened = openedFiles(this.#context);
    const overlay = new Map([...opened].map(([path, { text }]) => [path, text]));
    const loaded = await loadProject(fs, this.#root, { kinds, overlay, signal: running.signal });
    if (running.signal.aborted) return;
    const byFile = groupByFile(analyse(loaded, kinds).problems);
    const lines = await lineIndexes(fs, [...byFile.keys()], loaded, overlay);
    // Nothing waits from here on, so that the problems of two texts are never mixed.
    if (running.signal.aborted) return;
    const read = loaded.project.files.map(({ path }) => path).filter((path) => opened.has(path));
    const uriOf = (file: string): string =>
      opened.get(file)?.uri ?? this.#published.get(file) ?? uriOfPath(file);
    const uris = new Map(
      [...this.#published.keys(), ...byFile.keys(), ...read].map((file) => [file, uriOf(file)]),
    );
    this.#published = new Map([...uris].filter(([file]) => byFile.has(file)));
    const sent = [...uris].map(([file, uri]) => {
      const index = lines.get(file) ?? new LineIndex('');
      const diagnostics = (byFile.get(file) ?? []).map((problem) => toDiagnostic(problem, index));
      const version = opened.get(file)?.version;
      return connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) });
    });
    await Promise.all(sent);
  }
}

interface OpenedFile {
  /** As the client writes it: two clients may spell the URI of one path differently. */
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

/** The open documents that are files, by path, as they are now. */
function openedFiles({ documents }: ServerContext): ReadonlyMap<string, OpenedFile> {
  return new Map(
    documents.all().flatMap((document) => {
      const path = pathOfUri(document.uri);
      const { uri, version } = document;
      return path === undefined ? [] : [[path, { uri, version, text: document.getText() }]];
    }),
  );
}

/** The lines of the texts that were checked. A file that was not read as text has none, and its problems are at its start. */
async function lineIndexes(
  fs: FileSystem,
  files: readonly string[],
  { project }: LoadedProject,
  overlay: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, LineIndex>> {
  const texts = new Map(project.files.map(({ path, text }) => [path, text]));
  const read = async (file: string): Promise<string> =>
    overlay.get(file) ?? texts.get(file) ?? (await fs.readText(file).catch(() => ''));
  return new Map(
    await Promise.all(files.map(async (file) => [file, new LineIndex(await read(file))] as const)),
  );
}

function groupByFile(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const group = groups.get(problem.file);
    if (group === undefined) groups.set(problem.file, [problem]);
    else group.push(problem);
  }
  return groups;
}

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

function toDiagnostic(problem: Problem, lines: LineIndex): Diagnostic {
  return {
    range: toRange(problem.span, lines),
    severity: SEVERITIES[problem.severity],
    code: problem.code,
    source: 'plumbline',
    message: problem.message,
  };
}

function toRange({ start, end }: Span, lines: LineIndex): Diagnostic['range'] {
  const [from, to] = [lines.position(start), lines.position(end)];
  return {
    start: { line: from.line, character: from.column },
    end: { line: to.line, character: to.column },
  };
}
