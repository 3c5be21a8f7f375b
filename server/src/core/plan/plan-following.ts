import type { Window } from '../base/window.ts';
import type { Checked } from '../check/checked.ts';
import { timeOf } from '../model/metric-defaults.ts';
import type { ExpressionWord, Metric, Source } from '../model/project.ts';
import { type NameRef, namesIn, type Scalar } from '../syntax/expression/scalar.ts';
import type { Following, MeasurePlan, RowSelection, Together } from './metric-plan.ts';
import { Refusal } from './refusal.ts';
import { entityOf, spellOf, timeAt } from './select-rows.ts';

/** A metric that follows entities, with what it takes from the metrics around it. */
export interface FollowedMetric {
  readonly metric: Metric;
  readonly source: Source | undefined;
  readonly where: readonly ExpressionWord[];
  readonly window: Window | undefined;
}

/** Section 5.3: `when`, `at`, `per` and the like mean nothing here; a window takes the place of the period. */
export function planFollowing(
  checked: Checked,
  { metric, source, where, window }: FollowedMetric,
  planned: Following,
): Omit<MeasurePlan, 'segments'> {
  if (source === undefined) throw new Refusal('It names no source.');
  if (planned.entity === undefined) throw new Refusal('It has no `entity`.');
  const scalar = (word: ExpressionWord): Scalar<NameRef> =>
    withoutPeriod(word, resolve(checked, metric, source, word));
  if (window !== undefined && planned.after !== undefined) {
    throw new Refusal(
      'It looks at the period in which entities joined, so that a window has no meaning: remove `window`.',
    );
  }
  const entity = entityOf(checked, source, planned.entity.text);
  const { value, joined, after } = planned;
  const together: Together =
    after === undefined
      ? { kind: 'follow', entity, ...(value === undefined ? {} : { value: scalar(value) }) }
      : { kind: 'cohort', entity, after, ...(joined === undefined ? {} : { joined: scalar(joined) }) };
  return {
    kind: 'measure',
    metric,
    source: source.name,
    rows: followedRows(checked, metric, source),
    view: { ...(window === undefined ? {} : { window }), together },
    where: where.map(scalar),
    clauses: where,
    measure: {
      aggregates: [],
      terms: planned.terms,
      finish: planned.finish,
      ...(planned.weight === undefined ? {} : { weight: planned.weight }),
      ...(planned.level === undefined ? {} : { level: planned.level }),
    },
  };
}

/** Rows are followed through several periods, so that none of them is the period of a row. */
export function withoutPeriod(word: ExpressionWord, scalar: Scalar<NameRef>): Scalar<NameRef> {
  for (const { ref } of namesIn(scalar)) {
    if (ref.at === 'period') {
      throw new Refusal(
        `Its \`${word.role}\` says what a row is before periods are looked at, so that period_${ref.bound} has no meaning there: compare with a date, or remove it.`,
      );
    }
  }
  return scalar;
}

/** The spells of a source that has them; else, or where the metric names a time of its own, what happened at that time. */
function followedRows(checked: Checked, metric: Metric, source: Source): RowSelection {
  const { project } = checked;
  const time = timeOf(project, metric);
  const isOwn = time !== undefined && time !== source.time;
  if (source.lifespan !== undefined && !isOwn) return { mode: 'during', spell: spellOf(checked, source) };
  if (time !== undefined) return { mode: 'event', time: timeAt(checked, source, time.text) };
  throw new Refusal(
    `${source.name} has neither \`lifespan\` nor \`time\`, so that nobody can be followed through time: declare one of them.`,
  );
}

function resolve(checked: Checked, metric: Metric, source: Source, word: ExpressionWord): Scalar<NameRef> {
  const scalar = checked.resolve(word, source.name, metric);
  if (scalar === undefined) throw new Refusal(`Its \`${word.role}\` cannot be read on ${source.name}.`);
  return scalar;
}
