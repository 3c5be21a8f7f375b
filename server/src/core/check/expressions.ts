import { COLUMN_TYPES, type ValueType } from '../base/value-type.ts';
import { sourceWordOf } from '../model/kind.ts';
import type { Definition, ExpressionWord, Metric, Project, Segment, Source } from '../model/project.ts';
import { type MetricBook, type MetricUse, ownSourceWord, readsRows } from './metrics.ts';

/**
 * How an expression is read: over one row; over the rows of one entity (`per`) or of one linking row (`of`), where every
 * column stands in an aggregate; or over metrics.
 */
export type Mode = 'row' | 'group' | 'facts' | 'formula';

/** An expression on a source that it is read on. One that is read on several sources has a use for each. */
export interface ExpressionUse {
  readonly word: ExpressionWord;
  readonly definition: Definition;
  /** As it is named, whether it exists or not; empty where none is, as for a formula of metrics only. */
  readonly source: string;
  readonly mode: Mode;
  /** Types that fit; empty: any. */
  readonly expects: readonly ValueType[];
  /** Whether its values are added up, averaged or ranked. */
  readonly adds: boolean;
  /** May also name a raw header or a link. */
  readonly path: boolean;
  /** With a metric, `period_start` and the like are available. */
  readonly metric: Metric | undefined;
}

const CONDITION: readonly ValueType[] = ['boolean'];

/** Every expression of a project, in the order of its definitions. */
export function expressionUses(book: MetricBook, project: Project): readonly ExpressionUse[] {
  const uses: ExpressionUse[] = [];
  for (const file of project.files) {
    for (const definition of file.definitions) {
      if (definition.definition === 'source') uses.push(...sourceUses(definition));
      if (definition.definition === 'segment') uses.push(...segmentUses(definition));
    }
  }
  for (const use of book.all) uses.push(...metricUses(use));
  return uses;
}

function sourceUses(source: Source): ExpressionUse[] {
  const base = { definition: source, source: source.name, adds: false, path: false, metric: undefined };
  const columns = [...source.columns.values()].flatMap(({ value, of, type }): ExpressionUse[] => {
    if (value === undefined) return [];
    const mode = of === undefined ? 'row' : 'facts';
    const expects = COLUMN_TYPES.filter((declared) => declared === type?.text);
    return [{ ...base, word: value, source: of?.text ?? source.name, mode, expects }];
  });
  const stacked = (source.union?.items ?? []).flatMap((member) =>
    [...member.columns.values()].map(
      (word): ExpressionUse => ({ ...base, word, source: member.source.text, mode: 'row', expects: [] }),
    ),
  );
  const where = source.where.map(
    (word): ExpressionUse => ({ ...base, word, mode: 'row', expects: CONDITION }),
  );
  return [...where, ...columns, ...stacked];
}

function segmentUses(segment: Segment): ExpressionUse[] {
  const { form } = segment;
  const use = (
    word: ExpressionWord,
    expects: readonly ValueType[],
    source: string | undefined,
  ): ExpressionUse => ({
    word,
    definition: segment,
    source: source ?? '',
    mode: 'row',
    expects,
    adds: false,
    path: false,
    metric: undefined,
  });
  const home = segment.source?.text;
  switch (form.kind) {
    case 'groups':
      return [...form.groups.values()].map(({ condition }) => use(condition, CONDITION, home));
    case 'by':
      return [use(form.by, [], home)];
    case 'by-source':
      return [...form.by].map(([source, word]) => use(word, [], source));
    case 'where':
      return form.where.map((word) => use(word, CONDITION, home));
    case 'none':
      return [];
  }
}

function metricUses({ metric, kind, sides }: MetricUse): ExpressionUse[] {
  const uses: ExpressionUse[] = [];
  const add = (
    word: ExpressionWord,
    source: string,
    mode: Mode,
    expects: readonly ValueType[],
    adds: boolean,
    path: boolean,
  ): void => {
    uses.push({ word, definition: metric, source, mode, expects, adds, path, metric });
  };
  // The condition of a ratio, formula or reuse is added to every side.
  const sources = new Set(sides.map((side) => side.source));
  for (const source of sources.size === 0 ? [''] : sources) {
    for (const word of metric.where) add(word, source, 'row', CONDITION, false, false);
  }
  if (kind === undefined) return uses;
  const own = ownSourceWord(metric, kind)?.text ?? '';
  const common = sourceWordOf(metric)?.text ?? own;
  if (metric.per !== undefined) add(metric.per, own, 'row', [], false, true);
  for (const { word, source, scope, expects, adds, path } of kind.expressions(metric.spec)) {
    if (scope === 'formula') {
      add(word, readsRows(metric, kind) ? own : '', 'formula', expects, adds, false);
    } else {
      const mode = metric.per !== undefined && path === undefined ? 'group' : 'row';
      add(word, source?.text ?? common, mode, expects, adds, path ?? false);
    }
  }
  return uses;
}
