import type { AnyDefinition, Project } from '../../core/model/project.ts';
import { pathOf } from '../../core/syntax/units/unit-id.ts';
import type { BookNeed } from './numbers-book.ts';

/**
 * The numbers of the open documents, whoever looks at them: values of their metrics, with what the data break of what is declared
 * of them, targets and examples. The sources come first, as their findings explain the values.
 */
export function backgroundNeeds(project: Project, open: ReadonlySet<string>): readonly BookNeed[] {
  const shown = project.files
    .filter(({ path }) => open.has(pathOf(path)))
    .flatMap(({ definitions }) => definitions)
    .filter((definition) => isFirst(project, definition));
  const sources = new Set<string>();
  for (const definition of shown) {
    if (definition.definition === 'source') sources.add(definition.name);
    if (definition.definition === 'metric' && definition.source !== undefined) {
      sources.add(definition.source.text);
    }
  }
  return [
    ...[...sources].flatMap((name): BookNeed[] => [
      { kind: 'source', name },
      { kind: 'source-findings', name },
    ]),
    ...shown.flatMap(needsOf),
  ];
}

/** Of several definitions with one name only the first has numbers. */
function isFirst(project: Project, definition: AnyDefinition): boolean {
  switch (definition.definition) {
    case 'metric':
      return project.metrics.get(definition.name) === definition;
    case 'target':
      return project.targets.get(definition.name) === definition;
    case 'segment':
      return project.segments.get(definition.name) === definition;
    default:
      return true;
  }
}

function needsOf(definition: AnyDefinition): readonly BookNeed[] {
  const { name } = definition;
  switch (definition.definition) {
    case 'metric':
      return [
        { kind: 'metric', name },
        { kind: 'metric-findings', name },
        ...definition.examples.map((_, index) => ({ kind: 'example' as const, metric: name, index })),
      ];
    case 'target':
      return [{ kind: 'target', name }];
    case 'segment':
      return [{ kind: 'segment', name }];
    default:
      return [];
  }
}
