import type { Problem, TextEdit } from '../../base/problem.ts';
import type { Span } from '../../base/span.ts';
import type { Need } from '../../evaluate/numbers.ts';
import type { IdeContext, IdeFile } from '../ide-context.ts';
import { joinEdits } from '../yaml-edit.ts';

/** The kinds of action that there are, by the words of the language server protocol. */
export const ACTION_KINDS = [
  'quickfix',
  'refactor.extract',
  'refactor.inline',
  'refactor.rewrite',
  'source.fixAll.plumbline',
] as const;

export type ActionKind = (typeof ACTION_KINDS)[number];

/** A change of text that is offered at a place. */
export interface CodeAction {
  /** What it does, in the imperative. Titles at one place differ. */
  readonly title: string;
  readonly kind: ActionKind;
  readonly edits: readonly TextEdit[];
  /** Whether it is what nearly everybody wants here: it is applied without asking. */
  readonly preferred: boolean;
  /** The problem that it mends or silences. */
  readonly fixes?: Problem;
  /** Numbers that the edits are made of and that are not known yet, or not of this text. Without them there are no edits, or fewer. */
  readonly needs?: readonly Need[];
}

/** Where actions are asked for. */
export interface ActionRequest {
  readonly context: IdeContext;
  readonly file: IdeFile;
  /** A cursor is an empty span. */
  readonly span: Span;
  /** `YYYY-MM-DD`, from the caller: the core has no clock. */
  readonly today: string;
}

/** One kind of help. Gives nothing where it does not apply, and never throws on half-typed text. */
export type ActionProvider = (request: ActionRequest) => readonly CodeAction[];

/** An action made of edits of which some may be impossible: then there is none. */
export function actionOf(
  action: Omit<CodeAction, 'edits' | 'preferred'> & { readonly preferred?: boolean },
  edits: readonly (TextEdit | undefined)[],
): readonly CodeAction[] {
  const possible = edits.filter((edit) => edit !== undefined);
  const joined = joinEdits(possible);
  if (joined === undefined || joined.length === 0 || possible.length < edits.length) return [];
  return [{ preferred: false, ...action, edits: joined }];
}
