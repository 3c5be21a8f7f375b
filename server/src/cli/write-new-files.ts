import { FileProblem } from '../core/ports.ts';
import { parentOf } from '../core/workspace/paths.ts';
import { SetupError } from './exit-code.ts';
import type { Host } from './host.ts';
import { shownPath } from './paths.ts';

/**
 * Writes files that are not there yet, and the folders that they need. Where one is there, or cannot be written, those before it are
 * removed again and a `SetupError` names it.
 */
export async function writeNewFiles(
  { output, cwd }: Pick<Host, 'output' | 'cwd'>,
  files: readonly { readonly path: string; readonly text: string }[],
): Promise<void> {
  for (const { path } of files) {
    // A link that leads nowhere is something, too.
    if ((await output.kindOf(path)) !== undefined)
      throw new SetupError(
        `${shownPath(cwd, path)} is there already, and nothing was written. Choose another folder, or move it away.`,
      );
  }
  const written: string[] = [];
  try {
    for (const { path, text } of files) {
      await output.makeFolder(parentOf(path));
      await output.write(path, text);
      written.push(path);
    }
  } catch (error) {
    for (const path of written) await output.remove(path);
    if (!(error instanceof FileProblem)) throw error;
    throw new SetupError(
      `${shownPath(cwd, error.path)} cannot be written, and no file was kept. ${error.message}`,
    );
  }
}
