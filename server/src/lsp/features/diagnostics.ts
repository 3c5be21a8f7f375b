import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import { analyse } from '../../core/analyse.ts';
import { Cancelled } from '../../core/base/cancel.ts';
import { LineIndex } from '../../core/base/line-index.ts';
import type { Problem } from '../../core/base/problem.ts';
import type { Span } from '../../core/base/span.ts';
import { kinds } from '../../core/kinds/index.ts';
import { findRoot, loadProject } from '../../core/workspace.ts';
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
      const root = await findRoot(context.fs, path);
      const publisher = projects.get(root) ?? new Publisher(context, root);
      projects.set(root, publisher);
      await publisher.publish();
    };
    const safely = ({ document }: { readonly document: { readonly uri: string } }): void => {
      refresh(document.uri).catch((error: unknown) => {
        if (!(error instanceof Cancelled))
          context.connection.console.error(`Checking failed: ${String(error)}`);
      });
    };
    context.documents.onDidChangeContent(safely);
    context.documents.onDidClose(safely);
  },
};

/** Publishes the problems of one project and takes them back where they are gone. */
class Publisher {
  readonly #context: ServerContext;
  readonly #root: string;
  #published = new Set<string>();
  #running: AbortController | undefined;

  constructor(context: ServerContext, root: string) {
    this.#context = context;
    this.#root = root;
  }

  async publish(): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    const { connection, documents, fs } = this.#context;
    const overlay = new Map<string, string>();
    for (const document of documents.all()) {
      const path = pathOfUri(document.uri);
      if (path !== undefined) overlay.set(path, document.getText());
    }
    const loaded = await loadProject(fs, this.#root, { kinds, overlay, signal: running.signal });
    if (running.signal.aborted) return;
    const { problems } = analyse(loaded, kinds);
    const texts = new Map(loaded.project.files.map((file) => [file.path, file.text]));
    const byFile = groupByFile(problems);
    for (const file of this.#published) {
      if (!byFile.has(file)) await connection.sendDiagnostics({ uri: uriOfPath(file), diagnostics: [] });
    }
    this.#published = new Set(byFile.keys());
    for (const [file, list] of byFile) {
      const text = overlay.get(file) ?? texts.get(file) ?? (await fs.readText(file).catch(() => ''));
      const lines = new LineIndex(text);
      await connection.sendDiagnostics({
        uri: uriOfPath(file),
        diagnostics: list.map((problem) => toDiagnostic(problem, lines)),
      });
    }
  }
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
