import type { Expression } from './ast.ts';
import { KEYWORDS } from './parse-operand.ts';

/**
 * An expression in its canonical spelling, with every operator in brackets. Parsing the result gives the same tree;
 * two texts with the same result mean the same to the parser. A `missing` node is printed as `?`.
 */
export function printExpression(node: Expression): string {
  switch (node.kind) {
    case 'missing':
      return '?';
    case 'literal':
      return printLiteral(node.type, node.value);
    case 'name':
      return node.parts.map((part) => printName(part.text)).join('.');
    case 'unary':
      return `(${node.op} ${printExpression(node.operand)})`;
    case 'binary':
      return `(${printExpression(node.left)} ${node.op} ${printExpression(node.right)})`;
    case 'cast':
      return `cast(${printExpression(node.value)} as ${node.to.text.toLowerCase()})`;
    case 'call': {
      const args = node.args.map(printExpression).join(', ');
      return `${node.name.text.toLowerCase()}(${node.distinct ? 'distinct ' : ''}${args})`;
    }
    case 'case':
      return printCase(node);
    default:
      return printPredicate(node);
  }
}

/** A name as it has to be written: in double quotes unless it is a plain word. */
export function printName(name: string): string {
  const plain = /^[\p{L}_][\p{L}\p{M}\p{N}_$]*$/u.test(name) && !KEYWORDS.includes(name.toLowerCase());
  return plain ? name : `"${name.replaceAll('"', '""')}"`;
}

/** A text as it has to be written, in single quotes. */
export function printText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function printLiteral(type: string, value: string): string {
  if (type === 'text') return printText(value);
  return type === 'date' || type === 'timestamp' ? `${type} ${printText(value)}` : value;
}

type Predicate = Extract<Expression, { kind: 'between' | 'in' | 'like' | 'is-null' }>;

function printPredicate(node: Predicate): string {
  const value = printExpression(node.value);
  const not = node.negated ? 'not ' : '';
  switch (node.kind) {
    case 'between':
      return `(${value} ${not}between ${printExpression(node.low)} and ${printExpression(node.high)})`;
    case 'in':
      return `(${value} ${not}in (${node.list.map(printExpression).join(', ')}))`;
    case 'like':
      return `(${value} ${not}like ${printExpression(node.pattern)})`;
    case 'is-null':
      return `(${value} is ${not}null)`;
  }
}

function printCase(node: Extract<Expression, { kind: 'case' }>): string {
  const subject = node.subject === null ? '' : ` ${printExpression(node.subject)}`;
  const branches = node.branches.map(
    ({ when, result }) => ` when ${printExpression(when)} then ${printExpression(result)}`,
  );
  const otherwise = node.otherwise === null ? '' : ` else ${printExpression(node.otherwise)}`;
  return `case${subject}${branches.join('')}${otherwise} end`;
}
