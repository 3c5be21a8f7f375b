import { type Token, tokenize } from '../syntax/expression/tokens.ts';
import { type CallInfo, callInfo } from './calls.ts';
import { expressionAt } from './expression-at.ts';
import type { IdeContext, IdeFile } from './ide-context.ts';

/** The call in which an offset stands. */
export interface SignatureHelp {
  readonly call: CallInfo;
  /** The index of the parameter that is being written; beyond the last where there are too many arguments. */
  readonly active: number;
}

/**
 * How the function is called in whose brackets an offset stands, innermost first, also while the call is not closed yet.
 * `previous` is known in formulas only.
 */
export function signatureHelp(context: IdeContext, file: IdeFile, offset: number): SignatureHelp | undefined {
  const at = expressionAt(context, file, offset);
  if (at === undefined) return undefined;
  const [{ word, mode, path }] = at.uses;
  if (path) return undefined;
  for (const { name, argument } of openCalls(tokenize(word.text.slice(0, at.index)).tokens)) {
    const call = name === 'previous' && mode !== 'formula' ? undefined : callInfo(name);
    if (call !== undefined) return { call, active: activeParameter(call, argument) };
  }
  return undefined;
}

interface OpenCall {
  readonly name: string;
  /** How many arguments are complete. */
  argument: number;
}

/** The calls that are open at the end of some tokens, innermost first. */
function openCalls(tokens: readonly Token[]): readonly OpenCall[] {
  const open: OpenCall[] = [];
  tokens.forEach((token, index) => {
    const last = open.at(-1);
    if (token.kind === 'op' && token.text === '(') {
      const before = tokens[index - 1];
      open.push({ name: before?.kind === 'name' ? before.text.toLowerCase() : '', argument: 0 });
    } else if (token.kind === 'op' && token.text === ')') open.pop();
    else if (last !== undefined && separates(token, last)) last.argument++;
  });
  return open.reverse();
}

/** The parts of a cast are separated by a word. */
function separates({ kind, text }: Token, { name }: OpenCall): boolean {
  return name === 'cast' ? kind === 'name' && text.toLowerCase() === 'as' : kind === 'op' && text === ',';
}

function activeParameter({ parameters }: CallInfo, argument: number): number {
  const last = parameters.length - 1;
  return parameters[last]?.repeated === true ? Math.min(argument, last) : argument;
}
