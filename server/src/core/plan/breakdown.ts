import type { Checked } from '../check/checked.ts';
import { homesOf, type Reach, reachesOf } from '../check/reach.ts';
import type { ExpressionWord, Metric, Segment } from '../model/project.ts';
import { mapNames, type NameRef, type Scalar } from '../syntax/expression/scalar.ts';
import type { Frame } from './frame.ts';
import { Refusal } from './refusal.ts';
import type { Join, PlanScalar, RelationColumn } from './relation.ts';
import { all, holds, literal, nameOf, test, when } from './scalars.ts';

/** The group of rows with a null value or no match through a link. */
export const NONE = '(none)';
/** The group of rows that meet no condition of a segment's `groups`. */
export const OTHER = '(other)';
/** The groups of a segment with `where`. */
export const IN = 'in';
export const OUT = 'out';

/** How the rows of one source fall in groups: a segment, or the values of a column or path. */
export interface Breakdown {
  /** The segment's name or the path, as asked for. */
  readonly key: string;
  readonly form:
    | { readonly kind: 'values'; readonly scalar: Scalar<NameRef>; readonly links: readonly string[] }
    | {
        readonly kind: 'groups';
        readonly groups: readonly NamedCondition[];
        readonly links: readonly string[];
      }
    | { readonly kind: 'in-out'; readonly condition: Scalar<NameRef>; readonly links: readonly string[] };
}

interface NamedCondition {
  readonly name: string;
  readonly condition: Scalar<NameRef>;
}

/**
 * How a source's rows fall in the groups of `key`: a segment that the source reaches, else a column or link path of it.
 * Refuses where it is neither, or where several chains of links reach the segment and the metric, or one around it, chooses none.
 */
export function breakdownOf(
  checked: Checked,
  key: string,
  source: string,
  metric: Pick<Metric, 'segments'>,
): Breakdown {
  const segment = checked.project.segments.get(key);
  if (segment !== undefined) return { key, form: segmentForm(checked, segment, source, metric) };
  const scalar = checked.resolvePath(key, source);
  if (scalar === undefined) {
    throw new Refusal(`"${key}" is neither a segment nor a column that ${source} has or reaches by links.`);
  }
  return { key, form: { kind: 'values', scalar, links: [] } };
}

function segmentForm(
  checked: Checked,
  segment: Segment,
  source: string,
  metric: Pick<Metric, 'segments'>,
): Breakdown['form'] {
  const { form } = segment;
  const homes = homesOf(segment);
  if (homes.length === 0 || form.kind === 'none')
    throw new Refusal(`The segment "${segment.name}" has an error.`);
  const { home, links } = wayTo(checked, segment, homes, source, metric);
  switch (form.kind) {
    case 'by-source': {
      const word = form.by.get(home);
      if (word === undefined) throw new Refusal(`The segment "${segment.name}" has an error.`);
      return { kind: 'values', scalar: resolved(checked, segment, word, home, links), links };
    }
    case 'by':
      return { kind: 'values', scalar: resolved(checked, segment, form.by, home, links), links };
    case 'where': {
      const condition = all(form.where.map((word) => resolved(checked, segment, word, home, links)));
      return { kind: 'in-out', condition: condition ?? literal(true), links };
    }
    case 'groups': {
      const groups = [...form.groups.values()].map(({ name, condition }) => ({
        name,
        condition: resolved(checked, segment, condition, home, links),
      }));
      return { kind: 'groups', groups, links };
    }
  }
}

/** The one chain of links from a metric's source to that of a segment, or to one of several on which the segment is read. */
function wayTo(
  checked: Checked,
  segment: Segment,
  homes: readonly string[],
  source: string,
  metric: Pick<Metric, 'segments'>,
): Reach {
  const reaches = reachesOf(checked, source, segment);
  // A choice of the outer metric is for those of its sides that have one.
  const vias = metric.segments.flatMap(({ segment: { text }, via }) =>
    text === segment.name && via !== undefined ? [via.text] : [],
  );
  const via = vias.find((one) => reaches.some(({ links }) => links.join('.') === one));
  const chosen = via === undefined ? reaches : reaches.filter(({ links }) => links.join('.') === via);
  const [only] = chosen;
  if (only === undefined) {
    throw new Refusal(
      `The segment "${segment.name}" is defined on ${homes.join(' and ')}, which ${source} does not reach by links.`,
    );
  }
  if (chosen.length > 1) {
    const listed = chosen.map(({ links }) => links.join('.')).join(', ');
    throw new Refusal(`Several link paths lead from ${source} to the segment "${segment.name}": ${listed}.`);
  }
  return only;
}

function resolved(
  checked: Checked,
  segment: Segment,
  word: ExpressionWord,
  source: string,
  links: readonly string[],
): Scalar<NameRef> {
  const scalar = checked.resolve(word, source);
  if (scalar === undefined) throw new Refusal(`The segment "${segment.name}" has an error.`);
  return mapNames(scalar, ({ ref, type }) =>
    nameOf(ref.at === 'row' ? { ...ref, links: [...links, ...ref.links] } : ref, type),
  );
}

/** A breakdown in a select: the key column, and for overlapping groups the join that repeats a row for each group it is in. */
export interface LoweredBreakdown {
  readonly key: PlanScalar;
  readonly join: Join | undefined;
}

/** Lowers a breakdown into a frame. `name` is free in it. */
export function lowerBreakdown(frame: Frame, breakdown: Breakdown, name: string): LoweredBreakdown {
  const { form } = breakdown;
  switch (form.kind) {
    case 'values':
      return { key: whereReached(frame, form.links, frame.lower(form.scalar)), join: undefined };
    case 'in-out': {
      const label = when(holds(frame.lower(form.condition)), literal<RelationColumn>(IN), literal(OUT));
      return { key: whereReached(frame, form.links, label), join: undefined };
    }
    case 'groups':
      return lowerGroups(frame, form.groups, form.links, name);
  }
}

/** The label of rows with a match behind the links; null, which is `(none)`, without. */
function whereReached(frame: Frame, links: readonly string[], label: PlanScalar): PlanScalar {
  return links.length === 0 ? label : when(frame.reaches(links), label);
}

function lowerGroups(
  frame: Frame,
  groups: readonly NamedCondition[],
  links: readonly string[],
  name: string,
): LoweredBreakdown {
  const label = nameOf<RelationColumn>({ relation: name, column: 'label' }, 'text');
  const conditions = groups.map((group) => holds(frame.lower(group.condition)));
  const reached = links.length === 0 ? literal<RelationColumn>(true) : frame.reaches(links);
  const cases = groups.map((group, index) => ({
    when: test('=', label, literal<RelationColumn>(group.name)),
    result: test('and', reached, conditions[index] ?? literal(false)),
  }));
  const noneHolds = conditions.map((condition) => test('not', condition));
  cases.push({ when: test('=', label, literal(OTHER)), result: test('and', reached, ...noneHolds) });
  const on: PlanScalar = { kind: 'case', type: 'boolean', branches: cases, otherwise: test('not', reached) };
  const labels = [...groups.map((group) => group.name), OTHER, NONE];
  return {
    key: label,
    join: {
      kind: 'inner',
      to: {
        kind: 'values',
        as: name,
        columns: [{ name: 'label', type: 'text' }],
        rows: labels.map((text) => [text]),
      },
      on: [on],
    },
  };
}

/** The order in which a breakdown's groups are shown: as declared, then by value, `(other)` and `(none)` last. */
export function compareGroups(breakdown: Breakdown): (a: string, b: string) => number {
  const declared =
    breakdown.form.kind === 'groups'
      ? breakdown.form.groups.map((group) => group.name)
      : breakdown.form.kind === 'in-out'
        ? [IN, OUT]
        : [];
  const rank = (label: string): number => {
    if (label === NONE) return declared.length + 2;
    if (label === OTHER) return declared.length + 1;
    const index = declared.indexOf(label);
    return index < 0 ? declared.length : index;
  };
  return (a, b) => rank(a) - rank(b) || compareValues(a, b);
}

function compareValues(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (a.trim() !== '' && b.trim() !== '' && Number.isFinite(x) && Number.isFinite(y)) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}
