import { LineIndex } from '../core/base/line-index.ts';
import { pathsBehindLinks } from '../core/check/behind-links.ts';
import type { Checked } from '../core/check/checked.ts';
import type { ExpressionWord, Metric } from '../core/model/project.ts';
import { homeOf, leavesOf } from '../core/open-data.ts';
import type { Expression } from '../core/syntax/expression/ast.ts';
import type { ExpressionIssue } from '../core/syntax/expression/issue.ts';
import { parseExpression } from '../core/syntax/expression/parse.ts';
import { resolveExpression } from '../core/syntax/expression/resolve.ts';
import type { Lookup, Scope } from '../core/syntax/expression/scope.ts';
import type { ScalarNode } from '../core/syntax/yaml/tree.ts';
import { codeFrame } from './code-frame.ts';
import { UsageError } from './exit-code.ts';

/** The text of `--where` as the core takes expressions: a scalar of no file. */
export function whereWord(text: string): ExpressionWord {
  const node: ScalarNode = {
    kind: 'scalar',
    span: { start: 0, end: text.length },
    text,
    value: text,
    style: 'plain',
    offsetAt: (index) => index,
  };
  return { text, node, role: 'where' };
}

/**
 * The names of the metrics on whose sources the expression means nothing. Fails where it cannot be read, where metrics were named
 * and one is among those, and where all are.
 */
export function checkWhere(
  checked: Checked,
  { text }: ExpressionWord,
  metrics: readonly Metric[],
  named: boolean,
): ReadonlySet<string> {
  const { expression, issues } = parseExpression(text);
  if (issues[0] !== undefined) throw wrong(text, issues[0], '');
  const unfit = new Map<string, UsageError>();
  for (const metric of metrics) {
    const failure = failureOn(checked, expression, text, metric);
    if (failure !== undefined) unfit.set(metric.name, failure);
  }
  const [first] = unfit.values();
  if (first !== undefined && (named || unfit.size === metrics.length)) throw first;
  return new Set(unfit.keys());
}

function failureOn(
  checked: Checked,
  expression: Expression,
  text: string,
  metric: Metric,
): UsageError | undefined {
  for (const leaf of leavesOf(checked, metric)) {
    const source = homeOf(checked, leaf);
    if (source === undefined) continue;
    const options = { expected: ['boolean'] as const, role: 'A condition', text };
    const { issues } = resolveExpression(expression, scopeOf(checked, source), options);
    const issue = issues.find((each) => each.issue !== 'null-comparison');
    if (issue !== undefined) return wrong(text, issue, ` (for ${metric.name})`);
  }
  return undefined;
}

function wrong(text: string, { message, span }: ExpressionIssue, where: string): UsageError {
  const line = text.replaceAll(/[\r\n]/g, ' ');
  const { code, indent, length } = codeFrame({ text: line, lines: new LineIndex(line) }, span, WIDTH, '...');
  return new UsageError(`--where: ${message}${where}`, [
    `  ${code}`,
    `  ${' '.repeat(indent)}${'^'.repeat(length)}`,
  ]);
}

/** Columns of an expression that are shown. */
const WIDTH = 96;

/** The names of a metric's `where` on a source: its columns, those that it reaches by links, and the period's bounds. */
function scopeOf(checked: Checked, source: string): Scope {
  return {
    aggregates: 'forbidden',
    lookup: (path) =>
      lookUp(
        checked,
        path.map(({ text }) => text),
        source,
      ),
  };
}

function lookUp(checked: Checked, path: readonly string[], source: string): Lookup {
  const [only] = path;
  if (path.length === 1 && (only === 'period_start' || only === 'period_end')) {
    const bound = only === 'period_start' ? 'start' : 'end';
    return { kind: 'found', ref: { at: 'period', bound }, type: 'timestamp' };
  }
  if (path.length === 1 && only === 'event_time') {
    return { kind: 'found', ref: { at: 'event_time' }, type: 'timestamp' };
  }
  const links = path.slice(0, -1);
  const column = path.at(-1) ?? '';
  let home = source;
  for (const [part, link] of links.entries()) {
    const to = checked.follow(home, [link]);
    if (to === undefined) {
      const candidates = [...(checked.project.sources.get(home)?.links.keys() ?? [])];
      return { kind: 'unknown-link', part, source: home, candidates };
    }
    home = to;
  }
  const known = checked.columns.get(home);
  const info = known?.columns.get(column);
  if (info !== undefined || known?.complete !== true) {
    return { kind: 'found', ref: { at: 'row', links, column }, type: info?.type ?? 'unknown' };
  }
  const candidates = [...known.columns.keys()];
  const behindLinks = pathsBehindLinks(
    checked,
    home,
    checked.project.sources.keys(),
    (name) => checked.columns.get(name)?.columns.has(column) === true,
    column,
  );
  return { kind: 'unknown-column', part: links.length, source: home, candidates, behindLinks };
}
