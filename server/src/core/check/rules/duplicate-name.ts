import type { AnyDefinition, Definition } from '../../model/project.ts';
import { pathOf } from '../../syntax/units/unit-id.ts';
import type { MapNode, YamlNode } from '../../syntax/yaml/tree.ts';
import { page } from '../page.ts';
import { type Report, type Rule, spotOf } from '../report.ts';

/** Two definitions, or two keys of one map, with one name. */
export const duplicateName: Rule = {
  id: 'duplicate-name',
  severity: 'error',
  summary: 'Two definitions, or two keys of one map, have the same name.',
  documentation: page({
    why: `
      Every name means one thing. All metrics files of a project share one namespace for each kind of definition
      (sources, segments, metrics, targets, journeys), and a key may stand only once in a map. The first one counts, and the
      other would be ignored in silence.`,
    wrong: `
      metrics:
        orders: { type: count, source: orders }
        orders: { type: sum, source: orders, value: amount }`,
    right: `
      metrics:
        orders: { type: count, source: orders }
        revenue: { type: sum, source: orders, value: amount }`,
    mend: 'Rename or remove one of the two. The message links to the first one, which may stand in another file.',
  }),
  check({ project, damage }, report) {
    const settings = project.settings;
    if (settings.root !== undefined && settings.path !== undefined) {
      checkKeys(settings.root, settings.path, report, new Set());
    }
    const defined = new Map<string, Definition>();
    for (const file of project.files) {
      // Two definitions in one map are two keys too: they are reported once, as definitions.
      const named = new Set<YamlNode>(file.definitions.map(({ nameNode }) => nameNode));
      const conflicted = damage.conflicted.has(file.path);
      if (file.root !== undefined && !conflicted) checkKeys(file.root, file.path, report, named);
      for (const definition of file.definitions) checkDefinition(definition, defined, conflicted, report);
    }
  },
};

function checkDefinition(
  definition: AnyDefinition,
  defined: Map<string, Definition>,
  conflicted: boolean,
  report: Report,
): void {
  const id = `${definition.definition} ${definition.name}`;
  const first = defined.get(id);
  if (first === undefined) {
    defined.set(id, definition);
    return;
  }
  if (conflicted && first.file === definition.file) return;
  const isAbove = pathOf(first.file) === pathOf(definition.file);
  const where = isAbove ? 'above' : `in ${fileName(pathOf(first.file))}`;
  report(
    spotOf(definition.file, definition.nameNode),
    `A ${definition.definition} "${definition.name}" is already defined ${where}.`,
    { related: [{ file: first.file, span: first.nameNode.span, message: 'The first definition is here.' }] },
  );
}

/** Nodes that came through an alias are checked where they are written. */
function checkKeys(node: YamlNode, file: string, report: Report, skip: ReadonlySet<YamlNode>): void {
  if (node.origin !== undefined || node.kind === 'scalar') return;
  if (node.kind === 'seq') {
    for (const item of node.items) checkKeys(item, file, report, skip);
    return;
  }
  checkMap(node, file, report, skip);
  for (const { value } of node.entries) checkKeys(value, file, report, skip);
}

function checkMap(map: MapNode, file: string, report: Report, skip: ReadonlySet<YamlNode>): void {
  const seen = new Map<string, YamlNode>();
  for (const { key } of map.entries) {
    const first = seen.get(key.text);
    if (first === undefined) seen.set(key.text, key);
    else if (!skip.has(key)) {
      report(spotOf(file, key), `The key "${key.text}" is already there in this map.`, {
        related: [{ file, span: first.span, message: 'The first one is here.' }],
      });
    }
  }
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
