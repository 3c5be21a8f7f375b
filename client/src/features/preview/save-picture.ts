import { l10n, Uri, window, workspace } from 'vscode';

/**
 * Asks where to, and saves a picture there. Returns its path, and nothing where somebody thought better of it.
 *
 * @param near URI of a document in whose project's folder it is offered
 * @param png its bytes in base64
 */
export async function savePicture(
  near: string | undefined,
  name: string,
  png: string,
): Promise<string | undefined> {
  const file = `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '') || 'chart'}.png`;
  const uri = await window.showSaveDialog({
    filters: { [l10n.t('Pictures')]: ['png'] },
    ...(near === undefined ? {} : { defaultUri: Uri.joinPath(Uri.parse(near), '..', file) }),
  });
  if (uri === undefined) return undefined;
  await workspace.fs.writeFile(uri, Buffer.from(png, 'base64'));
  return workspace.asRelativePath(uri);
}
