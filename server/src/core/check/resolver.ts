import type { ColumnType, ValueType } from '../base/value-type.ts';
import type { ExpressionWord, Metric } from '../model/project.ts';
import type { ExpressionIssue } from '../syntax/expression/issue.ts';
import { resolveExpression } from '../syntax/expression/resolve.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import type { Scope } from '../syntax/expression/scope.ts';
import type { ScalarNode } from '../syntax/yaml/tree.ts';
import type { Mode } from './expressions.ts';
import { parsedExpression } from './parsed.ts';
import { lookUpLinks, lookUpPath, type PathLookup } from './path-lookup.ts';
import { type ScopeContext, scopeOf } from './scopes.ts';

/** What an expression means on a source, and what is wrong with it. */
export interface Resolved {
  /** `undefined` where it has an error. */
  readonly scalar: Scalar<NameRef> | undefined;
  readonly type: ValueType;
  readonly issues: readonly ExpressionIssue[];
}

/** What is needed where an expression stands. */
export interface Expectation {
  readonly types: readonly ColumnType[];
  /** The key under which it stands, for messages. */
  readonly role: string;
}

/** Resolves expressions, each once for every source, mode and metric-or-not that it is read with. */
export interface Resolver {
  resolve(word: ExpressionWord, source: string, mode: Mode, metric: Metric | undefined): Resolved;
  path(text: string, source: string): PathLookup;
  links(text: string, source: string): ReturnType<typeof lookUpLinks>;
}

/** A resolver over the columns and links of a project. `expectations` says which types fit where an expression stands. */
export function resolverOf(
  context: ScopeContext,
  expectations: ReadonlyMap<ScalarNode, Expectation>,
): Resolver {
  const kept = new Map<ScalarNode, Map<string, Resolved>>();
  const paths = new Map<string, PathLookup>();
  return {
    resolve(word, source, mode, metric) {
      const id = `${mode} ${metric === undefined ? '' : 'metric'} ${source}`;
      const ofNode = kept.get(word.node) ?? new Map<string, Resolved>();
      kept.set(word.node, ofNode);
      const known =
        ofNode.get(id) ??
        resolveIn(word, scopeOf(context, source, mode, metric), expectations.get(word.node));
      ofNode.set(id, known);
      return known;
    },
    path(text, source) {
      const id = `${source}\u0000${text}`;
      const known = paths.get(id) ?? lookUpPath(context, text, source);
      paths.set(id, known);
      return known;
    },
    links: (text, source) => lookUpLinks(context, text, source),
  };
}

/** An expression that cannot be read is not looked into: what it would mean is anybody's guess. */
function resolveIn(word: ExpressionWord, scope: Scope, expectation: Expectation | undefined): Resolved {
  const { expression, issues } = parsedExpression(word);
  if (issues.length > 0) return { scalar: undefined, type: 'unknown', issues };
  const expected = expectation?.types ?? [];
  const role = `"${expectation?.role ?? word.role}"`;
  const resolved = resolveExpression(expression, scope, { expected, role, text: word.text });
  return { scalar: resolved.scalar ?? undefined, type: resolved.type, issues: resolved.issues };
}
