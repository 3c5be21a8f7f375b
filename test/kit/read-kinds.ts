import type { FieldReader, Kinds, ReadHook, Step } from '../../server/src/core/model/kind.ts';
import type {
  ExpressionWord,
  Listed,
  MetricReference,
  NumberWord,
  Word,
} from '../../server/src/core/model/project.ts';

/** Small kinds that use every part of the `FieldReader`, so that tests of the model do not depend on the real ones. */

export interface CountSpec {
  readonly value: ExpressionWord | undefined;
}

export interface DistinctSpec {
  readonly value: Listed<ExpressionWord> | undefined;
}

export interface RatioSpec {
  readonly numerator: MetricReference | undefined;
  readonly denominator: MetricReference | undefined;
}

export interface FormulaSpec {
  readonly formula: ExpressionWord | undefined;
  readonly parts: ReadonlyMap<string, MetricReference>;
}

export interface CsatSpec {
  readonly value: ExpressionWord | undefined;
  readonly scale: Listed<NumberWord> | undefined;
  readonly satisfied: Listed<NumberWord> | undefined;
}

export interface PercentileSpec {
  readonly p: NumberWord | undefined;
}

export interface ConversionSpec {
  readonly steps: readonly Step[];
  readonly within: Word | undefined;
}

function hook<Spec>(
  type: string,
  read: (fields: FieldReader) => Spec,
  more: Partial<Pick<ReadHook<Spec>, 'references' | 'defaultUnit' | 'defaultBetter'>> = {},
): ReadHook<unknown> {
  const whole: ReadHook<Spec> = {
    type,
    read,
    references: () => [],
    defaultUnit: () => 'number',
    defaultBetter: 'neutral',
    ...more,
  };
  return whole;
}

const all: readonly ReadHook<unknown>[] = [
  hook<CountSpec>('count', (fields) => ({ value: fields.expression('value') }), {
    defaultUnit: () => 'count',
  }),
  hook<CountSpec>('sum', (fields) => ({ value: fields.expression('value') })),
  hook<DistinctSpec>('count_distinct', (fields) => ({ value: fields.expressions('value') })),
  hook<PercentileSpec>('percentile', (fields) => ({ p: fields.number('p') })),
  hook<RatioSpec>(
    'ratio',
    (fields) => ({ numerator: fields.metric('numerator'), denominator: fields.metric('denominator') }),
    { references: ({ numerator, denominator }) => [numerator ?? [], denominator ?? []].flat() },
  ),
  hook<FormulaSpec>(
    'formula',
    (fields) => ({ formula: fields.expression('formula'), parts: fields.parts('parts') }),
    { references: ({ parts }) => [...parts.values()] },
  ),
  hook<CsatSpec>(
    'csat',
    (fields) => ({
      value: fields.expression('value'),
      scale: fields.numbers('scale'),
      satisfied: fields.numbers('satisfied'),
    }),
    { defaultUnit: () => 'percent', defaultBetter: 'higher' },
  ),
  hook<CountSpec>('nps', (fields) => ({ value: fields.expression('value') }), {
    defaultUnit: () => 'points',
    defaultBetter: 'higher',
  }),
  hook<ConversionSpec>('conversion', (fields) => ({
    steps: fields.steps('steps'),
    within: fields.word('within'),
  })),
];

export const readKinds: Kinds<ReadHook<unknown>> = new Map(all.map((kind) => [kind.type, kind]));
