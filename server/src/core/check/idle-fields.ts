import { timingOf } from '../model/metric-defaults.ts';
import type { Metric } from '../model/project.ts';
import { writtenNames } from '../syntax/expression/names.ts';
import type { YamlNode } from '../syntax/yaml/tree.ts';
import { type MetricUse, readsRows } from './metrics.ts';
import { parsedExpression } from './parsed.ts';
import type { RuleContext } from './report.ts';

/** A field that would change nothing, and what to do about it. */
export interface IdleField {
  readonly node: YamlNode;
  readonly message: string;
}

type Field = 'source' | 'time' | 'when' | 'window' | 'at' | 'at_per' | 'once_per';

/** The fields of a metric that say which rows it looks at, where there are none for them to choose from. */
export function idleFields(context: RuleContext, use: MetricUse): readonly IdleField[] {
  const { metric, kind } = use;
  if (metric.reuse !== undefined || kind === undefined) return [];
  return readsRows(metric, kind) ? timeless(context, use) : madeOfOthers(context, use);
}

/** Whether a field of a metric that is made of others is taken by none of these. */
export function isIdle(context: RuleContext, use: MetricUse, field: Field): boolean {
  const { metric, kind } = use;
  if (metric.reuse !== undefined || kind === undefined || readsRows(metric, kind)) return false;
  if (use.references.length === 0 || written(metric, field) === undefined) return false;
  return !INHERITED.has(field) || !isTaken(context, metric, field);
}

const INHERITED: ReadonlySet<string> = new Set(['source', 'time', 'when', 'window']);

const ALL: readonly Field[] = ['source', 'time', 'when', 'window', 'at', 'at_per', 'once_per'];

/** Metrics that are named keep their own rows, so that only inline ones take something from the metric around them. */
function madeOfOthers(context: RuleContext, use: MetricUse): readonly IdleField[] {
  const { metric } = use;
  return ALL.flatMap((field) => {
    if (!isIdle(context, use, field)) return [];
    if (field === 'window' && namesPeriod(use)) return [];
    const node = written(metric, field);
    if (node === undefined) return [];
    const message = `This ${metric.type} is made of other metrics, which keep their own rows, so that "${field}" says nothing: put it on them, or remove it.`;
    return [{ node, message }];
  });
}

function written({ node }: Metric, field: Field): YamlNode | undefined {
  const entry = node?.get(field);
  if (entry === undefined) return undefined;
  return entry.value.kind === 'scalar' ? entry.value : entry.key;
}

/** Whether an inline metric, at any depth, has no such field of its own. */
function isTaken(
  { book, kinds }: Pick<RuleContext, 'book' | 'kinds'>,
  metric: Metric,
  field: Field,
): boolean {
  return book.references(metric).some((reference) => {
    if (reference.kind === 'name') return false;
    const inner = reference.metric;
    if (inner.reuse !== undefined || inner.node?.get(field) !== undefined) return false;
    const kind = kinds.get(inner.type ?? '');
    return readsRows(inner, kind) || isTaken({ book, kinds }, inner, field);
  });
}

/** A window moves the bounds of the period that a formula names. */
function namesPeriod({ kind, metric }: MetricUse): boolean {
  const fields = kind?.expressions(metric.spec) ?? [];
  return fields.some(({ word, scope }) => {
    if (scope !== 'formula') return false;
    return writtenNames(parsedExpression(word).expression).some(({ parts }) =>
      PERIOD.has(parts[0]?.text ?? ''),
    );
  });
}

const PERIOD: ReadonlySet<string> = new Set(['period_start', 'period_end']);

/** Without a time there is no period that a window could replace, and no latest row. */
function timeless(
  { project, damage }: RuleContext,
  { metric, sides, kind }: MetricUse,
): readonly IdleField[] {
  const source = project.sources.get(sides.find((side) => side.metric === metric)?.source ?? '');
  if (source === undefined || damage.incomplete.has(source)) return [];
  const timing = timingOf(project, metric);
  // Of tenure it is the age at which survival is read off.
  const picked = metric.type === 'tenure' ? undefined : metric.at;
  const at = picked?.node;
  if (timing?.kind === 'snapshot') {
    return [metric.window, picked].flatMap((word) =>
      word === undefined
        ? []
        : [
            {
              node: word.node,
              message: `Rows of "${source.name}" have no time, so that "${word === picked ? 'at' : 'window'}" says nothing: give the source a "time", or remove it.`,
            },
          ],
    );
  }
  const isAlive = timing?.kind === 'spells' && ALIVE.has(timing.when.text);
  if (at === undefined || !isAlive || kind?.followsSpells === true) return [];
  return [
    {
      node: at,
      message: `"at" picks the rows with the latest or earliest time in the period, and a spell that is "${timing.when.text}" has no time in it: remove "at", or use "when: started" or "when: ended".`,
    },
  ];
}

const ALIVE: ReadonlySet<string> = new Set(['active', 'during']);
