import { parseDuration } from '../base/duration.ts';
import type { FieldExpression } from '../check/checked.ts';
import type { Step } from '../model/kind.ts';
import type { ExpressionWord, Word } from '../model/project.ts';
import { Refusal } from '../plan/refusal.ts';
import { defineKind } from './kind.ts';
import { entityField, entityName } from './lifecycle.ts';
import { shareEstimate } from './values.ts';

/** Of the entities that take the first step in a period, how many take all others in order and in time. */
export interface ConversionSpec {
  readonly entity: ExpressionWord | undefined;
  readonly steps: readonly Step[];
  /** Such as `14 days`. */
  readonly within: Word | undefined;
  /** `time` of each step as an expression, so that it is resolved like one; in the order of `steps`. */
  readonly times: readonly (ExpressionWord | undefined)[];
}

/** An entity converts if a step-1 row is followed, within the time, by each step in order, each a different row. */
export const conversion = defineKind<ConversionSpec>({
  type: 'conversion',
  read: (fields) => {
    const steps = fields.steps('steps');
    return {
      entity: fields.expression('entity'),
      steps,
      within: fields.word('within'),
      times: steps.map(({ time }) => (time === undefined ? undefined : { ...time, role: 'time' })),
    };
  },
  references: () => [],
  source: ({ steps }) => steps[0]?.source,
  defaultUnit: () => 'percent',
  defaultBetter: 'neutral',
  expressions: (spec) => spec.steps.flatMap((step, index) => stepFields(step, spec, spec.times[index])),
  periodless: ({ steps }, where) => {
    const [first, ...rest] = steps;
    // What the metric says of rows holds for every step that is read from the source of the first.
    const isHome = ({ source }: Step): boolean => source === undefined || source.text === first?.source?.text;
    return [...rest.flatMap((step) => step.where), ...(rest.some(isHome) ? where : [])];
  },
  windowless: true,
  steps: ({ entity, steps }) => ({ entity, steps }),
  // Each step says by its `time` when it is taken.
  followsSpells: true,
  additive: false,
  check({ steps }, _, report) {
    const known = new Set<string>();
    for (const { name } of steps) {
      if (name === undefined) continue;
      const message = `Two steps are called "${name.text}": give each a name of its own, as pictures and tables tell them apart by it.`;
      if (known.has(name.text)) report(name.node, message);
      known.add(name.text);
    }
  },
  plan({ entity, steps, within, times }, { intervals }) {
    const duration = within === undefined ? undefined : parseDuration(within.text);
    if (duration === undefined) throw new Refusal('It does not say `within` which time, such as 14 days.');
    return {
      entity,
      within: duration,
      steps: steps.map((step, index) => ({
        name: step.name?.text ?? `${index + 1}`,
        source: step.source?.text,
        where: step.where,
        time: times[index],
        entity: step.entity,
      })),
      finish: ([entities, converted]) => shareEstimate(converted ?? 0, entities ?? 0, intervals),
    };
  },
  describe: ({ entity, steps, within }) => {
    const names = steps.map(({ name }) => name?.text ?? 'a step').join(', then ');
    return `the share of ${entityName(entity)} that take ${names}, within ${within?.text ?? 'a time'}`;
  },
});

/** What one step reads on its source. The entity of the metric is read on the source of every step that names none of its own. */
function stepFields(
  step: Step,
  spec: ConversionSpec,
  time: ExpressionWord | undefined,
): readonly FieldExpression[] {
  const fields: readonly FieldExpression[] = [
    ...entityField(step.entity ?? spec.entity),
    ...step.where.map((word): FieldExpression => ({ word, expects: ['boolean'], scope: 'row', adds: false })),
    ...(time === undefined
      ? []
      : [{ word: time, expects: ['date', 'timestamp'], scope: 'row', adds: false, path: true } as const]),
  ];
  const { source } = step;
  return source === undefined ? fields : fields.map((field) => ({ ...field, source }));
}
