import type { Span } from '../base/span.ts';
import type { ExpressionWord } from '../model/project.ts';
import { type WrittenName, writtenNames } from '../syntax/expression/names.ts';
import { type MetricUse, ownSourceWord } from './metrics.ts';
import { parsedExpression } from './parsed.ts';
import type { RuleContext } from './report.ts';

/** A name that may differ among the rows that `once_per` puts together. */
export interface OncePerFault {
  readonly word: ExpressionWord;
  readonly within: Span;
  readonly message: string;
}

/**
 * With `once_per: account` a row stands for all that link to one account, so that only what lies behind the link is the same for all
 * of them.
 */
export function oncePerFaults(
  { checked }: Pick<RuleContext, 'checked'>,
  { metric, kind }: MetricUse,
): readonly OncePerFault[] {
  const { oncePer, per } = metric;
  if (oncePer === undefined || per !== undefined || kind === undefined) return [];
  const links = oncePer.text.split('.');
  const source = ownSourceWord(metric, kind)?.text;
  // A link that is not there is reported as that.
  if (source === undefined || checked.follow(source, links) === undefined) return [];
  const isBehind = ({ parts }: WrittenName): boolean => {
    if (parts.length === 1 && BOUNDS.has(parts[0]?.text ?? '')) return true;
    return parts.length > links.length && links.every((link, index) => parts[index]?.text === link);
  };
  return kind.expressions(metric.spec).flatMap(({ word, scope, path }): readonly OncePerFault[] => {
    const { expression, issues } = parsedExpression(word);
    if (scope !== 'row' || path === true || issues.length > 0) return [];
    const odd = writtenNames(expression).find((name) => !isBehind(name));
    const [first, last] = [odd?.parts[0], odd?.parts.at(-1)];
    if (odd === undefined || first === undefined || last === undefined) return [];
    const name = odd.parts.map(({ text }) => text).join('.');
    const message = `With "once_per", a row stands for all that link to one "${oncePer.text}", and "${name}" may differ among them: take values from behind "${oncePer.text}", or remove "once_per".`;
    return [{ word, within: { start: first.span.start, end: last.span.end }, message }];
  });
}

const BOUNDS: ReadonlySet<string> = new Set(['period_start', 'period_end']);
