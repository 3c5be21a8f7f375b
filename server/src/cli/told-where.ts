import { FileProblem } from '../core/ports.ts';
import { SetupError } from './exit-code.ts';
import type { Host } from './host.ts';
import { shownPath } from './paths.ts';

/** Does work that writes. What cannot be written is told with where that was. */
export async function toldWhere<T>(host: Pick<Host, 'cwd'>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    throw new SetupError(`${shownPath(host.cwd, error.path)} cannot be written. ${error.message}`);
  }
}
