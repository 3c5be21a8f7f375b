import { didYouMean, suggest } from '../../base/suggest.ts';
import type { ColumnType, ValueType } from '../../base/value-type.ts';
import { type Argument, fitsParameter, parameterAt, readUnit } from './arguments.ts';
import type { Expression } from './ast.ts';
import { compareTypes } from './compare.ts';
import {
  AGGREGATES,
  type AggregateInfo,
  FUNCTIONS,
  type FunctionInfo,
  type FunctionName,
  findFunction,
  isAggregate,
  signatureOf,
  type TimeUnit,
} from './functions.ts';
import { functionHint } from './hints.ts';
import { broken, call, type Resolver, report, typed } from './resolver.ts';
import type { Scalar } from './scalar.ts';
import { isOpen, type Typed, widen } from './types.ts';

type CallNode = Extract<Expression, { kind: 'call' }>;

export function resolveCall(r: Resolver, node: CallNode): Typed {
  const info = findFunction(node.name.text);
  if (info === null) return unknownFunction(r, node);
  if (isAggregate(info)) return resolveAggregate(r, node, info);
  if (node.distinct) {
    report(r, 'wrong-arguments', node.name.span, `"distinct" stands in count(distinct x) only.`, wrong(info));
  }
  if (!hasRightCount(r, node, info)) {
    for (const arg of node.args) r.resolve(arg);
    return broken(info.result === 'as-argument' ? 'unknown' : info.result);
  }
  return resolveFunction(r, node, info);
}

function wrong(info: FunctionInfo): { function: string } {
  return { function: info.name };
}

function unknownFunction(r: Resolver, node: CallNode): Typed {
  const { text: name, span } = node.name;
  const known = [...Object.keys(FUNCTIONS), ...Object.keys(AGGREGATES), 'cast', ...(r.scope.functions ?? [])];
  const hint = functionHint(name);
  const candidates = suggest(name, known);
  const advice = hint === null ? didYouMean(name, known) : ` ${hint}`;
  const [near] = candidates;
  const fix =
    hint === null && near !== undefined ? { span, text: near, title: `Change to ${near}` } : undefined;
  report(r, 'unknown-function', span, `There is no function "${name}".${advice}`, { name, candidates }, fix);
  for (const arg of node.args) r.resolve(arg);
  return broken();
}

function hasRightCount(r: Resolver, node: CallNode, info: FunctionInfo): boolean {
  const { parameters } = info;
  const least = parameters.filter(({ optional }) => optional !== true).length;
  const most = parameters.some(({ repeated }) => repeated) ? Number.POSITIVE_INFINITY : parameters.length;
  const given = node.args.length;
  if (given >= least && given <= most) return true;
  const message = `${info.name} is written ${signatureOf(info)}; here are ${given === 0 ? 'no arguments' : given === 1 ? 'only 1 argument' : `${given} arguments`}.`;
  report(r, 'wrong-arguments', node.span, message, wrong(info));
  return false;
}

function resolveFunction(r: Resolver, node: CallNode, info: FunctionInfo): Typed {
  const name = info.name as FunctionName;
  let unit: TimeUnit | undefined;
  const operands: Argument[] = [];
  let fine = true;
  node.args.forEach((arg, index) => {
    const parameter = parameterAt(info, index);
    if (parameter.type === 'unit') {
      unit = readUnit(r, arg, name);
      fine &&= unit !== undefined;
      return;
    }
    const operand = { node: arg, value: r.resolve(arg), parameter };
    operands.push(operand);
    if (!fitsParameter(r, operand, info)) fine = false;
  });
  const common = commonOf(r, operands, info, unit);
  const type = common === null ? 'unknown' : resultOf(info, operands, common, unit);
  if (!fine || common === null) return broken(info.result === 'as-argument' ? 'unknown' : type);
  return call(
    name,
    type,
    operands.map((operand) => argument(operand, common, type)),
    unit,
  );
}

/** The one type of the arguments that have to be alike; `null` where they are not. */
function commonOf(
  r: Resolver,
  operands: readonly Argument[],
  info: FunctionInfo,
  unit: TimeUnit | undefined,
): ValueType | null {
  const alike = operands.filter(({ parameter: { type } }) => type === 'alike' || type === 'ordered');
  if (alike.length === 0 && info.name !== 'date_diff') return 'unknown';
  if (info.name === 'date_diff' && isLengthOfPeriod(operands, unit)) return 'date';
  return compareTypes(r, info.name === 'date_diff' ? operands : alike, info.name);
}

/** The days between the bounds of a period, which are dates: a day on which clocks change is one day too. */
function isLengthOfPeriod(operands: readonly Argument[], unit: TimeUnit | undefined): boolean {
  if (unit === 'second' || unit === 'minute' || unit === 'hour') return false;
  return operands.every(({ value: { scalar } }) => scalar?.kind === 'name' && scalar.ref.at === 'period');
}

function resultOf(
  info: FunctionInfo,
  operands: readonly Argument[],
  common: ValueType,
  unit: TimeUnit | undefined,
): ValueType {
  if (info.result !== 'as-argument') return info.result;
  const like = operands.find(({ parameter: { type } }) => type === 'number' || type === 'time');
  if (like === undefined) return common;
  const { type } = like.value;
  if (type === 'null') return like.parameter.type === 'number' ? 'number' : 'date';
  const clock = unit === 'second' || unit === 'minute' || unit === 'hour';
  return info.name === 'date_add' && clock && !isOpen(type) ? 'timestamp' : type;
}

/** The argument as the function gets it: of the common type where there is one, else of the parameter's. */
function argument(operand: Argument, common: ValueType, result: ValueType): Scalar | null {
  const { value, parameter } = operand;
  if (value.scalar === null) return null;
  switch (parameter.type) {
    case 'alike':
    case 'ordered':
      return widen(value.scalar, common);
    case 'time':
      if (common === 'date' || common === 'timestamp') return widen(value.scalar, common);
      return value.type === 'date' && result === 'timestamp'
        ? widen(value.scalar, 'timestamp')
        : nullAs(value.scalar, 'date');
    case 'number':
      return result === 'number' ? widen(value.scalar, 'number') : nullAs(value.scalar, 'number');
    case 'boolean':
    case 'integer':
    case 'text':
      return nullAs(value.scalar, parameter.type);
    default:
      return nullAs(value.scalar, 'text');
  }
}

/** A `null` gets the type that is expected of it, so that engines can tell which function is meant. */
function nullAs(scalar: Scalar, type: ColumnType): Scalar {
  return scalar.type === 'null' ? widen(scalar, type) : scalar;
}

function resolveAggregate(r: Resolver, node: CallNode, info: AggregateInfo): Typed {
  const name = info.name as keyof typeof AGGREGATES;
  const { span } = node.name;
  const before = r.issues.length;
  if (r.aggregate !== null) {
    const message = `${name} stands inside ${r.aggregate}; one aggregate cannot hold another.`;
    report(r, 'aggregate-misplaced', span, message, {});
  } else if (r.scope.aggregates === 'forbidden') {
    const message = `${name} is a value of many rows, but here stands a value of one row.`;
    report(r, 'aggregate-misplaced', span, message, {});
  }
  if (node.distinct && name !== 'count') {
    report(r, 'wrong-arguments', span, '"distinct" stands in count(distinct x) only.', wrong(info));
  }
  const outer = r.aggregate;
  r.aggregates++;
  r.aggregate = outer ?? name;
  const right = hasRightCount(r, node, info);
  const operands = node.args.map((arg, index) => ({
    node: arg,
    value: r.resolve(arg),
    parameter: parameterAt(info, index),
  }));
  r.aggregate = outer;
  const fitting = right && operands.every((operand) => fitsParameter(r, operand, info));
  const [arg] = operands;
  const type = aggregateType(info, arg?.value.type);
  const fine = fitting && r.issues.length === before && operands.every(({ value }) => value.scalar !== null);
  if (!fine) return broken(type);
  const scalar = arg === undefined ? null : argument(arg, arg.value.type, type);
  return typed({ kind: 'aggregate', type, fn: name, distinct: node.distinct, arg: scalar });
}

function aggregateType(info: AggregateInfo, arg: ValueType | undefined): ValueType {
  if (info.result !== 'as-argument') return info.result;
  return arg === undefined || arg === 'null' ? 'number' : arg;
}
