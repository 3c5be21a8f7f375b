import { Disposable, type LogOutputChannel } from 'vscode';
import { examplesRequest, projectsRequest } from '../../../../server/src/protocol/index.ts';
import type { LanguageServer } from '../../language-server.ts';
import { soon } from '../../soon.ts';
import type { TestTree } from './test-tree.ts';

/** Changes come in bursts while somebody types. */
const DELAY_MS = 300;
/** As for the explorer: a project of thousands of examples leaves the server free between. */
const PATIENCE = 5;

/** Keeps the tests as the text has them, unsaved changes included. */
export interface TestsKept extends Disposable {
  /** Asks for what may be other than before. */
  load(): Promise<void>;
  /** Asks for everything anew. */
  reload(): Promise<void>;
}

/** Asks the server for the examples of every project, now and whenever one may have others. */
export function keepTests(server: LanguageServer, tree: TestTree, log: LogOutputChannel): TestsKept {
  /** Folders of projects whose definitions may be others. */
  const dirty = new Set<string>();
  const load = async (): Promise<void> => {
    if (!server.running) return;
    try {
      const { projects } = await server.request(projectsRequest, null);
      tree.keep(projects);
      for (const project of projects) {
        if (tree.has(project.uri) && !dirty.has(project.folder)) continue;
        dirty.delete(project.folder);
        const examples = await server.request(examplesRequest, { textDocument: { uri: project.uri } });
        tree.show(project, examples ?? []);
      }
    } catch (error) {
      // It died meanwhile; it is asked again when it is back.
      log.debug(`The tests are not up to date: ${String(error)}`);
    }
  };
  const reload = (): Promise<void> => {
    tree.keep([]);
    return load();
  };
  const update = soon(DELAY_MS, load, PATIENCE);
  const listening = Disposable.from(
    server.onChanged(({ project, what }) => {
      if (what !== 'problems') return;
      dirty.add(project);
      update.soon();
    }),
    server.onState(() => {
      if (!server.running) return;
      tree.keep([]);
      update.now();
    }),
  );
  update.now();
  return {
    load,
    reload,
    dispose() {
      update.dispose();
      listening.dispose();
    },
  };
}
