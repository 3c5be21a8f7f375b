import type { TextEdit } from '../../base/problem.ts';
import { touches } from '../../base/span.ts';
import { sourceOf } from '../../model/metric-defaults.ts';
import type { ExpressionWord, Metric, Segment } from '../../model/project.ts';
import { namesIn } from '../../syntax/expression/scalar.ts';
import { pathOf } from '../../syntax/units/unit-id.ts';
import type { MapNode } from '../../syntax/yaml/tree.ts';
import { fileAt, type IdeContext, type IdeFile } from '../ide-context.ts';
import { eolOf, insertEntries, insertItem, removeEntries, replaceEntry, replaceValue } from '../yaml-edit.ts';
import { blockMap, flowMap, readValue, type YamlEntry, type YamlValue } from '../yaml-value.ts';
import { type ActionProvider, type ActionRequest, actionOf } from './action.ts';
import { metricAt, ownBody } from './at-cursor.ts';
import { freeName, insertDefinition } from './new-definition.ts';
import { problemsAt } from './rule-fixes.ts';

/**
 * Makes a condition of a metric's `where` (the one at the cursor, of a list) a segment of groups in and out on the metric's
 * source, in two ways. A metric cannot be filtered by a segment, so that the first leaves the metric as it is: the segment is then
 * there for the breakdowns, targets and journeys of other metrics. The second puts the segment among the metric's own breakdowns
 * and takes the condition away, because broken down by what it is filtered by, it would have one group: its total is then over
 * all rows, and its value of before is that of the group.
 */
export const extractSegment: ActionProvider = (request) => {
  const metric = metricAt(request)?.at(-1);
  const body = metric && ownBody(metric);
  const word = metric?.where.find(
    ({ node }) => node.origin === undefined && touches(node.span, request.span.start),
  );
  if (metric === undefined || body === undefined || word === undefined) return [];
  if (problemsAt(request.context, request.file.file.path, word.node.span).length > 0) return [];
  const { checked } = request.context;
  const source = sourceOf(checked.project, metric);
  const scalar = source && checked.resolve(word, source.name, metric);
  // The bounds of a period and the time of an event are known to metrics only.
  if (
    source === undefined ||
    scalar === undefined ||
    [...namesIn(scalar)].some(({ ref }) => ref.at !== 'row')
  )
    return [];
  const name = freeName(nameFor(word, source.name), checked.project.segments);
  const created = newSegment(
    request,
    metric,
    name,
    source.name,
    readValue(word.node, request.file.file.text),
  );
  if (created === undefined) return [];
  return [
    ...actionOf({ title: `Extract the condition into the segment "${name}"`, kind: 'refactor.extract' }, [
      created,
    ]),
    ...(metric.parent === undefined
      ? actionOf(
          { title: `Break down by the segment "${name}" instead of filtering`, kind: 'refactor.rewrite' },
          [created, ...breakdownEdits(request.file, body, metric, word, name)],
        )
      : []),
  ];
};

/** A name after the first column of the condition: `urgent` would be nicer, and only people know it. */
function nameFor(word: ExpressionWord, source: string): string {
  const words = /[A-Za-z][A-Za-z0-9_]*/.exec(word.text.replace(/^\s*not\b/i, ''))?.[0];
  return `${source}_by_${words ?? 'condition'}`.toLowerCase();
}

/** Behind the last segment of the same file, else of any file; where the project has none, in a new section of this file. */
function newSegment(
  request: ActionRequest,
  metric: Metric,
  name: string,
  source: string,
  where: YamlValue | undefined,
): TextEdit | undefined {
  if (where === undefined) return undefined;
  const owner = metric.node?.get('owner') === undefined ? [] : [['owner', metric.owner ?? ''] as const];
  const entries: readonly YamlEntry[] = [...owner, ['source', source], ['where', where]];
  const neighbour = lastSegment(request.context, request.file);
  if (neighbour !== undefined) {
    const { segment, home } = neighbour;
    const flow = segment.node?.flow === true && entries.length < 3;
    return insertDefinition(home, segment, name, flow ? flowMap(entries) : blockMap(entries));
  }
  const { file, tree } = request.file;
  if (tree.root?.kind !== 'map' || tree.root.flow || file.path !== pathOf(file.path)) return undefined;
  const edit = insertEntries(file, tree.root, [['segments', blockMap([[name, blockMap(entries)]])]]);
  return edit && { ...edit, text: eolOf(file.text) + edit.text };
}

function lastSegment(
  context: IdeContext,
  { file }: IdeFile,
): { readonly segment: Segment; readonly home: IdeFile } | undefined {
  const segments = [...context.checked.project.segments.values()];
  const here = segments.filter((segment) => pathOf(segment.file) === pathOf(file.path));
  const segment = here.at(-1) ?? segments.at(-1);
  const home = segment && fileAt(context, segment.file);
  return segment === undefined || home === undefined ? undefined : { segment, home };
}

/** The condition goes from `where`, and the segment comes to `segments`. */
function breakdownEdits(
  { file }: IdeFile,
  body: MapNode,
  metric: Metric,
  word: ExpressionWord,
  name: string,
): readonly (TextEdit | undefined)[] {
  const where = body.get('where');
  const segments = body.get('segments');
  if (where === undefined) return [undefined];
  const rest = metric.where.filter((each) => each !== word).map(({ node }) => readValue(node, file.text));
  if (rest.some((each) => each === undefined)) return [undefined];
  const left = rest.filter((each) => each !== undefined);
  if (segments?.value.kind === 'seq') {
    const narrowed =
      left.length === 0
        ? removeEntries(file, body, [where])
        : [replaceValue(file, body, where, left.length === 1 ? (left[0] ?? '') : left)];
    return [...narrowed, insertItem(file, segments.value, name)];
  }
  if (segments !== undefined) return [undefined];
  // Where nothing is left of `where`, the segment stands in its place.
  if (left.length > 0) {
    return [
      replaceValue(file, body, where, left.length === 1 ? (left[0] ?? '') : left),
      insertEntries(file, body, [['segments', [name]]]),
    ];
  }
  return [replaceEntry(file, body, where, ['segments', [name]])];
}
