import type { Span } from '../base/span.ts';
import type { Checked } from '../check/checked.ts';
import type { ExpressionUse } from '../check/expressions.ts';
import type { Metric } from '../model/project.ts';
import { findFunction, isAggregate } from '../syntax/expression/functions.ts';
import { KEYWORDS } from '../syntax/expression/parse-operand.ts';
import { type Token, tokenize } from '../syntax/expression/tokens.ts';
import { partOf } from './parts.ts';
import { pathTokens } from './path-tokens.ts';

/** What a word of an expression stands for. */
export type TokenMeaning =
  /** `source` is the one that has the column: of a path, the one at the end of its links. */
  | { readonly kind: 'column'; readonly source: string; readonly column: string }
  | { readonly kind: 'link'; readonly source: string; readonly link: string }
  /** `undefined` where there is no metric of that name. A part of a formula is a metric too. */
  | { readonly kind: 'metric'; readonly name: string; readonly metric: Metric | undefined }
  /** `period_start`, `period_end`, `event_time`. */
  | { readonly kind: 'moment'; readonly name: string }
  | { readonly kind: 'function' | 'aggregate'; readonly name: string }
  | { readonly kind: 'keyword' | 'type' | 'text' | 'number' | 'date' | 'operator' | 'bracket' | 'unknown' };

/** A token of an expression, with its span in the expression's own text. */
export interface ExpressionToken {
  readonly span: Span;
  readonly text: string;
  readonly meaning: TokenMeaning;
}

/**
 * The tokens of an expression with what they stand for. It is found from the tokens alone, not from a syntax tree, so that it
 * is the same while the rest of the expression is half typed.
 */
export function expressionTokens(checked: Checked, use: ExpressionUse): readonly ExpressionToken[] {
  const { text } = use.word;
  if (use.path) return pathTokens(checked, text, use.source);
  const { tokens } = tokenize(text);
  const reader: Reader = { checked, use, tokens, calls: [] };
  const found: ExpressionToken[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'end') break;
    found.push({ span: token.span, text: token.text, meaning: meaningOf(reader, token, at) });
  }
  return found;
}

interface Reader {
  readonly checked: Checked;
  readonly use: ExpressionUse;
  readonly tokens: readonly Token[];
  /** The brackets that are open, innermost last: of a call its name in lower case, else nothing. */
  readonly calls: string[];
}

function meaningOf(reader: Reader, token: Token, at: number): TokenMeaning {
  switch (token.kind) {
    case 'number':
      return { kind: 'number' };
    case 'date':
      return { kind: 'date' };
    case 'text':
      return { kind: isDateWord(reader.tokens[at - 1]) ? 'date' : 'text' };
    case 'quoted':
      return nameMeaning(reader, at);
    case 'name':
      return wordMeaning(reader, token.text.toLowerCase(), at);
    case 'op':
      return operatorMeaning(reader, token.text, at);
    default:
      return { kind: 'unknown' };
  }
}

function operatorMeaning({ calls, tokens }: Reader, text: string, at: number): TokenMeaning {
  if (text === '(') {
    const before = tokens[at - 1];
    const isCall = before?.kind === 'name' && !isKeyword(before.text);
    calls.push(isCall ? before.text.toLowerCase() : '');
  }
  if (text === ')') calls.pop();
  return { kind: '(),.'.includes(text) ? 'bracket' : 'operator' };
}

function wordMeaning(reader: Reader, word: string, at: number): TokenMeaning {
  const { tokens, calls } = reader;
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  const inPath = isOp(before, '.') || isOp(after, '.');
  if (inPath) return nameMeaning(reader, at);
  if (isKeyword(word)) return { kind: 'keyword' };
  if (isDateWord(tokens[at]) && (after?.kind === 'text' || after?.kind === 'date'))
    return { kind: 'keyword' };
  if (calls.at(-1) === 'cast') {
    if (word === 'as') return { kind: 'keyword' };
    if (before?.kind === 'name' && before.text.toLowerCase() === 'as') return { kind: 'type' };
  }
  if (word === 'distinct' && isOp(before, '(') && !isOp(after, ')') && !isOp(after, ','))
    return { kind: 'keyword' };
  if (!isOp(after, '(')) return nameMeaning(reader, at);
  const info = findFunction(word);
  return { kind: info !== null && isAggregate(info) ? 'aggregate' : 'function', name: word };
}

/** A name, or one part of a dotted one. */
function nameMeaning(reader: Reader, at: number): TokenMeaning {
  const { checked, use, tokens, calls } = reader;
  let first = at;
  while (isOp(tokens[first - 1], '.') && isName(tokens[first - 2])) first -= 2;
  const isLast = !isOp(tokens[at + 1], '.');
  const name = tokens[at]?.text ?? '';
  if (first === at && isLast && use.metric !== undefined && MOMENTS.has(name))
    return { kind: 'moment', name };
  const aggregated = calls.some((call) => isAggregateName(call));
  if (use.mode === 'formula' && !aggregated) {
    if (first !== at || !isLast) return { kind: 'unknown' };
    const metric = partOf(checked, use.metric, name) ?? checked.project.metrics.get(name);
    return { kind: 'metric', name: metric?.name ?? name, metric };
  }
  const links: string[] = [];
  for (let part = first; part < at; part += 2) links.push(tokens[part]?.text ?? '');
  const home = checked.follow(use.source, links);
  if (home === undefined) return { kind: 'unknown' };
  if (!isLast) return { kind: 'link', source: home, link: name };
  return { kind: 'column', source: home, column: name };
}

const MOMENTS: ReadonlySet<string> = new Set(['period_start', 'period_end', 'event_time']);

function isAggregateName(name: string): boolean {
  const info = findFunction(name);
  return info !== null && isAggregate(info);
}

function isKeyword(word: string): boolean {
  return KEYWORDS.includes(word.toLowerCase());
}

function isDateWord(token: Token | undefined): boolean {
  return token?.kind === 'name' && ['date', 'timestamp'].includes(token.text.toLowerCase());
}

function isName(token: Token | undefined): boolean {
  return token?.kind === 'name' || token?.kind === 'quoted';
}

function isOp(token: Token | undefined, text: string): boolean {
  return token?.kind === 'op' && token.text === text;
}
