import type { Funnel, FunnelPart } from '../evaluate/numbers.ts';
import { parseExpression } from '../syntax/expression/parse.ts';
import { expressionMeaning } from './expression-meaning.ts';

/** What a condition of a metric does to its rows over all periods. */
export interface ClauseEffect {
  /** One condition, as it is written. */
  readonly clause: string;
  /** The metric that it stands in: that itself, or a part of it. */
  readonly metric: string;
  readonly change: 'added' | 'removed';
  /** Rows that it takes away, of those that the conditions before it leave: they are lost with a clause that is new, and gained with one that is gone. */
  readonly rows: number;
}

/** Rows of a source, before any condition of a metric. */
export interface SourceRows {
  readonly source: string;
  readonly before: number;
  readonly after: number;
}

/** The rows gained and lost by each clause that only one of the versions has. */
export function clauseEffects(before: Funnel, after: Funnel): readonly ClauseEffect[] {
  return after.parts.flatMap((part, index) => {
    const old = before.parts[index];
    return old === undefined
      ? []
      : [
          ...only(part, old).map((effect): ClauseEffect => ({ ...effect, change: 'added' })),
          ...only(old, part).map((effect): ClauseEffect => ({ ...effect, change: 'removed' })),
        ];
  });
}

/** Each condition of an `and` is a clause of its own here. */
function only(part: FunnelPart, other: FunnelPart): readonly Omit<ClauseEffect, 'change'>[] {
  const known = new Set(other.clauses.map(({ word }) => normal(word.text)));
  return part.clauses.flatMap(({ word, kept }, index) => {
    if (known.has(normal(word.text))) return [];
    const left = index === 0 ? (part.timed ?? part.rows) : (part.clauses[index - 1]?.kept ?? 0);
    return [{ clause: word.text, metric: part.metric, rows: left - kept }];
  });
}

/** Equal for conditions that say the same in another spelling. */
function normal(text: string): string {
  return expressionMeaning(text, parseExpression(text).expression);
}

/** The sources of a metric of which there are more or fewer rows than before. */
export function sourceRows(before: Funnel, after: Funnel): readonly SourceRows[] {
  const seen = new Set<string>();
  return after.parts.flatMap((part, index) => {
    const old = before.parts[index];
    if (old === undefined || old.rows === part.rows || seen.has(part.source)) return [];
    seen.add(part.source);
    return [{ source: part.source, before: old.rows, after: part.rows }];
  });
}
