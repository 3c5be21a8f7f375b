import type { TextEdit } from '../../base/problem.ts';
import { touches } from '../../base/span.ts';
import type { Metric } from '../../model/project.ts';
import type { MapNode } from '../../syntax/yaml/tree.ts';
import { insertEntries, removeEntries, replaceEntry, replaceValue } from '../yaml-edit.ts';
import type { YamlEntry } from '../yaml-value.ts';
import { type ActionProvider, type ActionRequest, actionOf } from './action.ts';
import { metricAt, ownBody } from './at-cursor.ts';
import { countConversions } from './convert-counts.ts';
import { valueConversions } from './convert-values.ts';
import { fitsNumbers } from './numbers-about.ts';

/** Another type for a metric, with what changes among its fields. */
export interface Conversion {
  readonly type: string;
  /** What the title says behind "Convert to ". */
  readonly words: string;
  /** Fields that go. */
  readonly remove?: readonly string[];
  /** Fields that stand in the place of others: `where` → `matching`. */
  readonly replace?: ReadonlyMap<string, YamlEntry>;
  /** Fields that come, behind `type`. */
  readonly add?: readonly YamlEntry[];
  /** The unit that the new type has by default. */
  readonly unit: 'percent' | 'points' | 'count' | 'number';
}

/** A metric that may be converted, with what its conversions look at. */
export interface Convertible {
  readonly request: ActionRequest;
  readonly metric: Metric;
  readonly body: MapNode;
}

/**
 * Other types for the metric whose `type` (or name) the cursor is on, among those that its fields make a valid metric of: rows ↔
 * their share ↔ a ratio of counts, sum ↔ average ↔ median, scores ↔ their average. A conversion means another number, so that
 * one is not offered where goals, benchmarks or expected values would be in the wrong unit: percentages are no counts.
 */
export const convertType: ActionProvider = (request) => {
  const metric = metricAt(request)?.at(-1);
  const body = metric && ownBody(metric);
  const type = body?.get('type');
  if (metric === undefined || body === undefined || type === undefined) return [];
  const { start } = request.span;
  if (!touches(type.span, start) && !touches(metric.nameNode.span, start) && !isInChanged(body, start))
    return [];
  // Only the common fields make no difference to any type; `at` of a tenure and the like are another matter.
  if (metric.at !== undefined || metric.atPer !== undefined || metric.oncePer !== undefined) return [];
  const convertible = { request, metric, body };
  return [...countConversions(convertible), ...valueConversions(convertible)].flatMap((conversion) => {
    if (!fitsNumbers(request.context, metric, conversion.unit)) return [];
    return actionOf(
      { title: `Convert to ${conversion.words}`, kind: 'refactor.rewrite' },
      conversionEdits(convertible, conversion),
    );
  });
};

/** The fields that a conversion is about, on which it is offered too. */
function isInChanged(body: MapNode, offset: number): boolean {
  return ['where', 'matching'].some((key) => {
    const entry = body.get(key);
    return entry !== undefined && touches(entry.span, offset);
  });
}

function conversionEdits(
  { request, body }: Convertible,
  { type, remove = [], replace = new Map(), add = [] }: Conversion,
): readonly (TextEdit | undefined)[] {
  const { file } = request.file;
  const typeEntry = body.get('type');
  const removed = remove.flatMap((key) => body.get(key) ?? []);
  return [
    typeEntry && replaceValue(file, body, typeEntry, type),
    ...removeEntries(file, body, removed),
    ...[...replace].map(([key, entry]) => {
      const old = body.get(key);
      return old && replaceEntry(file, body, old, entry);
    }),
    ...(add.length === 0 ? [] : [insertEntries(file, body, add, ['type'])]),
  ];
}
