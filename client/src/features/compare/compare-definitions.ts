import { commands, l10n } from 'vscode';
import type { Location } from '../../../../server/src/protocol/index.ts';
import { rangeFrom, uriFrom } from '../../from-protocol.ts';
import type { Definition } from './change-rows.ts';
import { oneLine } from './plain-text.ts';

/**
 * Shows the files of a definition before and after side by side, at the definition; where it is in one version only, that one's.
 *
 * @param versions what people call the two versions
 * @returns whether there was anything to show: the settings of a project have no place of their own
 */
export async function compareDefinitions(
  { subject, at }: Definition,
  versions: readonly [before: string, after: string],
): Promise<boolean> {
  const { before, after } = at;
  if (before !== null && after !== null) {
    const [was, is] = versions.map(oneLine);
    const title = l10n.t('{0}: {1} ↔ {2}', oneLine(subject.name), was ?? '', is ?? '');
    await commands.executeCommand('vscode.diff', uriFrom(before.uri), uriFrom(after.uri), title, {
      selection: rangeFrom(after.range),
      preview: true,
    });
    return true;
  }
  const only = after ?? before;
  if (only !== null) await openAt(only);
  return only !== null;
}

/** Opens a file with a definition selected by its name. */
export async function openAt(at: Location): Promise<void> {
  await commands.executeCommand('vscode.open', uriFrom(at.uri), {
    selection: rangeFrom(at.range),
    preview: true,
  });
}
