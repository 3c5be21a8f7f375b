import type { Fix } from '../base/problem.ts';
import type { ExpressionIssue, ExpressionIssueKind } from '../syntax/expression/issue.ts';
import { fits, wordFor, wordsFor } from '../syntax/expression/types.ts';
import type { Catalogue } from './columns.ts';
import type { ExpressionUse } from './expressions.ts';
import { hint } from './names.ts';
import type { PathLookup } from './path-lookup.ts';
import type { PathUse } from './paths.ts';
import { type Finding, replaceFix, spotIn, spotOf } from './report.ts';
import type { Resolver } from './resolver.ts';

/** The rule that reports an issue of the expression language. */
const RULE_OF: Readonly<Record<ExpressionIssueKind, string>> = {
  syntax: 'expression-syntax',
  'too-complex': 'too-complex',
  'unknown-column': 'unknown-column',
  'unknown-link': 'unknown-link',
  'unknown-function': 'unknown-function',
  'not-available': 'not-available',
  'wrong-type': 'wrong-type',
  'wrong-arguments': 'wrong-arguments',
  'aggregate-misplaced': 'misplaced-aggregate',
  'null-comparison': 'null-comparison',
};

/** Resolves every expression where it is used, and says what is wrong with it. */
export function expressionFindings(
  uses: readonly ExpressionUse[],
  resolver: Resolver,
  catalogue: Pick<Catalogue, 'names'>,
): readonly Finding[] {
  return uses.flatMap((use) =>
    use.path ? entityFindings(use, resolver) : wordFindings(use, resolver, catalogue),
  );
}

function wordFindings(
  use: ExpressionUse,
  resolver: Resolver,
  catalogue: Pick<Catalogue, 'names'>,
): readonly Finding[] {
  const { issues } = resolver.resolve(use.word, use.source, use.mode, use.metric);
  return issues.map((issue) => issueFinding(use, issue, catalogue));
}

function issueFinding(
  use: ExpressionUse,
  issue: ExpressionIssue,
  catalogue: Pick<Catalogue, 'names'>,
): Finding {
  const { word, definition } = use;
  const { file } = definition;
  const fixes: Fix[] = [];
  if (issue.fix !== undefined) {
    const { span, text, title } = issue.fix;
    fixes.push(...replaceFix(spotIn(file, word.node, span), title, escaped(text, word.node.style), false));
  }
  return {
    code: RULE_OF[issue.issue],
    spot: spotIn(file, word.node, issue.span),
    message: issue.message + choice(use, issue, catalogue),
    more: { fixes },
  };
}

/** The columns to choose from, where no name is near and the source is the expression's own. */
function choice(
  { word, source }: ExpressionUse,
  issue: ExpressionIssue,
  { names }: Pick<Catalogue, 'names'>,
): string {
  if (issue.issue !== 'unknown-column' || issue.message.includes('Did you mean')) return '';
  const behindLink = word.text.slice(0, issue.span.start).trimEnd().endsWith('.');
  return behindLink ? '' : hint(issue.name, names(source));
}

/** A replacement as it has to be written inside the quotes of a scalar, which it must not end. */
export function escaped(text: string, style: string): string {
  if (style === 'single') return text.replaceAll("'", "''");
  return style === 'double' ? text.replaceAll('\\', '\\\\').replaceAll('"', '\\"') : text;
}

/** `entity` and `per`: a column, a path, or a link, which stands for the row that it leads to. */
function entityFindings(use: ExpressionUse, resolver: Resolver): readonly Finding[] {
  const { word, source } = use;
  const found = resolver.path(word.text, source);
  if (found.kind === 'found') {
    if (fits(found.type, use.expects)) return [];
    const spot = spotOf(use.definition.file, word.node);
    return [{ code: 'wrong-type', spot, message: misfit(word.role, use.expects, found.type) }];
  }
  if (resolver.links(word.text, source).kind === 'links') return [];
  return [pathFinding(use, found)];
}

/** Looks up every word that names a column, a path or a chain of links. */
export function pathFindings(uses: readonly PathUse[], resolver: Resolver): readonly Finding[] {
  return uses.flatMap((use) => {
    const found =
      use.names === 'link'
        ? resolver.links(use.word.text, use.source)
        : resolver.path(use.word.text, use.source);
    if (found.kind === 'links') return [];
    if (found.kind !== 'found') return [pathFinding(use, found)];
    if (fits(found.type, use.expects)) return [];
    const spot = spotOf(use.definition.file, use.word.node);
    return [{ code: 'wrong-type', spot, message: misfit(use.role, use.expects, found.type) }];
  });
}

function pathFinding(
  { word, definition }: Pick<PathUse, 'word' | 'definition'>,
  lookup: Exclude<PathLookup, { kind: 'found' }>,
): Finding {
  const spot = spotIn(definition.file, word.node, lookup.span);
  const fixes =
    lookup.near === undefined ? [] : replaceFix(spot, `Change to "${lookup.near}"`, lookup.near, false);
  return { code: lookup.kind, spot, message: lookup.message, more: { fixes } };
}

function misfit(
  role: string,
  expects: ExpressionUse['expects'],
  type: ExpressionUse['expects'][number],
): string {
  // Undeclared columns are typed from every cell, so that one odd cell makes the whole column text.
  const hint =
    type === 'text'
      ? ' If only some cells are, declare its "type" under "columns": those that do not fit are named then.'
      : '';
  return `"${role}" needs ${wordsFor(expects)}, but this is ${wordFor(type)}.${hint}`;
}
