import { Disposable, EventEmitter, type LogOutputChannel } from 'vscode';
import {
  type ProjectSummary,
  type ProjectTreeResult,
  projectsRequest,
  projectTreeRequest,
  type WantNumbersParams,
  wantNumbersNotification,
} from '../../../../server/src/protocol/index.ts';
import { changedRows } from '../../changed-rows.ts';
import type { LanguageServer } from '../../language-server.ts';
import { type Soon, soon } from '../../soon.ts';
import { type Forest, forestOf, type Grouping, type ShownProject } from './tree-nodes.ts';
import { wantedNumbers } from './wanted-numbers.ts';

/** Why the explorer shows nothing, or that it shows something. */
export type ExplorerState = 'loading' | 'empty' | 'ready' | 'stopped' | 'absent';

/** Changes come in bursts while somebody types. */
const DELAY_MS = 300;
/** A project of thousands of metrics takes the server a moment, which it is not to spend on this while somebody types. */
const PATIENCE = 5;

/** The rows of the explorer, asked of the server while they are seen, and kept up to date. */
export class ExplorerModel implements Disposable {
  forest: Forest = { roots: [], nodes: new Map() };
  state: ExplorerState = 'loading';
  /** Rows have changed: those, or all. */
  readonly onChanged;
  readonly #changed = new EventEmitter<'all' | readonly string[]>();
  readonly #server: LanguageServer;
  readonly #log: LogOutputChannel;
  readonly #work: Soon;
  readonly #listening: Disposable;
  /** By the URI of a project. */
  readonly #trees = new Map<string, ProjectTreeResult>();
  /** Folders of projects of which something may be other than before. */
  readonly #dirty = new Set<string>();
  /** Headings whose rows are shown. */
  readonly #open = new Set<string>();
  #projects: readonly ProjectSummary[] = [];
  #shown: { readonly groupBy: Grouping; readonly filter: string } = { groupBy: 'stage', filter: '' };
  #isVisible = false;
  /** Whether the server has said what there is since it started. */
  #isLoaded = false;
  /** What was asked for last. */
  #wanted = '';

  constructor(server: LanguageServer, log: LogOutputChannel) {
    this.#server = server;
    this.#log = log;
    this.onChanged = this.#changed.event;
    this.#work = soon(DELAY_MS, () => this.#load(), PATIENCE);
    this.#listening = Disposable.from(
      server.onChanged(({ project }) => {
        this.#dirty.add(project);
        if (this.#isVisible) this.#work.soon();
      }),
      server.onState(() => this.#restarted()),
    );
  }

  /** Resolves when something is known of the projects, or that there is nothing to know. */
  async loaded(): Promise<void> {
    while (this.state === 'loading') {
      await new Promise<void>((resolve) => {
        const once = this.onChanged(() => {
          once.dispose();
          resolve();
        });
      });
    }
  }

  /** Asks the server for everything anew. */
  async refresh(): Promise<void> {
    for (const { folder } of this.#projects) this.#dirty.add(folder);
    await this.#load();
  }

  /** Whether anybody sees it: else nothing is asked. */
  setVisible(visible: boolean): void {
    if (this.#isVisible === visible) return;
    this.#isVisible = visible;
    if (visible) this.#work.now();
  }

  show(groupBy: Grouping, filter: string): void {
    this.#shown = { groupBy, filter };
    this.#grow();
  }

  /** The rows of a heading have come into view, or are hidden. */
  setOpen(id: string, open: boolean): void {
    if (this.#open.has(id) === open) return;
    if (open) this.#open.add(id);
    else this.#open.delete(id);
    this.#want();
  }

  dispose(): void {
    this.#work.dispose();
    this.#listening.dispose();
    this.#changed.dispose();
  }

  #restarted(): void {
    if (!this.#server.running) {
      this.#trees.clear();
      this.#projects = [];
      this.#isLoaded = false;
    }
    this.#wanted = '';
    if (this.#isVisible) this.#work.now();
    else if (!this.#server.running) this.#grow();
  }

  async #load(): Promise<void> {
    const server = this.#server;
    try {
      if (server.running) this.#projects = (await server.request(projectsRequest, null)).projects;
      for (const { uri, folder } of this.#projects) {
        if (this.#trees.has(uri) && !this.#dirty.has(folder)) continue;
        this.#dirty.delete(folder);
        const tree = await server.request(projectTreeRequest, { textDocument: { uri } });
        if (tree !== null) this.#trees.set(uri, tree);
      }
      this.#isLoaded = server.running;
    } catch (error) {
      // It died meanwhile, and its state tells so.
      this.#log.debug(`The explorer is not up to date: ${String(error)}`);
    }
    const uris = new Set(this.#projects.map(({ uri }) => uri));
    for (const uri of this.#trees.keys()) if (!uris.has(uri)) this.#trees.delete(uri);
    this.#grow();
  }

  /** Makes the rows of what is known, and tells which are others. */
  #grow(): void {
    const known = this.#projects.flatMap(({ uri, name }): ShownProject[] => {
      const tree = this.#trees.get(uri);
      return tree === undefined || isEmpty(tree) ? [] : [{ uri, name, tree }];
    });
    const { forest, state } = this;
    this.forest = forestOf(known, this.#shown.groupBy, this.#shown.filter);
    this.state = stateOf(this.#server, this.#isLoaded, known.length > 0);
    const rows = state === this.state ? changedRows(forest, this.forest) : 'all';
    if (rows === 'all' || rows.length > 0) this.#changed.fire(rows);
    this.#want();
  }

  /** Has the numbers computed of what is shown. */
  #want(): void {
    if (!this.#isVisible || !this.#server.running) return;
    const wanted: readonly WantNumbersParams[] = wantedNumbers(this.forest, this.#open);
    const key = JSON.stringify(wanted);
    if (key === this.#wanted) return;
    this.#wanted = key;
    for (const params of wanted) {
      this.#server
        .notify(wantNumbersNotification.method, params)
        .catch((error: unknown) => this.#log.debug(`Numbers cannot be asked for: ${String(error)}`));
    }
  }
}

function stateOf({ running, phase }: LanguageServer, isLoaded: boolean, isKnown: boolean): ExplorerState {
  if (running) return isKnown ? 'ready' : isLoaded ? 'empty' : 'loading';
  return phase === 'starting' ? 'loading' : phase === 'absent' ? 'absent' : 'stopped';
}

/** Whether a project has nothing to show, as a folder without metrics files. */
function isEmpty({ metrics, segments, targets, sources, journeys }: ProjectTreeResult): boolean {
  return [metrics, segments, targets, sources, journeys].every((list) => list.length === 0);
}
