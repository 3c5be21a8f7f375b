import type { Checked } from '../../check/checked.ts';
import { MAX_STEPS } from '../../check/steps.ts';
import { sourceOf, timingOf } from '../../model/metric-defaults.ts';
import type { ExpressionWord, Metric, Source, Word } from '../../model/project.ts';
import type { NameRef, Scalar } from '../../syntax/expression/scalar.ts';
import type {
  Bringing,
  ConversionStep,
  Entity,
  Lasting,
  MeasurePlan,
  PlannedStep,
  RowSelection,
  RowView,
  Stepping,
} from '../metric-plan.ts';
import { Refusal } from '../refusal.ts';

/** What planning a metric of entities asks of who plans metrics. */
export interface GatherContext {
  readonly checked: Checked;
  readonly metric: Metric;
  readonly source: Source | undefined;
  /** The metric's conditions, with those of the metrics around it. */
  readonly where: readonly ExpressionWord[];
  readonly window: RowView['window'];
  /** A typed expression of the metric on a source, without the bounds of a period. */
  scalar(source: Source, word: ExpressionWord): Scalar<NameRef>;
  /** The same, which may name the bounds of the period that a row is in. */
  inPeriod(source: Source, word: ExpressionWord): Scalar<NameRef>;
  entity(source: Source, text: string): Entity;
  /** A column or path with dates. */
  time(source: Source, text: string): Scalar<NameRef>;
  /** How the rows of the metric fall in periods. */
  rows(source: Source): RowSelection;
  spells(source: Source): RowSelection;
}

/** Plans a metric whose rows are gathered by entity, or by how long they lasted, before they are measured. */
export function gatherRows(context: GatherContext, planned: Lasting | Bringing | Stepping): Gathered {
  if ('lasts' in planned) return planLasting(context, planned);
  return 'brings' in planned ? planBringing(context, planned) : planStepping(context, planned);
}

function planLasting(context: GatherContext, { lasts, stated, report, finish }: Lasting): Gathered {
  const source = known(context.source);
  const { window } = context;
  if (stated !== undefined) {
    if (source.lifespan !== undefined && timingOf(context.checked.project, context.metric)?.kind !== 'time') {
      throw new Refusal(
        `${source.name} says by its \`lifespan\` how long its rows last: give \`entity\` in place of \`duration\` and \`ended\`.`,
      );
    }
    return measured(context, source, {
      rows: context.rows(source),
      view: {
        ...(window === undefined ? {} : { window }),
        together: {
          kind: 'durations',
          duration: context.inPeriod(source, stated.duration),
          ended: context.inPeriod(source, stated.ended),
          report,
        },
      },
      where: context.where.map((word) => context.inPeriod(source, word)),
      clauses: context.where,
      finish,
    });
  }
  if (lasts === undefined) throw new Refusal('It has neither `entity` nor `duration` and `ended`.');
  if (source.lifespan === undefined) {
    throw new Refusal(
      `${source.name} has no \`lifespan\`, so that nothing says from when to when its rows last: declare it, or give \`duration\` and \`ended\`.`,
    );
  }
  return measured(context, source, {
    rows: context.spells(source),
    view: {
      ...(window === undefined ? {} : { window }),
      together: { kind: 'tenure', entity: context.entity(source, lasts.text), report },
    },
    where: context.where.map((word) => context.scalar(source, word)),
    clauses: context.where,
    finish,
  });
}

function planBringing(context: GatherContext, { brings, value, horizon, finish }: Bringing): Gathered {
  const source = known(context.source);
  if (brings === undefined) throw new Refusal('It has no `entity`.');
  if (value === undefined) throw new Refusal('It has no `value`.');
  withoutWindow(context, 'It adds up all that entities have brought');
  const rows = context.rows(source);
  if (rows.mode === 'snapshot') {
    throw new Refusal(
      `${source.name} has no \`time\`, so that nothing says since when its entities are known.`,
    );
  }
  return measured(context, source, {
    rows: atOneTime(rows, source),
    view: {
      together: {
        kind: 'lifetime',
        entity: context.entity(source, brings.text),
        value: context.scalar(source, value),
        ...(horizon === undefined ? {} : { horizon }),
      },
    },
    where: context.where.map((word) => context.scalar(source, word)),
    clauses: context.where,
    finish,
  });
}

/** A spell brings its value at one time: when it starts or ends. */
function atOneTime(rows: RowSelection, source: Source): RowSelection {
  if (rows.mode !== 'active' && rows.mode !== 'during') return rows;
  throw new Refusal(
    `A spell of ${source.name} brings its value once: say \`when: started\` or \`when: ended\`.`,
  );
}

function planStepping(context: GatherContext, { entity, steps, within, finish }: Stepping): Gathered {
  const { checked, metric } = context;
  const [first, ...rest] = steps;
  if (first === undefined || rest.length === 0) throw new Refusal('It has not two `steps`.');
  if (steps.length > MAX_STEPS) {
    throw new Refusal(`It has ${steps.length} steps; at most ${MAX_STEPS} are followed: leave some out.`);
  }
  withoutWindow(context, 'It looks at the period in which entities take the first step');
  const home = known(sourceNamed(checked, first.source) ?? context.source);
  const start = stepOf({ ...context, scalar: context.inPeriod }, home, entity, first);
  const others = rest.map((step) => stepOf(context, home, entity, step));
  refuseMixedEntities([start, ...others]);
  return {
    kind: 'measure',
    metric,
    source: home.name,
    rows: { mode: 'event', time: start.time },
    view: { together: { kind: 'conversion', entity: start.entity, within, steps: others } },
    where: start.where,
    clauses: start.clauses,
    measure: { aggregates: [], finish },
  };
}

/** A plan to which what is said of segments is added. */
type Gathered = Omit<MeasurePlan, 'segments'>;

/** What the metric says of rows (`where`, `time`) holds for every step that is read from its own source. */
function stepOf(
  context: GatherContext,
  home: Source,
  entity: ExpressionWord | undefined,
  step: PlannedStep,
): ConversionStep {
  const source = known(sourceNamed(context.checked, step.source) ?? context.source);
  const who = step.entity ?? entity;
  if (who === undefined) throw new Refusal('It has no `entity`.');
  const own = source === home ? timeWord(context, source) : source.time;
  const time = step.time ?? own;
  if (time === undefined) {
    throw new Refusal(
      `${source.name} has no \`time\`, so that nothing says when the step "${step.name}" is taken: give the step a \`time\`${source.lifespan === undefined ? '' : `, such as ${source.lifespan.start.text}`}.`,
    );
  }
  const words = source === home ? [...context.where, ...step.where] : step.where;
  return {
    name: step.name,
    source: source.name,
    entity: context.entity(source, who.text),
    time: context.time(source, time.text),
    where: words.map((word) => context.scalar(source, word)),
    clauses: words,
  };
}

function timeWord({ checked, metric }: GatherContext, source: Source): Word | undefined {
  // The first step may be read from another source than the file's default, whose time says nothing of it.
  const timing = sourceOf(checked.project, metric) === source ? timingOf(checked.project, metric) : undefined;
  return metric.time ?? (timing?.kind === 'time' ? timing.time : source.time);
}

/** Entities of all steps are compared, so that they must be alike. */
function refuseMixedEntities(steps: readonly ConversionStep[]): void {
  const kindOf = ({ entity }: ConversionStep): string => {
    if (entity.kind === 'linked') return 'a row of another source';
    const { type } = entity.scalar;
    return type === 'integer' ? 'number' : type;
  };
  const [first, ...rest] = steps.filter((step) => kindOf(step) !== 'unknown');
  const other = rest.find((step) => first !== undefined && kindOf(step) !== kindOf(first));
  if (first === undefined || other === undefined) return;
  throw new Refusal(
    `The \`entity\` of the step "${first.name}" is ${kindOf(first)} and that of "${other.name}" ${kindOf(other)}, so that nobody could be in both: name columns with the same values.`,
  );
}

function withoutWindow({ window }: GatherContext, because: string): void {
  if (window !== undefined) {
    throw new Refusal(`${because}, so that a window has no meaning: remove \`window\`.`);
  }
}

function sourceNamed(checked: Checked, name: string | undefined): Source | undefined {
  return name === undefined ? undefined : checked.project.sources.get(name);
}

function known(source: Source | undefined): Source {
  if (source === undefined) throw new Refusal('It names no source.');
  return source;
}

function measured(
  { metric }: GatherContext,
  source: Source,
  {
    finish,
    ...rest
  }: Pick<MeasurePlan, 'rows' | 'view' | 'where' | 'clauses'> & Pick<MeasurePlan['measure'], 'finish'>,
): Gathered {
  return { kind: 'measure', metric, source: source.name, ...rest, measure: { aggregates: [], finish } };
}
