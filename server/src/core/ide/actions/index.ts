import { insideAny } from '../../check/inside.ts';
import { syntaxProblems } from '../../syntax/problems.ts';
import type { ActionKind, ActionProvider, ActionRequest, CodeAction } from './action.ts';
import { definitionAt } from './at-cursor.ts';
import { bumpVersion } from './bump-version.ts';
import { convertType } from './convert-type.ts';
import { correctExample } from './correct-example.ts';
import { declareColumns } from './declare-columns.ts';
import { extractMetric } from './extract-metric.ts';
import { extractSegment } from './extract-segment.ts';
import { inlineMetric } from './inline-metric.ts';
import { missingKeys } from './missing-keys.ts';
import { missingProse } from './missing-prose.ts';
import { quoteExpression } from './quote-expression.ts';
import { removeUnused } from './remove-unused.ts';
import { rewriteStyle } from './rewrite-style.ts';
import { ruleFixes } from './rule-fixes.ts';
import { suppressRule } from './suppress-rule.ts';
import { writeExample } from './write-example.ts';

/** What mends a problem, in the order in which it is offered. */
const mends: readonly ActionProvider[] = [ruleFixes, missingKeys, missingProse, correctExample, removeUnused];

/** What changes a definition that can be read. */
const refactors: readonly ActionProvider[] = [
  extractMetric,
  inlineMetric,
  extractSegment,
  convertType,
  declareColumns,
  writeExample,
  bumpVersion,
  rewriteStyle,
  quoteExpression,
];

/**
 * What can be done at a place of a file. An edit may be in another file of the project. Never throws, whatever the text.
 *
 * @param only kinds that are asked for, such as `refactor` for all below it; every kind where absent
 */
export function codeActions(request: ActionRequest, only?: readonly string[]): readonly CodeAction[] {
  // What silences a problem comes last: it is the least that can be done about one.
  const providers = [...mends, ...(isReadable(request) ? refactors : []), suppressRule];
  const actions = providers.flatMap((provide) => provide(request));
  const seen = new Set<string>();
  return actions.filter(({ title, kind, edits }) => {
    // One repair may be given by several problems: it is the same to the reader.
    const id = JSON.stringify([title, edits]);
    if (!isAskedFor(kind, only) || seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

/** Whether a kind is one of those asked for or lies below one. */
export function isAskedFor(kind: ActionKind, only: readonly string[] | undefined): boolean {
  return (
    only === undefined || only.some((asked) => asked === '' || kind === asked || kind.startsWith(`${asked}.`))
  );
}

/** Whether the definition at the place says what its author meant: what is moved out of broken text breaks more. */
function isReadable(request: ActionRequest): boolean {
  const definition = definitionAt(request);
  if (definition === undefined) return false;
  const broken = request.context.problems.filter(({ code }) => BREAKS.has(code));
  return !broken.some(insideAny([definition]));
}

const BREAKS: ReadonlySet<string> = new Set([
  ...syntaxProblems.map(({ id }) => id),
  'expression-cut',
  'expression-syntax',
  'duplicate-name',
  'unknown-version',
]);
