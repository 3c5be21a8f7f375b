import type { Checked } from '../../check/checked.ts';
import type { Example, Metric, Target } from '../../model/project.ts';
import type { Path } from '../../schema/applicable.ts';
import type { ScalarNode } from '../../syntax/yaml/tree.ts';
import { nodeAt } from '../../syntax/yaml/walk.ts';
import type { IdeContext, IdeFile } from '../ide-context.ts';
import { inlineMetrics } from '../parts.ts';
import { type SymbolAt, symbolAt } from '../symbol-at.ts';
import { definitionAt, isOn } from '../uses.ts';

/** What a hover is about: what the word names, and the place of the definition in which it stands. */
export interface Subject {
  readonly symbol: SymbolAt;
  /** In a `where` of a metric or of one inside of it: the one condition, or all of them on the key. */
  readonly clause: { readonly metric: Metric; readonly text: string | undefined } | undefined;
  /** On the goal of a target. */
  readonly target: Target | undefined;
  /** On what an example expects. */
  readonly example:
    | { readonly metric: Metric; readonly example: Example; readonly index: number }
    | undefined;
}

/** What stands at an offset; `undefined` where nothing is to be said. */
export function subjectAt(context: IdeContext, file: IdeFile, offset: number): Subject | undefined {
  const symbol = symbolAt(context, file, offset);
  if (symbol === undefined) return undefined;
  const definition = definitionAt(file.file, offset);
  const found = nodeAt(file.tree, offset);
  const path = (found?.path ?? []).map((step) => ('entry' in step ? step.entry.key.text : step.index));
  const node = found?.node.kind === 'scalar' ? found.node : undefined;
  const metric = definition?.definition === 'metric' ? definition : undefined;
  return {
    symbol,
    clause: metric && clauseAt(context.checked, metric, path, node, offset),
    target: definition?.definition === 'target' && isGoal(path) ? definition : undefined,
    example: metric && exampleAt(metric, path),
  };
}

/** Conditions of inline metrics are steps on the way of the metric's rows too. */
function clauseAt(
  checked: Checked,
  metric: Metric,
  path: Path,
  node: ScalarNode | undefined,
  offset: number,
): Subject['clause'] {
  const clauses = [metric, ...inlineMetrics(checked, metric)].flatMap(({ where }) => where);
  const clause = clauses.find((word) => isOn(word.node, offset));
  if (clause !== undefined) return { metric, text: clause.text };
  return node?.text === 'where' && path.at(-1) === 'where' ? { metric, text: undefined } : undefined;
}

function isGoal(path: Path): boolean {
  return ['at_least', 'at_most', 'between'].includes(String(path[2]));
}

/** `examples` may also be a single map. */
function exampleAt(metric: Metric, path: Path): Subject['example'] {
  if (path[2] !== 'examples' || path.at(-1) !== 'expect') return undefined;
  const written = path[3];
  const index = typeof written === 'number' ? written : 0;
  const example = metric.examples[index];
  return example && { metric, example, index };
}
