// Serves two modules to every bundle: `plumbline:validators`, the schemas compiled by Ajv into plain functions (so that
// nothing is compiled, and no `eval` needed, at run time), and `plumbline:schemas`, the schemas themselves for hovers.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const folder = dirname(fileURLToPath(import.meta.url));

/** Export of `plumbline:validators` → file; the export of `plumbline:schemas` is named by `schema`. */
const schemas = {
  validateProject: { file: 'plumbline.schema.json', schema: 'projectSchema' },
  validateMetrics: { file: 'metrics.schema.json', schema: 'metricsSchema' },
  validateResult: { file: 'result.schema.json', schema: 'resultSchema' },
  validateDiff: { file: 'diff.schema.json', schema: 'diffSchema' },
};

/** Compiled code by the text it was compiled from: all bundles of one run, and every rebuild of a watch, share it. */
const compiled = new Map();

/** The esbuild plugin. Each validator and schema is a module of its own, so that a bundle holds only those it imports. */
export function compiledSchemas() {
  return {
    name: 'compiled-schemas',
    setup(build) {
      build.onResolve({ filter: /^plumbline:(validators|schemas)(\/\w+)?$/ }, ({ path }) => ({
        path,
        namespace: 'plumbline',
        sideEffects: false,
      }));
      build.onLoad({ filter: /.*/, namespace: 'plumbline' }, ({ path }) =>
        load(path, build.esbuild.transformSync),
      );
    },
  };
}

function load(path, transform) {
  const [, kind, name] = /^plumbline:(\w+)(?:\/(\w+))?$/.exec(path);
  const entries = Object.entries(schemas).map(([validator, { file, schema }]) => ({
    validator,
    file,
    schema,
  }));
  if (name === undefined) {
    const names = entries.map((entry) => (kind === 'validators' ? entry.validator : entry.schema));
    return {
      contents: names.map((each) => `export { ${each} } from '${path}/${each}';`).join('\n'),
      loader: 'js',
    };
  }
  const entry = entries.find((each) => each.validator === name || each.schema === name);
  const file = join(folder, entry.file);
  const text = readFileSync(file, 'utf8');
  const contents = kind === 'validators' ? compile(text, name, transform) : `export const ${name} = ${text};`;
  return { contents, loader: 'js', resolveDir: folder, watchFiles: [file] };
}

function compile(text, name, transform) {
  const known = compiled.get(text);
  if (known !== undefined) return known;
  // Loaded here, so that a process which only reads this module does not pay for Ajv.
  const { Ajv2020 } = require('ajv/dist/2020.js');
  const { default: standaloneCode } = require('ajv/dist/standalone/index.js');
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    // We word every message ourselves, and a shared definition is one function instead of a copy at each use.
    messages: false,
    inlineRefs: false,
    // The schemas are checked against the meta-schema by the tests.
    validateSchema: false,
    code: { source: true, esm: true },
  });
  // Our schemas use neither `unevaluatedProperties` nor `$dynamicRef`; their bookkeeping would double the code.
  Object.assign(ajv.opts, { unevaluated: false, dynamicRef: false });
  const schema = withoutNotes(JSON.parse(text));
  ajv.addSchema(schema);
  const code = slim(withImports(standaloneCode(ajv, { [name]: schema.$id })), transform);
  compiled.set(text, code);
  return code;
}

/** What is only for people would otherwise be copied into the compiled code. Keys under `properties` and `$defs` are names. */
function withoutNotes(node, names = false) {
  if (Array.isArray(node)) return node.map((item) => withoutNotes(item));
  if (node === null || typeof node !== 'object') return node;
  const notes = ['title', 'description', 'default', 'examples', '$comment'];
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => names || !notes.includes(key))
      .map(([key, value]) => [
        key,
        withoutNotes(value, !names && ['properties', 'patternProperties', '$defs'].includes(key)),
      ]),
  );
}

/** Ajv's run-time helpers are required by absolute path, so that they are bundled even where packages stay external. */
function withImports(code) {
  const imports = new Map();
  const body = code.replace(/require\("([^"]+)"\)\.default/g, (_, path) => {
    const name = imports.get(path) ?? `helper${imports.size}`;
    imports.set(path, name);
    return name;
  });
  const lines = [...imports].map(([path, name]) => {
    const file = require.resolve(path.endsWith('.js') ? path : `${path}.js`);
    return `import ${name} from ${JSON.stringify(file)};`;
  });
  return [...lines, body].join('\n');
}

/** Ajv's code carries whole schemas as constants, of which it reads only keys, allowed values and lists of types. */
function slim(code, transform) {
  const lean = code.replace(/\bconst (schema\d+) = (\{(?:"(?:[^"\\]|\\.)*"|[^";])*\});/g, (_, name, json) => {
    return `const ${name} = ${JSON.stringify(keysAndValues(JSON.parse(json)))};`;
  });
  return transform(lean, { minify: true, format: 'esm' }).code;
}

function keysAndValues(node, names = false) {
  if (node === null || typeof node !== 'object') return node;
  const kept = Object.entries(node).filter(
    ([key, value]) => names || Array.isArray(value) || ['properties', 'items'].includes(key),
  );
  return Object.fromEntries(
    kept.map(([key, value]) => [
      key,
      Array.isArray(value) ? value : keysAndValues(value, !names && key === 'properties'),
    ]),
  );
}
