/** The scheme of the URIs of our schemas, by which the YAML extension tells who has them. */
export const SCHEME = 'plumbline-schema';

const FILES = {
  metrics: 'metrics.schema.json',
  project: 'plumbline.schema.json',
} as const;

/**
 * The URI of the schema for a file, by its name; undefined for files that are not ours.
 *
 * @param resource the URI of the file
 */
export function schemaFor(resource: string): string | undefined {
  const path = resource.replace(/[?#].*$/, '');
  if (/\.metrics\.ya?ml$/i.test(path)) return `${SCHEME}://schema/metrics`;
  if (/\/plumbline\.yaml$/i.test(path)) return `${SCHEME}://schema/project`;
  return undefined;
}

/** The file in `schemas/` with the schema of a URI that `schemaFor` gave. */
export function fileOf(uri: string): string | undefined {
  const [, name] = /^plumbline-schema:\/\/schema\/(\w+)/.exec(uri) ?? [];
  return name === 'metrics' || name === 'project' ? FILES[name] : undefined;
}
