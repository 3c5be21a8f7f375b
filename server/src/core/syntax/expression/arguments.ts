import { suggest } from '../../base/suggest.ts';
import type { ValueType } from '../../base/value-type.ts';
import type { Expression } from './ast.ts';
import type { Operand } from './compare.ts';
import { type FunctionInfo, type FunctionName, type Parameter, type TimeUnit, unitsOf } from './functions.ts';
import { patternProblem } from './pattern.ts';
import { needs, type Resolver, report, textOf, wrongType } from './resolver.ts';
import type { Scalar } from './scalar.ts';
import { fits, type Typed } from './types.ts';

/** An argument and the parameter that it stands for. */
export type Argument = Operand & { readonly parameter: Parameter };

/** The parameter for the argument at `index`; the last one may be repeated. */
export function parameterAt(info: FunctionInfo, index: number): Parameter {
  const last = info.parameters.at(-1);
  const found = info.parameters[index] ?? last;
  return found ?? { name: 'x', type: 'any' };
}

/** The unit of a calendar function has to be written out, since it decides what is computed. */
export function readUnit(r: Resolver, arg: Expression, name: FunctionName): TimeUnit | undefined {
  const units = unitsOf(name);
  if (arg.kind === 'missing') return undefined;
  if (arg.kind === 'literal' && arg.type === 'text') {
    const unit = units.find((known) => known === arg.value.toLowerCase());
    if (unit !== undefined) return unit;
    const near = suggest(arg.value, units);
    const message = `"${arg.value}" is not a unit of ${name}; there are ${units.join(', ')}.`;
    const text = `'${near[0]}'`;
    const fix = near[0] === undefined ? undefined : { span: arg.span, text, title: `Change to ${text}` };
    report(r, 'wrong-arguments', arg.span, message, { function: name }, fix);
    return undefined;
  }
  const word = arg.kind === 'name' && arg.parts.length === 1 ? arg.parts[0]?.text.toLowerCase() : undefined;
  const text = `'${units.find((known) => known === word) ?? 'month'}'`;
  const fix = text.slice(1, -1) === word ? { span: arg.span, text, title: `Write ${text}` } : undefined;
  report(
    r,
    'wrong-arguments',
    arg.span,
    `The unit of ${name} is written in quotes: ${text}.`,
    { function: name },
    fix,
  );
  return undefined;
}

const WANTED: Partial<Readonly<Record<Parameter['type'], readonly ValueType[]>>> = {
  boolean: ['boolean'],
  integer: ['integer'],
  number: ['number'],
  text: ['text'],
  pattern: ['text'],
  quoted: ['text'],
  time: ['date', 'timestamp'],
  ordered: ['number', 'text', 'date', 'timestamp'],
};

/** Reports an argument whose type is not the parameter's, or that has to be written out and is not. */
export function fitsParameter(r: Resolver, operand: Argument, info: FunctionInfo): boolean {
  const { node, value, parameter } = operand;
  const wanted = WANTED[parameter.type] ?? [];
  if (!fits(value.type, wanted)) {
    const what = info.parameters.length > 1 ? `"${parameter.name}" of ${info.name}` : info.name;
    wrongType(
      r,
      node.span,
      needs(what, wanted, value.type),
      wanted,
      value.type,
      castFix(r, node, value, wanted),
    );
    return false;
  }
  if (value.scalar === null) return true;
  return parameter.type === 'pattern' || parameter.type === 'quoted'
    ? isWritten(r, node, value.scalar, parameter, info)
    : isPossible(r, node, value.scalar, parameter, info);
}

/** Text where a date is needed can be cast. */
function castFix(
  r: Resolver,
  node: Expression,
  value: Typed,
  wanted: readonly ValueType[],
): { span: Expression['span']; text: string; title: string } | undefined {
  const written = textOf(r, node);
  if (value.type !== 'text' || !wanted.includes('date') || written === undefined) return undefined;
  const text = node.kind === 'literal' ? `date ${written}` : `cast(${written} as date)`;
  return { span: node.span, text, title: `Write ${text}` };
}

function isWritten(
  r: Resolver,
  node: Expression,
  scalar: Scalar,
  parameter: Parameter,
  info: FunctionInfo,
): boolean {
  let problem: string | null = null;
  if (scalar.kind !== 'literal') problem = 'has to be a quoted text';
  else if (typeof scalar.value === 'string') {
    if (parameter.type === 'pattern') problem = patternProblem(scalar.value);
    else if (scalar.value === '' && parameter.name !== 'to') problem = 'cannot be empty';
    else if (scalar.value.length > 100) problem = 'is longer than 100 characters';
  }
  if (problem === null) return true;
  const message = `The ${parameter.name} of ${info.name} ${problem}.`;
  const complex = /repeat|longer|deep/.test(problem) && parameter.type === 'pattern';
  if (complex) report(r, 'too-complex', node.span, message, {});
  else report(r, 'wrong-arguments', node.span, message, { function: info.name });
  return false;
}

/** Numbers that are written out and can never work. */
function isPossible(
  r: Resolver,
  node: Expression,
  scalar: Scalar,
  parameter: Parameter,
  info: FunctionInfo,
): boolean {
  if (scalar.kind !== 'literal' || scalar.type !== 'integer') return true;
  const value = Number(scalar.value);
  const counted = info.name === 'split_part' && parameter.name === 'index' && value < 1;
  const length = info.name === 'substring' && parameter.name === 'length' && value < 0;
  if (!counted && !length) return true;
  const message = counted ? 'The parts are counted from 1.' : 'A length cannot be negative.';
  report(r, 'wrong-arguments', node.span, message, { function: info.name });
  return false;
}
