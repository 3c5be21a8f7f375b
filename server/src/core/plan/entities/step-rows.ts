import type { Checked } from '../../check/checked.ts';
import type { NameRef, Scalar } from '../../syntax/expression/scalar.ts';
import { Frame, type LinkUse } from '../frame.ts';
import type { ConversionStep, Entity, MeasurePlan, Together } from '../metric-plan.ts';
import { bucket, type Extent, type Scan } from '../plan-scan.ts';
import { Refusal } from '../refusal.ts';
import type { Named, PlanScalar, RelationColumn, Select } from '../relation.ts';
import { all, cast, holds, isNotNull, literal, notAfter, test } from '../scalars.ts';
import type { Storage } from '../storage.ts';
import { at, columnsOf } from './parts.ts';
import { sharedSteps } from './shared-steps.ts';

/** What the steps of a conversion are planned from. */
export interface StepContext {
  readonly checked: Checked;
  readonly storage: Storage;
  readonly scan: Scan & { readonly extent: Extent };
  readonly together: Extract<Together, { kind: 'conversion' }>;
  readonly plan: MeasurePlan;
}

/** The rows of one or more steps: steps that read the same rows by the same time and entity share them. */
interface Stream {
  readonly source: string;
  readonly entity: Entity;
  readonly time: Scalar<NameRef>;
  /** Numbers of steps, from 1, with their conditions. */
  readonly steps: { readonly step: number; readonly where: readonly Scalar<NameRef>[] }[];
}

/** All steps of a conversion, the first included. */
export function eachStep({
  together,
  plan,
  scan,
}: StepContext): readonly Pick<ConversionStep, 'source' | 'entity' | 'time' | 'where'>[] {
  if (scan.rows.mode !== 'event') throw new Error('The first step has a time.');
  const first = { source: scan.source, entity: together.entity, time: scan.rows.time, where: plan.where };
  return [first, ...together.steps];
}

/** The column that tells whether all steps between two, both included, are taken at a moment, each by a row of its own. */
export function takesName(from: number, to: number): string {
  return from === to ? `takes_${from}` : `takes_${from}_to_${to}`;
}

/** All ranges of steps that `takesName` has columns for. */
export function rangesOf(count: number): readonly (readonly [from: number, to: number])[] {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return numbers.flatMap((from) => numbers.filter((to) => to >= from).map((to) => [from, to] as const));
}

/** The column that counts the rows which are one of some steps. */
function stepName(steps: readonly number[]): string {
  return `step_${steps.join('_or_')}`;
}

/** The sets of steps between two, both included, whose rows are counted: each by itself, and those together that share rows. */
function subsetsOf(
  from: number,
  to: number,
  shared: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  return shared.flatMap((steps) => subsets(steps.filter((step) => step >= from && step <= to)));
}

function subsets(steps: readonly number[]): readonly (readonly number[])[] {
  const [first, ...rest] = steps;
  if (first === undefined) return [];
  const others = subsets(rest);
  return [[first], ...others.map((set) => [first, ...set]), ...others];
}

/** The rows of all steps by entity and moment, with which steps are taken there (`takesName`). */
export function momentsPart(
  context: StepContext,
  steps: ReturnType<typeof eachStep>,
): {
  readonly parts: readonly Named<Select>[];
  readonly links: readonly LinkUse[];
  /** Days where a step is known by its day only, as a day is before or after no instant of it. */
  readonly type: 'date' | 'timestamp';
  readonly count: number;
} {
  const streams = streamsOf(steps);
  const type = steps.every(({ time }) => time.type === 'timestamp') ? 'timestamp' : 'date';
  const shared = streams.flatMap(({ steps: own }) => sharedSteps(own));
  const counted = subsetsOf(1, steps.length, shared);
  const flags = steps.map((_, index) => stepName([index + 1]));
  const selects = streams.map((stream) => streamSelect(context, stream, type, steps.length));
  const as = '_steps';
  const counts: Select = {
    from: { kind: 'stack', selects: selects.map(({ select }) => select), as },
    joins: [],
    where: [],
    keys: [...columnsOf(as, ['entity'], 'unknown'), ...columnsOf(as, ['moment'], type)],
    aggregates: counted.map((set) => {
      const any = set.map((step) => at(as, flags[step - 1] ?? '', 'boolean'));
      const [first = literal<RelationColumn>(false)] = any;
      return {
        name: stepName(set),
        value: { fn: 'count_if', args: [any.length === 1 ? first : test('or', ...any)] },
      };
    }),
  };
  return {
    parts: [
      {
        name: '_moments',
        value: takenAt(counts, type, steps.length, shared),
        note: 'which steps each entity takes, moment by moment, each by a row of its own',
      },
    ],
    links: selects.flatMap(({ links }) => links),
    type,
    count: steps.length,
  };
}

/**
 * Which ranges of steps are taken at each moment. Truth values in place of the counts they come from are what keeps the rows narrow that
 * are sorted next.
 */
function takenAt(
  counts: Select,
  type: 'date' | 'timestamp',
  count: number,
  shared: readonly (readonly number[])[],
): Select {
  const as = '_counts';
  return {
    from: { kind: 'select', select: counts, as },
    joins: [],
    where: [],
    keys: [
      ...columnsOf(as, ['entity'], 'unknown'),
      ...columnsOf(as, ['moment'], type),
      ...rangesOf(count).map(([from, to]) => ({
        name: takesName(from, to),
        // Hall 1935: rows of their own for all steps, where any of the steps together have as many rows as they are.
        value:
          all(
            subsetsOf(from, to, shared).map((set) =>
              test<RelationColumn>('>=', at(as, stepName(set)), literal(set.length)),
            ),
          ) ?? literal<RelationColumn>(true),
      })),
    ],
    aggregates: [],
  };
}

function streamsOf(steps: ReturnType<typeof eachStep>): readonly Stream[] {
  const streams = new Map<string, Stream>();
  for (const [index, { source, entity, time, where }] of steps.entries()) {
    const key = JSON.stringify([source, entity, time]);
    const stream = streams.get(key) ?? { source, entity, time, steps: [] };
    streams.set(key, stream);
    const same = [...streams.values()].find((other) => other !== stream && other.source === source);
    if (same !== undefined) {
      throw new Refusal(
        `Its steps ${same.steps[0]?.step ?? 1} and ${index + 1} read the rows of ${source} by different times or entities, and each step is a different row: give both the same \`time\` and \`entity\`, or read one of them from a source of its own.`,
      );
    }
    stream.steps.push({ step: index + 1, where });
  }
  return [...streams.values()];
}

interface Lowered {
  readonly frame: Frame;
  readonly entity: PlanScalar;
  readonly time: PlanScalar;
  /** A valid time. */
  readonly valid: readonly PlanScalar[];
}

function lowered({ checked, storage, scan }: StepContext, stream: Omit<Stream, 'steps'>): Lowered {
  const frame = new Frame(checked, storage, stream.source);
  const time = frame.lower(stream.time);
  // A period is that of the first step.
  if (stream.source === scan.source) bucket(frame, scan.grain, scan.extent, time, []);
  const { entity: of } = stream;
  const entity = of.kind === 'linked' ? frame.rowAt(of.links) : frame.lower(of.scalar);
  return { frame, entity, time, valid: [isNotNull(time), notAfter(time, scan.extent.asOf)] };
}

/** The rows of the first step. */
export function beginning(context: StepContext): Lowered & { readonly where: readonly PlanScalar[] } {
  const { plan, together, scan } = context;
  if (scan.rows.mode !== 'event') throw new Error('The first step has a time.');
  const rows = lowered(context, { source: scan.source, entity: together.entity, time: scan.rows.time });
  const conditions = plan.where.map((condition) => rows.frame.lower(condition));
  return { ...rows, where: [...rows.valid, ...conditions, isNotNull(rows.entity)] };
}

/** A step as it is written. */
function noteOf({ plan, together: { steps } }: StepContext, index: number): string {
  const step = steps[index - 1];
  const clauses = (step?.clauses ?? plan.clauses).map(({ text }) => text).join('; and ');
  const name = step === undefined ? '' : `: ${step.name}`;
  return `step ${index + 1}${name}${clauses === '' ? '' : `; where: ${clauses}`}`;
}

function streamSelect(
  context: StepContext,
  stream: Stream,
  type: 'date' | 'timestamp',
  count: number,
): { readonly select: Select; readonly links: readonly LinkUse[] } {
  const { frame, entity, time, valid } = lowered(context, stream);
  const flags = Array.from({ length: count }, (_, index): PlanScalar => {
    const own = stream.steps.find(({ step }) => step === index + 1);
    if (own === undefined) return literal<RelationColumn>(false);
    const condition = all(own.where.map((each) => frame.lower(each)));
    return condition === undefined ? literal(true) : holds(condition);
  });
  const mine = stream.steps.flatMap(({ step }) => flags[step - 1] ?? []);
  const [first = literal<RelationColumn>(true)] = mine;
  const isEvery = mine.some((flag) => flag.kind === 'literal' && flag.value === true);
  const select: Select = {
    from: frame.from,
    joins: frame.joins,
    where: [
      ...valid,
      isNotNull(entity),
      ...(isEvery ? [] : [mine.length === 1 ? first : test('or', ...mine)]),
    ],
    whereNote: `the rows of ${stream.source} that are a step`,
    keys: [
      { name: 'entity', value: entity, note: 'entity' },
      { name: 'moment', value: cast(time, type) },
      ...flags.map((value, index) => ({
        name: stepName([index + 1]),
        value,
        ...(stream.steps.some(({ step }) => step === index + 1) ? { note: noteOf(context, index) } : {}),
      })),
    ],
    aggregates: [],
  };
  return { select, links: frame.links };
}
