// Serves two modules to every bundle, `plumbline:report/script` and `plumbline:report/styles`: what the pages of a report have in them,
// bundled and made small, as texts.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));

const entries = { script: 'page/main.tsx', styles: 'page/styles.css' };

/** The esbuild plugin. */
export function reportTexts() {
  return {
    name: 'report-texts',
    setup(build) {
      build.onResolve({ filter: /^plumbline:report\/\w+$/ }, ({ path }) => ({ path, namespace: 'report' }));
      build.onLoad({ filter: /.*/, namespace: 'report' }, async ({ path }) => {
        const entry = entries[path.slice(path.indexOf('/') + 1)];
        const { outputFiles, metafile } = await build.esbuild.build({
          entryPoints: [join(folder, entry)],
          bundle: true,
          write: false,
          metafile: true,
          minify: true,
          charset: 'utf8',
          legalComments: 'none',
          format: 'iife',
          platform: 'browser',
          target: 'es2022',
          jsx: 'automatic',
          jsxImportSource: 'preact',
          logLevel: 'silent',
        });
        const [{ text }] = outputFiles;
        if (/<\/(script|style)/i.test(text))
          throw new Error(`${entry}: its text would end the element that it is in.`);
        return { contents: text.trimEnd(), loader: 'text', watchFiles: Object.keys(metafile.inputs) };
      });
    },
  };
}
