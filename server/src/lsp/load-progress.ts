import type { ClientCapabilities, Connection } from 'vscode-languageserver';
import type { LoadProgress } from '../core/ports.ts';

/** Loading that takes less than this says nothing. */
const DELAY_MS = 800;

/** One load, while it goes on. */
export interface ShownLoad {
  readonly progress: LoadProgress;
  /** It has ended, well or not. */
  end(): void;
}

/** Shows a load that begins now. `cancel` is called when somebody asks to stop it. */
export type ShowLoad = (cancel: () => void) => ShownLoad;

/** Shows loads of data as work-done progress of the editor, which may be cancelled there, once they take a while. */
export function createShowLoad(connection: Connection, client: () => ClientCapabilities): ShowLoad {
  return (cancel) => {
    if (client().window?.workDoneProgress !== true) return { progress: () => {}, end: () => {} };
    let latest: { readonly percentage: number; readonly message: string } | undefined;
    let reporter: Awaited<ReturnType<Connection['window']['createWorkDoneProgress']>> | undefined;
    let hasEnded = false;
    const begin = async (): Promise<void> => {
      const made = await connection.window.createWorkDoneProgress();
      if (hasEnded) return;
      reporter = made;
      made.begin('Loading data', latest?.percentage ?? 0, latest?.message, true);
      made.token.onCancellationRequested(cancel);
    };
    const timer = setTimeout(() => void begin().catch(() => {}), DELAY_MS).unref();
    return {
      progress: (done, total, table, share = 0) => {
        const percentage = Math.floor((100 * (done + share)) / Math.max(1, total));
        latest = { percentage, message: `${table} (${Math.min(done + 1, total)} of ${total})` };
        reporter?.report(latest.percentage, latest.message);
      },
      end: () => {
        hasEnded = true;
        clearTimeout(timer);
        reporter?.done();
      },
    };
  };
}
