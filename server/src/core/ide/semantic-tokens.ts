import type { Span } from '../base/span.ts';
import type { Checked } from '../check/checked.ts';
import type { ExpressionUse } from '../check/expressions.ts';
import type { NameUse } from '../check/names.ts';
import type { PathUse } from '../check/paths.ts';
import type { AnyDefinition } from '../model/project.ts';
import type { ScalarNode } from '../syntax/yaml/tree.ts';
import { type ExpressionToken, expressionTokens, type TokenMeaning } from './expression-tokens.ts';
import type { IdeContext, IdeFile } from './ide-context.ts';
import { pathTokens } from './path-tokens.ts';
import { usesIn } from './uses.ts';

/** What tokens are shown as: standard types of the protocol, so that every theme has colours for them. */
export const TOKEN_TYPES = [
  'keyword',
  'function',
  'property',
  'namespace',
  'variable',
  'class',
  'enum',
  'enumMember',
  'type',
  'string',
  'number',
  'operator',
] as const;
export type TokenType = (typeof TOKEN_TYPES)[number];

/** `aggregate` and `date` are our own: a theme that does not know them shows the plain type. */
export const TOKEN_MODIFIERS = ['declaration', 'aggregate', 'date', 'readonly'] as const;
export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

/** One token, on one line. */
export interface SemanticToken {
  readonly span: Span;
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

/**
 * The tokens of a file in order: words of expressions, names of definitions where they are made and used, columns and links.
 * None spans lines or overlaps another. With a span, only definitions that it touches are looked through.
 */
export function semanticTokens(
  { checked }: IdeContext,
  { file }: IdeFile,
  within?: Span,
): readonly SemanticToken[] {
  const definitions = file.definitions.filter(
    ({ nameNode, node }) =>
      within === undefined ||
      (nameNode.span.start <= within.end && within.start <= (node ?? nameNode).span.end),
  );
  const { expressions, paths, names } = usesIn(checked, file, definitions);
  const drafts = [
    ...definitions.flatMap(declared),
    ...onceEach(expressions).flatMap((use) => expressionDrafts(checked, use)),
    ...onceEach(paths).flatMap((use) => pathDrafts(checked, use)),
    ...names.flatMap(nameDrafts),
  ];
  const tokens = drafts.flatMap((draft) => onLines(file.text, draft));
  const shown =
    within === undefined
      ? tokens
      : tokens.filter(({ span }) => span.start < within.end && within.start < span.end);
  return withoutOverlaps([...shown].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end));
}

/** One use of each word: the tokens of an expression that is read on several sources are the same. */
function onceEach<Use extends ExpressionUse | PathUse>(uses: readonly Use[]): readonly Use[] {
  return [...new Map(uses.map((use) => [use.word.node, use])).values()];
}

function declared(definition: AnyDefinition): readonly SemanticToken[] {
  const made = (node: ScalarNode, type: TokenType): SemanticToken[] => whole(node, type, ['declaration']);
  switch (definition.definition) {
    case 'source':
      return [
        ...made(definition.nameNode, 'class'),
        ...[...definition.columns.values()].flatMap(({ nameNode }) => made(nameNode, 'property')),
        ...[...definition.links.values()].flatMap(({ nameNode }) => made(nameNode, 'namespace')),
      ];
    case 'segment': {
      const groups = definition.form.kind === 'groups' ? [...definition.form.groups.values()] : [];
      return [
        ...made(definition.nameNode, 'enum'),
        ...groups.flatMap(({ nameNode }) => made(nameNode, 'enumMember')),
      ];
    }
    default:
      return made(definition.nameNode, 'variable');
  }
}

function expressionDrafts(checked: Checked, use: ExpressionUse): readonly SemanticToken[] {
  return expressionTokens(checked, use).flatMap((token) => tokenDraft(use.word.node, token));
}

function pathDrafts(checked: Checked, { word, source }: PathUse): readonly SemanticToken[] {
  return pathTokens(checked, word.text, source).flatMap((token) => tokenDraft(word.node, token));
}

type Shown = readonly [type: TokenType, ...modifiers: readonly TokenModifier[]];

const SHOWN: Readonly<Record<TokenMeaning['kind'], Shown | undefined>> = {
  column: ['property'],
  link: ['namespace'],
  metric: ['variable'],
  moment: ['variable', 'readonly'],
  function: ['function'],
  aggregate: ['function', 'aggregate'],
  keyword: ['keyword'],
  type: ['type'],
  text: ['string'],
  number: ['number'],
  date: ['string', 'date'],
  operator: ['operator'],
  bracket: undefined,
  unknown: undefined,
};

function tokenDraft(node: ScalarNode, { span, meaning }: ExpressionToken): readonly SemanticToken[] {
  const shown = SHOWN[meaning.kind];
  if (shown === undefined || node.origin !== undefined) return [];
  const [type, ...modifiers] = shown;
  return [{ span: { start: node.offsetAt(span.start), end: node.offsetAt(span.end) }, type, modifiers }];
}

function nameDrafts({ word, namespace, length }: NameUse): readonly SemanticToken[] {
  const { node, text } = word;
  const type = namespace === 'source' ? 'class' : namespace === 'segment' ? 'enum' : 'variable';
  if (node.origin !== undefined || length >= text.length) return whole(node, type, []);
  const dot = node.offsetAt(length);
  return [
    { span: { start: node.offsetAt(0), end: dot }, type, modifiers: [] },
    {
      span: { start: node.offsetAt(length + 1), end: node.offsetAt(text.length) },
      type: 'enumMember',
      modifiers: [],
    },
  ];
}

/** A whole scalar, without its quotes. */
function whole(node: ScalarNode, type: TokenType, modifiers: readonly TokenModifier[]): SemanticToken[] {
  if (node.origin !== undefined) return [];
  return [{ span: { start: node.offsetAt(0), end: node.offsetAt(node.text.length) }, type, modifiers }];
}

/** The parts of a token on each of its lines, without the indentation. */
function onLines(text: string, token: SemanticToken): readonly SemanticToken[] {
  const { start, end } = token.span;
  const written = text.slice(start, end);
  if (!/[\r\n]/.test(written)) return end > start ? [token] : [];
  return [...written.matchAll(/[^\s][^\r\n]*/g)].map((match) => ({
    ...token,
    span: { start: start + match.index, end: start + match.index + match[0].trimEnd().length },
  }));
}

function withoutOverlaps(sorted: readonly SemanticToken[]): readonly SemanticToken[] {
  let end = 0;
  return sorted.filter(({ span }) => {
    if (span.start < end) return false;
    end = span.end;
    return true;
  });
}
