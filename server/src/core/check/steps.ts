import type { ValueType } from '../base/value-type.ts';
import type { Step } from '../model/kind.ts';
import { sourceWordOf } from '../model/kind.ts';
import { timingOf } from '../model/metric-defaults.ts';
import type { ExpressionWord, Metric, Word } from '../model/project.ts';
import { wordFor } from '../syntax/expression/types.ts';
import type { YamlNode } from '../syntax/yaml/tree.ts';
import { type MetricUse, ownSourceWord } from './metrics.ts';
import type { RuleContext } from './report.ts';

/** What is wrong with a step, at the node that must change. */
export interface StepFault {
  readonly node: YamlNode;
  readonly message: string;
}

/** Each set of steps that share rows is counted, of which there are twice as many with each step. */
export const MAX_STEPS = 8;

/** Steps of a conversion that cannot be put on one time line. */
export function stepFaults(context: RuleContext, use: MetricUse): readonly StepFault[] {
  const { metric, kind } = use;
  const taken = kind?.steps?.(metric.spec);
  if (taken === undefined || metric.node === undefined) return [];
  const { entity, steps } = taken;
  if (steps.length > MAX_STEPS) {
    const node = metric.node.get('steps')?.key ?? metric.nameNode;
    return [{ node, message: `At most ${MAX_STEPS} steps are followed, and these are ${steps.length}.` }];
  }
  const home = ownSourceWord(metric, kind)?.text ?? '';
  const placed = steps.map((step, index) => placeOf(context, metric, { step, index, entity, home }));
  if (placed.some(({ isUnknown }) => isUnknown)) return [];
  return [...placed.flatMap(timeless), ...placed.flatMap((one) => shared(placed, one)), ...mixed(placed)];
}

/** A step with where and when it is taken, and by whom. */
interface Placed {
  readonly number: number;
  readonly node: YamlNode;
  readonly source: string;
  readonly time: Word | undefined;
  /** The start of a spell, where the source has spells. */
  readonly start: string | undefined;
  readonly entity: ExpressionWord | undefined;
  /** What time and entity mean there, to be compared. */
  readonly meaning: string;
  /** `row` where the entity is a row that a link leads to. */
  readonly type: ValueType | 'row';
  readonly isUnknown: boolean;
}

function placeOf(
  { project, damage, checked }: RuleContext,
  metric: Metric,
  {
    step,
    index,
    entity,
    home,
  }: { step: Step; index: number; entity: ExpressionWord | undefined; home: string },
): Placed {
  const name = (step.source ?? sourceWordOf(metric))?.text ?? home;
  const source = project.sources.get(name);
  const timing = timingOf(project, metric);
  const own = metric.time ?? (timing?.kind === 'time' && name === home ? timing.time : undefined);
  const time = step.time ?? (name === home ? own : undefined) ?? source?.time;
  const who = step.entity ?? entity;
  const isLink = who !== undefined && checked.follow(name, who.text.split('.')) !== undefined;
  const meaningOf = (word: Word | undefined): unknown =>
    word === undefined ? null : (checked.resolvePath(word.text, name) ?? word.text);
  const found = who === undefined || isLink ? undefined : checked.resolvePath(who.text, name);
  return {
    number: index + 1,
    node: step.source?.node ?? step.name?.node ?? metric.nameNode,
    source: name,
    time,
    start: source?.lifespan?.start.text,
    entity: who,
    meaning: JSON.stringify([meaningOf(time), isLink ? who.text : meaningOf(who)]),
    type: isLink ? 'row' : (found?.type ?? 'unknown'),
    isUnknown: source === undefined || damage.incomplete.has(source),
  };
}

function timeless({ time, node, source, start }: Placed): readonly StepFault[] {
  if (time !== undefined) return [];
  const example = start === undefined ? '' : `, such as ${start}`;
  const message = `"${source}" has no "time", so that nothing says when this step is taken: give the step a "time"${example}.`;
  return [{ node, message }];
}

/** One row read by two times could be two steps, and each step is a different row. */
function shared(placed: readonly Placed[], step: Placed): readonly StepFault[] {
  const first = placed.find(({ source }) => source === step.source);
  if (first === undefined || first.meaning === step.meaning) return [];
  const message = `The steps ${first.number} and ${step.number} read the rows of "${step.source}" by different times or entities, and each step must be a row of its own: give both the same "time" and "entity", or read one of them from a source of its own.`;
  return [{ node: step.node, message }];
}

/** Entities of all steps are compared, so that they must be alike. */
function mixed(placed: readonly Placed[]): readonly StepFault[] {
  const kindOf = ({ type }: Placed): string =>
    type === 'row' ? 'a row of another source' : wordFor(type === 'integer' ? 'number' : type);
  const [first, ...rest] = placed.filter(({ type }) => type !== 'unknown');
  const other = rest.find((step) => first !== undefined && kindOf(step) !== kindOf(first));
  if (first === undefined || other?.entity === undefined) return [];
  const message = `The "entity" of step ${first.number} is ${kindOf(first)} and that of step ${other.number} ${kindOf(other)}, so that nobody could be in both: name columns with the same values.`;
  return [{ node: other.node, message }];
}
