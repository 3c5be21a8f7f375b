import type {
  ComparedDefinition,
  ComparedMetric,
  Comparison,
  Location,
} from '../../../../server/src/protocol/index.ts';
import type { Row, Rows } from '../../changed-rows.ts';
import { plainText, type Words } from './plain-text.ts';

export type Metric = ComparedMetric<Location>;
export type Definition = ComparedDefinition<Location>;
export type Target = Comparison['targets'][number];

/** The headings below the metrics. */
export type Heading = 'targets' | 'others' | 'examples' | 'notes';

/** What a row of the changes is about, without words of its own. */
export type ChangeContent =
  | { readonly kind: 'metric'; readonly item: Metric }
  /** One reason why something changed, and one thing that this does to its numbers. */
  | { readonly kind: 'why' | 'effect'; readonly text: string }
  | { readonly kind: 'heading'; readonly heading: Heading; readonly count: number }
  | { readonly kind: 'target'; readonly item: Target; readonly text: string }
  | { readonly kind: 'definition'; readonly item: Definition }
  | { readonly kind: 'example' | 'note'; readonly text: string };

export type ChangeRow = Row<ChangeContent>;
export type ChangeRows = Rows<ChangeRow>;

/** The rows where nothing is compared. */
export const NO_ROWS: ChangeRows = { roots: [], nodes: new Map() };

/**
 * The rows of a comparison: its metrics in their order, the most urgent first, and below them a heading for each kind of other thing that
 * there is.
 */
export function changeRows({ metrics, targets, others, examples, notes }: Comparison): ChangeRows {
  const nodes = new Map<string, ChangeRow>();
  const add = (
    id: string,
    parent: string | undefined,
    content: ChangeContent,
    children: (id: string) => readonly string[] = () => [],
  ): string => {
    nodes.set(id, { id, parent, content, children: children(id) });
    return id;
  };
  const lines = (parent: string, kind: 'why' | 'effect' | 'example' | 'note', all: readonly Words[]) =>
    all.map((words, index) => add(`${parent}/${kind}:${index}`, parent, { kind, text: plainText(words) }));
  const heading = (name: Heading, all: readonly unknown[], children: (id: string) => readonly string[]) =>
    all.length === 0
      ? []
      : [add(`/${name}`, undefined, { kind: 'heading', heading: name, count: all.length }, children)];
  const roots = [
    ...metrics.map((item) =>
      add(`/metric:${item.name}`, undefined, { kind: 'metric', item }, (id) => [
        ...lines(id, 'why', item.changes),
        ...lines(id, 'effect', item.effects),
      ]),
    ),
    ...heading('targets', targets, (parent) =>
      targets.map((item) =>
        add(`${parent}/target:${item.name}`, parent, { kind: 'target', item, text: plainText(item.words) }),
      ),
    ),
    ...heading('others', others, (parent) =>
      others.map((item) =>
        add(
          `${parent}/${item.subject.kind}:${item.subject.name}`,
          parent,
          { kind: 'definition', item },
          (id) => lines(id, 'why', item.changes),
        ),
      ),
    ),
    ...heading('examples', examples, (parent) => lines(parent, 'example', examples)),
    ...heading('notes', notes, (parent) => lines(parent, 'note', notes)),
  ];
  return { roots, nodes };
}

/** The definition that a row is about, or that the row above it is. */
export function definitionOf(rows: ChangeRows, id: string): Definition | undefined {
  const row = rows.nodes.get(id);
  if (row === undefined) return undefined;
  const { content, parent } = row;
  if (content.kind === 'metric' || content.kind === 'definition') return content.item;
  return parent === undefined ? undefined : definitionOf(rows, parent);
}

/** The name of the metric whose comparison belongs to a row: its own, that of the row above it, or that of its target. */
export function metricOf(rows: ChangeRows, id: string): string | undefined {
  const row = rows.nodes.get(id);
  if (row === undefined) return undefined;
  const { content, parent } = row;
  if (content.kind === 'metric') return content.item.name;
  if (content.kind === 'target') return content.item.metric;
  return parent === undefined ? undefined : metricOf(rows, parent);
}
