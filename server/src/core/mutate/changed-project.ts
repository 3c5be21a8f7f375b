import type { Kinds, ReadHook } from '../model/kind.ts';
import type { AnyDefinition, MetricsFile, Project } from '../model/project.ts';
import { readFile } from '../model/read-file.ts';
import { readProject } from '../model/read-project.ts';
import { makeMap } from '../syntax/yaml/nodes.ts';
import type { YamlNode } from '../syntax/yaml/tree.ts';
import type { Change } from './clause.ts';

/**
 * The project as it would be with one clause changed. Only the tree of the definition's unit is made anew, and in it only what
 * holds the clause; no text changes, neither in memory nor on disk.
 */
export function changedProject(
  project: Project,
  kinds: Kinds<ReadHook<unknown>>,
  definition: AnyDefinition,
  change: Pick<Change, 'node' | 'put'>,
): Project {
  const files = project.files.map((file) =>
    file.path === definition.file ? changedFile(file, kinds, change) : file,
  );
  return readProject(project.folder, project.settings, files, project);
}

function changedFile(
  file: MetricsFile,
  kinds: Kinds<ReadHook<unknown>>,
  { node, put }: Pick<Change, 'node' | 'put'>,
): MetricsFile {
  const root = file.root && replaced(file.root, node, put);
  return readFile(file.path, file.text, { root, comments: file.comments, issues: [] }, kinds);
}

/** A tree with one node replaced, or left out with its key. What does not hold the node stays the same object. */
function replaced(tree: YamlNode, node: YamlNode, put: YamlNode | undefined): YamlNode | undefined {
  if (tree === node) return put;
  if (tree.kind === 'scalar') return tree;
  if (tree.kind === 'seq') {
    const items = tree.items.map((item) => replaced(item, node, put));
    return items.every((item, index) => item === tree.items[index])
      ? tree
      : { ...tree, items: items.filter((item) => item !== undefined) };
  }
  const values = tree.entries.map(({ value }) => replaced(value, node, put));
  if (values.every((value, index) => value === tree.entries[index]?.value)) return tree;
  const entries = tree.entries.flatMap((entry, index) => {
    const value = values[index];
    return value === undefined ? [] : [value === entry.value ? entry : { ...entry, value }];
  });
  const { span, flow, origin } = tree;
  return makeMap({ span, flow, entries, ...(origin === undefined ? {} : { origin }) });
}
