import { Disposable, type Event, extensions, type LogOutputChannel, type Uri } from 'vscode';

/** What is used of the editor's own extension for git. */
interface Git {
  readonly repositories: readonly Repository[];
  readonly onDidOpenRepository: Event<Repository>;
}

interface Repository {
  readonly rootUri: Uri;
  readonly state: {
    readonly HEAD: { readonly name?: string; readonly commit?: string } | undefined;
    readonly onDidChange: Event<void>;
  };
}

interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): Git;
}

/**
 * Tells when the last commit of a repository is another: files need not change with it, and yet what a project is compared with does. Where the
 * editor's extension for git is off, nothing is told, and somebody who wants to know refreshes.
 */
export function onCommit(log: LogOutputChannel, told: (root: Uri) => void): Disposable {
  const listening: Disposable[] = [];
  const follow = ({ rootUri, state }: Repository): void => {
    let last = state.HEAD?.commit;
    listening.push(
      state.onDidChange(() => {
        const commit = state.HEAD?.commit;
        if (commit === last) return;
        // A repository that was just opened has not been read yet.
        const isKnown = last !== undefined;
        last = commit;
        if (isKnown) told(rootUri);
      }),
    );
  };
  const start = async (): Promise<void> => {
    const git = extensions.getExtension<GitExtension>('vscode.git');
    if (git === undefined) return;
    const known = await git.activate();
    if (!known.enabled) return;
    const api = known.getAPI(1);
    for (const repository of api.repositories) follow(repository);
    listening.push(api.onDidOpenRepository(follow));
  };
  start().catch((error: unknown) => log.debug(`Commits are not followed: ${String(error)}`));
  return new Disposable(() => {
    for (const each of listening.splice(0)) each.dispose();
  });
}
