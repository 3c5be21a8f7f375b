import type { Day } from '../base/period.ts';
import type { ProblemKind } from '../base/problem.ts';
import type { ValueType } from '../base/value-type.ts';
import type { Checked } from '../check/checked.ts';
import type { Column, Lifespan, Link, Source } from '../model/project.ts';
import type { Frame } from '../plan/frame.ts';
import { Refusal } from '../plan/refusal.ts';
import type { PlanScalar } from '../plan/relation.ts';
import { compareTimes, dateLiteral, isNotNull, isNull, literal, test } from '../plan/scalars.ts';
import { spellOf } from '../plan/select-rows.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import type { YamlNode } from '../syntax/yaml/tree.ts';
import { orphanLink, rowsSetAside, valueMissing, valueOutside } from './problems.ts';
import { membersThatLinkAlike } from './same-links.ts';

/** A condition that rows should not meet. */
export interface Finding {
  readonly kind: ProblemKind;
  readonly node: YamlNode;
  /** Built in the frame that counts. */
  condition(frame: Frame): PlanScalar;
  message(count: string): string;
}

/**
 * Everything that the rows of a source may break of what is declared of it.
 *
 * @param asOf the last day counted; `undefined` where the source has no time
 * @param links the links that arrive at one row, and so can be followed
 */
export function rowFindings(
  checked: Checked,
  source: Source,
  asOf: Day | undefined,
  links: readonly Link[],
): readonly Finding[] {
  const findings: Finding[] = [];
  const time = source.time === undefined ? undefined : checked.resolvePath(source.time.text, source.name);
  if (source.time !== undefined && time !== undefined) {
    const { node, text } = source.time;
    findings.push({
      kind: rowsSetAside,
      node,
      condition: (frame) => isNull(frame.lower(time)),
      message: (count) => `${count} of ${source.name} set aside: no ${text}.`,
    });
    if (asOf !== undefined) {
      findings.push({
        kind: rowsSetAside,
        node,
        condition: (frame) => compareTimes('>=', frame.lower(time), dateLiteral(asOf + 1)),
        message: (count) => `${count} of ${source.name} set aside: ${text} is after \`as_of\`.`,
      });
    }
  }
  return [
    ...findings,
    ...spellFindings(checked, source, asOf),
    ...linkFindings(checked, source, links),
    ...contractFindings(checked, source),
  ];
}

function spellFindings(checked: Checked, source: Source, asOf: Day | undefined): readonly Finding[] {
  const { lifespan } = source;
  if (lifespan === undefined) return [];
  let spell: ReturnType<typeof spellOf>;
  try {
    spell = spellOf(checked, source);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
  const { start, end } = spell;
  const missing: Finding = {
    kind: rowsSetAside,
    node: lifespan.start.node,
    condition: (frame) => isNull(frame.lower(start)),
    message: (count) => `${count} of ${source.name} set aside: no ${lifespan.start.text}.`,
  };
  const found = asOf === undefined ? [missing] : [missing, startsLate(source, lifespan, start, asOf)];
  if (lifespan.end === undefined || end.type === 'null') return found;
  const { node, text } = lifespan.end;
  const reversed: Finding = {
    kind: rowsSetAside,
    node,
    condition: (frame) => compareTimes('<=', frame.lower(end), frame.lower(start)),
    message: (count) => `${count} of ${source.name} set aside: ${text} is not after ${lifespan.start.text}.`,
  };
  return [...found, reversed];
}

function startsLate(source: Source, { start }: Lifespan, scalar: Scalar<NameRef>, asOf: Day): Finding {
  return {
    kind: rowsSetAside,
    node: start.node,
    condition: (frame) => compareTimes('>=', frame.lower(scalar), dateLiteral(asOf + 1)),
    message: (count) => `${count} of ${source.name} set aside: ${start.text} is after \`as_of\`.`,
  };
}

function linkFindings(checked: Checked, source: Source, links: readonly Link[]): readonly Finding[] {
  return links.flatMap((link): Finding[] => {
    const mine = link.using.map((pair) => checked.resolvePath(pair.mine.text, source.name));
    const known = mine.filter((scalar) => scalar !== undefined);
    if (known.length === 0 || known.length < mine.length) return [];
    // A row of a stack is a row of its member too, and is told of once.
    const told = membersThatLinkAlike(checked.project, source, link);
    if (told.length > 0 && told.length === source.union?.items.length) return [];
    const member = checked.resolvePath('source_name', source.name);
    const others = member === undefined ? [] : told.map((name) => ({ member, name }));
    return [
      {
        kind: orphanLink,
        node: link.nameNode,
        condition: (frame) =>
          test(
            'and',
            test('not', frame.reaches([link.name])),
            ...known.map((scalar) => isNotNull(frame.lower(scalar))),
            ...others.map((each) => test('<>', frame.lower(each.member), literal(each.name))),
          ),
        message: (count) =>
          `${count} of ${source.name} without a match in ${link.to?.text}: what they reach through \`${link.name}\` is null.`,
      },
    ];
  });
}

/** The contract of each column: `required`, `values`, `min` and `max`. */
function contractFindings(checked: Checked, source: Source): readonly Finding[] {
  return [...source.columns.values()].flatMap((column): Finding[] => {
    const scalar = checked.resolvePath(column.name, source.name);
    // A column that is blank in every row has no type; of its contract only `required` can be broken.
    if (scalar === undefined) return [];
    const required = column.required ? [requiredFinding(source, column, scalar)] : [];
    return scalar.type === 'unknown' ? required : [...required, ...boundFindings(source, column, scalar)];
  });
}

function requiredFinding(source: Source, column: Column, scalar: Scalar<NameRef>): Finding {
  return {
    kind: valueMissing,
    node: column.nameNode,
    condition: (frame) => isNull(frame.lower(scalar)),
    message: (count) => `${count} of ${source.name} without ${column.name}, which is \`required\`.`,
  };
}

function boundFindings(source: Source, column: Column, scalar: Scalar<NameRef>): readonly Finding[] {
  const { name, min, max, values } = column;
  const outside = (node: YamlNode, words: string, broken: (value: PlanScalar) => PlanScalar): Finding => ({
    kind: valueOutside,
    node,
    condition: (frame) => broken(frame.lower(scalar)),
    message: (count) => `${count} of ${source.name} with ${name} ${words}.`,
  });
  const findings: Finding[] = [];
  const [first] = values;
  if (first !== undefined) {
    const allowed = values.map((word) => literalOf(word.text, scalar.type));
    const listed = values.map(({ text }) => text).join(', ');
    findings.push(
      outside(column.nameNode, `other than ${listed}`, (value) =>
        test('and', isNotNull(value), test('not', test('in', value, ...allowed))),
      ),
    );
  }
  if (min !== undefined) {
    findings.push(outside(min.node, `below ${min.text}`, (value) => test('<', value, literal(min.value))));
  }
  if (max !== undefined) {
    findings.push(outside(max.node, `above ${max.text}`, (value) => test('>', value, literal(max.value))));
  }
  return findings;
}

function literalOf(text: string, type: ValueType): PlanScalar {
  if (type === 'boolean') return literal(text.toLowerCase() === 'true');
  return { kind: 'literal', type, value: text };
}
