// Serves the module `plumbline:templates` to every bundle: the files of each template, which are the folders beside this file, as texts.
// So the command line and the extension share them, and neither needs a file of its own.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));

/** The esbuild plugin. */
export function templateTexts() {
  return {
    name: 'template-texts',
    setup(build) {
      build.onResolve({ filter: /^plumbline:templates$/ }, ({ path }) => ({ path, namespace: 'templates' }));
      build.onLoad({ filter: /.*/, namespace: 'templates' }, () => {
        const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
        const paths = names.map(({ name }) => [name, filesIn(join(folder, name))]);
        const texts = paths.map(([name, files]) => [
          name,
          Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, name, file), 'utf8')])),
        ]);
        return {
          contents: `export const templates = ${JSON.stringify(Object.fromEntries(texts))};`,
          loader: 'js',
          watchFiles: paths.flatMap(([name, files]) => files.map((file) => join(folder, name, file))),
        };
      });
    },
  };
}

/** The files below a folder, with `/`, in order. */
function filesIn(path) {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(path.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
}
