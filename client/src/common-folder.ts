/** The deepest folder that holds all files; paths are of URIs, with `/` between names. */
export function commonFolder(files: readonly string[]): string {
  const [first = [], ...others] = files.map((path) => path.split('/').slice(0, -1));
  const length = others.reduce((most, names) => {
    const end = first.findIndex((name, index) => name !== names[index]);
    return Math.min(most, end < 0 ? first.length : end);
  }, first.length);
  return first.slice(0, length).join('/') || '/';
}
