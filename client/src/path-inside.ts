/**
 * The way from a folder to a path inside it, without slashes at its ends; empty for the folder itself, and undefined for what lies elsewhere.
 * Both are paths of URIs, as two spellings of a URI may name one file.
 */
export function pathInside(folder: string, path: string): string | undefined {
  const [root, inner] = [folder, path].map((each) => each.replace(/\/+$/, ''));
  if (root === undefined || inner === undefined) return undefined;
  if (inner === root) return '';
  return inner.startsWith(`${root}/`) ? inner.slice(root.length + 1) : undefined;
}
