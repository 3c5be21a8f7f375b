import {
  CancellationTokenSource,
  Disposable,
  EventEmitter,
  type LogOutputChannel,
  l10n,
  window,
  workspace,
} from 'vscode';
import {
  type Base,
  type Comparison,
  comparisonRequest,
  type ProjectSummary,
} from '../../../../server/src/protocol/index.ts';
import type { LanguageServer } from '../../language-server.ts';

/** What is compared with what, and what came of it. */
export interface Compared {
  readonly project: Pick<ProjectSummary, 'uri' | 'folder' | 'name'>;
  readonly base: Base;
  /** The latest that is known; null before anything is. */
  readonly comparison: Comparison | null;
  /** Why there is none of the text as it is now, and what to do; null where there is one. */
  readonly failure: string | null;
  /** Whether it is of the text as it is now, as far as is known. */
  readonly isCurrent: boolean;
  /** Versions of the open documents, by URI, when the comparison was asked for: its places are of these. */
  readonly versions: ReadonlyMap<string, number>;
}

/** So long nobody has typed before it is compared again. */
const QUIET_MS = 1_000;

/** The comparison of a project with another version of it, kept up to date as long as it is on. There is one at a time. */
export class ComparisonModel implements Disposable {
  /** It is another, is being made anew, or has ended. */
  readonly onChanged;
  readonly #changed = new EventEmitter<void>();
  readonly #server: LanguageServer;
  readonly #log: LogOutputChannel;
  readonly #view: string;
  readonly #listening: Disposable;
  #compared: Compared | undefined;
  #running: CancellationTokenSource | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param view the id of the view that shows progress */
  constructor(server: LanguageServer, log: LogOutputChannel, view: string) {
    this.#server = server;
    this.#log = log;
    this.#view = view;
    this.onChanged = this.#changed.event;
    this.#listening = Disposable.from(
      server.onChanged(({ project, what }) => {
        // Numbers follow a text or data that have changed, which was told before.
        if (what === 'problems' && project === this.#compared?.project.folder) this.refreshSoon();
      }),
      server.onState(() => this.#restarted()),
      workspace.onDidGrantWorkspaceTrust(() => this.refreshSoon()),
    );
  }

  get compared(): Compared | undefined {
    return this.#compared;
  }

  /** Compares a project with a version of it, in place of what was compared before. */
  compare(project: Compared['project'], base: Base): void {
    const [known, wanted] = [this.#compared, JSON.stringify([project.uri, base])];
    const isSame = known !== undefined && JSON.stringify([known.project.uri, known.base]) === wanted;
    if (!isSame) {
      this.#compared = {
        ...{ project, base, comparison: null, failure: null },
        isCurrent: false,
        versions: new Map(),
      };
    }
    this.refresh();
  }

  /** Makes it anew at once. */
  refresh(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#load();
  }

  /** Makes it anew as soon as nothing has changed for a moment. */
  refreshSoon(): void {
    if (this.#compared === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.refresh(), QUIET_MS);
    this.#set({ isCurrent: false });
  }

  /** Compares nothing any more. */
  stop(): void {
    this.#cancel();
    this.#compared = undefined;
    this.#changed.fire();
  }

  dispose(): void {
    this.#cancel();
    this.#listening.dispose();
    this.#changed.dispose();
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running?.cancel();
    this.#running = undefined;
  }

  #set(change: Partial<Compared>): void {
    if (this.#compared === undefined) return;
    this.#compared = { ...this.#compared, ...change };
    this.#changed.fire();
  }

  #restarted(): void {
    if (this.#compared === undefined) return;
    if (this.#server.running) this.refresh();
    else {
      this.#cancel();
      // One that is started again soon has the same to say; nobody knows of what one that has stopped would.
      const hasStopped = this.#server.phase === 'stopped';
      this.#set({ isCurrent: false, ...(hasStopped && { comparison: null, failure: null }) });
    }
  }

  async #load(): Promise<void> {
    const compared = this.#compared;
    this.#running?.cancel();
    if (compared === undefined) return;
    this.#set({ isCurrent: false });
    if (!this.#server.running) return;
    const running = new CancellationTokenSource();
    this.#running = running;
    const versions = new Map(
      workspace.textDocuments.map(({ uri, version }) => [uri.toString(), version] as const),
    );
    const found = await this.#ask(compared, running);
    // A newer one has begun, or it has ended: then this one says nothing.
    if (running.token.isCancellationRequested || this.#running !== running) return;
    this.#running = undefined;
    this.#set({ versions, isCurrent: this.#timer === undefined, ...found });
  }

  /** Never rejects: why there is none is told as well. */
  async #ask(
    { project, base, ...known }: Compared,
    { token }: CancellationTokenSource,
  ): Promise<Partial<Compared>> {
    const failed = (failure: string) => ({ comparison: null, failure });
    try {
      const comparison = await window.withProgress({ location: { viewId: this.#view } }, () =>
        this.#server.request(comparisonRequest, { textDocument: { uri: project.uri }, base }, { token }),
      );
      // The server gives up what is asked of a text that has changed meanwhile, and that is asked about again soon.
      if (comparison === null && this.#timer !== undefined) return known;
      if (comparison === null)
        return failed(
          l10n.t('{0} is in no project any more. Stop comparing, or open its folder.', project.name),
        );
      const { unavailable } = comparison;
      return unavailable === null ? { comparison, failure: null } : failed(unavailable);
    } catch (error) {
      this.#log.warn(`A project could not be compared: ${String(error)}`);
      const reason = error instanceof Error ? error.message : String(error);
      return failed(l10n.t('The versions could not be compared: {0} Refresh to try again.', reason));
    }
  }
}
