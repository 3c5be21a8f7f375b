import type { Checked } from '../check/checked.ts';
import type { Metric } from '../model/project.ts';
import {
  type Entity,
  type MeasurePlan,
  type MetricPlan,
  measuresOf,
  type PlanHook,
  type Together,
} from '../plan/metric-plan.ts';
import { planMetric } from '../plan/plan-metric.ts';

/** What the `n` of a metric counts, as one and as many: `account`, `accounts`. */
export interface CountedNoun {
  readonly one: string;
  readonly many: string;
  /** Whether they are those of the denominator of a ratio. */
  readonly below?: true;
}

const ROWS: CountedNoun = { one: 'row', many: 'rows' };
const ENTITIES: CountedNoun = { one: 'entity', many: 'entities' };

/**
 * What a metric rests on: rows, or the entities that it puts rows together by, called as their key is where that is one (`account_id`:
 * accounts). Of a ratio that of its denominator; of a metric whose parts differ rows.
 */
export function restsOn(
  checked: Checked,
  kinds: ReadonlyMap<string, PlanHook<unknown>>,
  metric: Metric,
): CountedNoun {
  return restsOnOf(planMetric(checked, kinds, metric).plan);
}

/** What a metric rests on by its plan; rows where it has none. */
export function restsOnOf(plan: MetricPlan | undefined): CountedNoun {
  if (plan === undefined) return ROWS;
  return plan.kind === 'combined' && plan.metric.type === 'ratio'
    ? { ...nounOf(plan), below: true }
    : nounOf(plan);
}

function nounOf(plan: MetricPlan): CountedNoun {
  if (plan.kind === 'combined') {
    const below = plan.parts.at(-1);
    return below === undefined ? ROWS : nounOf(below.plan);
  }
  const [first = ROWS, ...others] = measuresOf(plan).map(nounOfMeasure);
  return others.every(({ one }) => one === first.one) ? first : ROWS;
}

function nounOfMeasure({ measure, view }: MeasurePlan): CountedNoun {
  const [counted, ...more] = measure.aggregates;
  if (counted?.fn !== 'count_distinct' || more.length > 0) return nounOfView(view.together);
  const [scalar, ...others] = counted.args;
  return scalar === undefined || others.length > 0 ? ENTITIES : entityNoun({ kind: 'value', scalar });
}

function nounOfView(together: Together | undefined): CountedNoun {
  // Who comes back has two of them.
  if (together?.kind === 'tenure') return { one: 'spell', many: 'spells' };
  return together !== undefined && 'entity' in together ? entityNoun(together.entity) : ROWS;
}

function entityNoun(entity: Entity): CountedNoun {
  if (entity.kind === 'linked') return named(entity.links.at(-1) ?? '');
  const { scalar } = entity;
  const column = scalar.kind === 'name' && scalar.ref.at === 'row' ? scalar.ref.column : '';
  const name = column.replace(KEY, '');
  // What is not called a key may be called anything, such as `email`.
  return name === column ? ENTITIES : named(name);
}

/** How columns that tell things apart end, in the ways that people write names. */
const KEY = /(?:[_\s-](?:id|key|no|nr|number|code)|(?<=[a-z])(?:Id|ID|Key))$/;

function named(name: string): CountedNoun {
  const one = name
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .replaceAll(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return /^[a-z ]+$/.test(one) ? { one, many: plural(one) } : ENTITIES;
}

/** As English has it for names of things; exceptions such as `person` are those that data hold. */
function plural(one: string): string {
  if (/(?:^| )person$/.test(one)) return one.replace(/person$/, 'people');
  if (/[^aeiou]y$/.test(one)) return `${one.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(one) ? `${one}es` : `${one}s`;
}
