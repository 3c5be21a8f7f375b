import {
  type Diagnostic,
  DiagnosticRefreshRequest,
  DiagnosticSeverity,
  DiagnosticTag,
  DocumentDiagnosticReportKind,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { hashOf } from '../../core/base/hash.ts';
import type { Problem, ProblemKind } from '../../core/base/problem.ts';
import { problemKinds } from '../../core/registry.ts';
import type { Feature, ServerContext } from '../feature.ts';
import type { ProjectSession } from '../session/project-session.ts';
import type { Snapshot } from '../snapshot.ts';
import { pathOfUri } from '../uris.ts';

/**
 * Problems, pulled by clients that ask for them and pushed to the others. What the text shows is told at once; what only the
 * rows show follows when it is known. Nothing is ever told of a text that has changed since.
 */
export const diagnostics: Feature = {
  capabilities: (client) =>
    client.textDocument?.diagnostic === undefined
      ? {}
      : {
          diagnosticProvider: {
            identifier: 'plumbline',
            interFileDependencies: true,
            workspaceDiagnostics: true,
          },
        },
  register(context) {
    registerPull(context);
    const pushers = new Map<ProjectSession, Pusher>();
    const told: Told = new Map();
    const later = new Map<ProjectSession, ReturnType<typeof setTimeout>>();
    context.onChanged((session, what) => {
      // Numbers come one after the other: what they show is told together.
      if (what === 'numbers') {
        if (!later.has(session))
          later.set(
            session,
            setTimeout(() => tell(session), TOGETHER_MS),
          );
      } else tell(session);
    });
    const tell = (session: ProjectSession): void => {
      clearTimeout(later.get(session));
      later.delete(session);
      const { diagnostic } = context.client().textDocument ?? {};
      if (diagnostic !== undefined) {
        refreshPull(context);
        return;
      }
      const pusher = pushers.get(session) ?? new Pusher(context, session, told);
      if (context.projects.sessions.includes(session)) pushers.set(session, pusher);
      else pushers.delete(session);
      pusher.push();
    };
  },
};

/** How long findings of the data wait for others. */
const TOGETHER_MS = 100;

/** What a client was told last: by URI which project told it, and the result's id with the document's version. */
type Told = Map<string, { readonly by: ProjectSession; readonly id: string }>;

/** Tells a client that does not ask. Files that had problems and have none any more are told too. */
class Pusher {
  readonly #context: ServerContext;
  readonly #session: ProjectSession;
  readonly #told: Told;
  #busy = false;
  #again = false;

  constructor(context: ServerContext, session: ProjectSession, told: Told) {
    this.#context = context;
    this.#session = session;
    this.#told = told;
  }

  push(): void {
    this.#again = true;
    if (!this.#busy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#again) {
        this.#again = false;
        await this.#pushNow();
      }
    } catch (error) {
      this.#context.connection.console.error(
        `Problems could not be told: ${error instanceof Error ? error.stack : String(error)}`,
      );
    } finally {
      this.#busy = false;
    }
  }

  async #pushNow(): Promise<void> {
    const { connection, documents } = this.#context;
    const found = await this.#find();
    const sent: Promise<void>[] = [];
    for (const uri of new Set([...this.#own(), ...found.keys()])) {
      const diagnostics = found.get(uri) ?? [];
      const document = documents.get(uri);
      // The client has typed on: the next state is about to be told.
      if (document !== undefined && !this.#isCurrent(uri, document.getText())) {
        this.#again = true;
        continue;
      }
      const version = document?.version;
      const id = `${version} ${resultIdOf(diagnostics)}`;
      const before = this.#told.get(uri)?.id;
      if (diagnostics.length > 0 || document !== undefined) this.#told.set(uri, { by: this.#session, id });
      else this.#told.delete(uri);
      if (before === id) continue;
      sent.push(
        connection.sendDiagnostics({ uri, diagnostics, ...(version === undefined ? {} : { version }) }),
      );
    }
    await Promise.all(sent);
  }

  /** What is wrong in the project; nothing where it is none any more. */
  async #find(): Promise<ReadonlyMap<string, Diagnostic[]>> {
    const { projects } = this.#context;
    if (!projects.sessions.includes(this.#session)) return new Map();
    return diagnosticsByUri(this.#context, await projects.snapshotOf(this.#session));
  }

  /** The documents of this project that the client has open, and those of which this project told last. */
  #own(): readonly string[] {
    const open = [...this.#session.openPaths].map((path) => this.#context.projects.uriOf(path));
    return [...open, ...[...this.#told].filter(([, { by }]) => by === this.#session).map(([uri]) => uri)];
  }

  #isCurrent(uri: string, text: string): boolean {
    const known = this.#session.openText(pathOfUri(uri) ?? '');
    return known === undefined || known === text;
  }
}

function registerPull(context: ServerContext): void {
  const { connection, projects } = context;
  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }) => {
    const snapshot = await projects.snapshot(uri);
    const items = snapshot === undefined ? [] : (diagnosticsByUri(context, snapshot).get(uri) ?? []);
    const resultId = resultIdOf(items);
    return resultId === previousResultId
      ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  });
  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
    const before = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    for (const session of await projects.all()) {
      if (token.isCancellationRequested) break;
      const found = diagnosticsByUri(context, await projects.wholeSnapshotOf(session, token));
      for (const [uri, diagnostics] of found) items.push(reportOf(context, uri, diagnostics, before));
    }
    const told = new Set(items.map(({ uri }) => uri));
    // A file that was emptied, closed or deleted keeps no problems.
    for (const uri of before.keys()) if (!told.has(uri)) items.push(reportOf(context, uri, [], before));
    return { items };
  });
}

function reportOf(
  { documents }: ServerContext,
  uri: string,
  items: Diagnostic[],
  before: ReadonlyMap<string, string>,
): WorkspaceDocumentDiagnosticReport {
  const resultId = resultIdOf(items);
  const version = documents.get(uri)?.version ?? null;
  return before.get(uri) === resultId
    ? { kind: DocumentDiagnosticReportKind.Unchanged, uri, version, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, uri, version, resultId, items };
}

let isRefreshing = false;

/** Has the client pull again: what it was told may have changed without any text of its own changing. */
function refreshPull({ connection, client }: ServerContext): void {
  if (client().workspace?.diagnostics?.refreshSupport !== true || isRefreshing) return;
  isRefreshing = true;
  setImmediate(() => {
    isRefreshing = false;
    connection.sendRequest(DiagnosticRefreshRequest.type).catch(() => {});
  });
}

/** Equal for equal answers, so that a client is not sent what it has. */
function resultIdOf(diagnostics: readonly Diagnostic[]): string {
  return hashOf(JSON.stringify(diagnostics));
}

function diagnosticsByUri(context: ServerContext, snapshot: Snapshot): ReadonlyMap<string, Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  for (const problem of snapshot.session.problemsInFiles(snapshot.analysis)) {
    const { uri } = snapshot.location(problem);
    const diagnostic = toDiagnostic(context, snapshot, problem);
    const known = found.get(uri);
    if (known === undefined) found.set(uri, [diagnostic]);
    else known.push(diagnostic);
  }
  return found;
}

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;

const TAGS = { unused: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

const KINDS: ReadonlyMap<string, ProblemKind> = new Map(problemKinds.map((kind) => [kind.id, kind]));

function toDiagnostic({ client, pageOf }: ServerContext, snapshot: Snapshot, problem: Problem): Diagnostic {
  const { code, message, severity, related = [] } = problem;
  const can = client().textDocument?.diagnostic ?? client().textDocument?.publishDiagnostics;
  const page = can?.codeDescriptionSupport === true ? pageOf(code) : undefined;
  const tag = KINDS.get(code)?.tag;
  const more =
    can?.relatedInformation === true
      ? related.map((place) => ({ location: snapshot.location(place), message: place.message }))
      : [];
  return {
    range: snapshot.range(problem),
    severity: SEVERITIES[severity],
    code,
    source: 'plumbline',
    message,
    ...(page === undefined ? {} : { codeDescription: { href: page } }),
    ...(tag === undefined ? {} : { tags: [TAGS[tag]] }),
    ...(more.length === 0 ? {} : { relatedInformation: more }),
  };
}
