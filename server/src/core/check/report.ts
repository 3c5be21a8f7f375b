import type { Fix, Problem, ProblemKind } from '../base/problem.ts';
import type { Place, Span } from '../base/span.ts';
import type { Definition, Project } from '../model/project.ts';
import type { Shapes } from '../model/shape.ts';
import type { ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';
import type { Checked, CheckedKind, SourceColumns } from './checked.ts';
import type { Cut } from './cuts.ts';
import type { Damage } from './damage.ts';
import type { ExpressionUse } from './expressions.ts';
import type { Ignore } from './ignores.ts';
import type { LinkGraph } from './links.ts';
import type { MetricBook, MetricUse } from './metrics.ts';
import type { NeedsBook } from './needs.ts';
import type { PathUse } from './paths.ts';
import type { Surroundings } from './surroundings.ts';

/** Where a problem stands. With `origin` the text came through an alias: the problem stands at its use, and this is the anchored text. */
export interface Spot extends Place {
  readonly origin?: Span;
}

/** The whole of a node. */
export function spotOf(file: string, node: YamlNode): Spot {
  return node.origin === undefined
    ? { file, span: node.span }
    : { file, span: node.span, origin: node.origin };
}

/** Some characters of a scalar's text, in whatever style it is written. */
export function spotIn(file: string, node: ScalarNode, within: Span): Spot {
  const span = spanIn(node, within);
  return node.origin === undefined ? { file, span } : { file, span: node.span, origin: span };
}

/** The characters of the file that hold `text.slice(start, end)` of a scalar. An empty span is widened to one character. */
function spanIn(node: ScalarNode, { start, end }: Span): Span {
  const from = node.offsetAt(start);
  return { start: from, end: Math.max(node.offsetAt(end), from) };
}

/** What else a problem may carry. */
export type More = Pick<Problem, 'related' | 'fixes'>;

/** Says that something is wrong. The rule's id and severity, and where an alias is involved its anchor, are added. */
export type Report = (spot: Spot, message: string, more?: More) => void;

/** What rules look at. Everything in it is computed once for all of them. */
export interface RuleContext {
  readonly project: Project;
  readonly kinds: ReadonlyMap<string, CheckedKind>;
  readonly shapes: Shapes;
  readonly columns: ReadonlyMap<string, SourceColumns>;
  readonly links: LinkGraph;
  readonly checked: Pick<Checked, 'resolve' | 'resolvePath' | 'follow' | 'paths'>;
  /** Every metric, inline ones included, in file order. */
  readonly metrics: readonly MetricUse[];
  readonly book: MetricBook;
  /** Every expression, on every source that it is read on. */
  readonly expressions: readonly ExpressionUse[];
  expressionsOf(definition: Definition): readonly ExpressionUse[];
  /** The words of a definition that name a column, a path or a link. */
  pathsOf(definition: Definition): readonly PathUse[];
  /** What definitions use of their sources. */
  readonly needs: NeedsBook;
  readonly ignores: readonly Ignore[];
  readonly cuts: readonly Cut[];
  /** Cycles among computed columns and unions, as chains of names, each at the word that closes it. */
  readonly cycles: readonly { readonly spot: Spot; readonly chain: readonly string[] }[];
  /** What resolving expressions and paths found, by the id of the rule that reports it. */
  findings(id: string): readonly Finding[];
  /** What the whole project says of its definitions, also where only a part of its files is looked at. */
  readonly surroundings: Surroundings;
  /** What could not be read, and so is not known to be missing. */
  readonly damage: Damage;
  /** Ids of every rule and problem kind, for comments and settings that name one. */
  readonly knownIds: ReadonlySet<string>;
}

/** Something that resolution found, on behalf of a rule. */
export interface Finding {
  readonly code: string;
  readonly spot: Spot;
  readonly message: string;
  readonly more?: More;
}

/** One rule: what it is called, how it is explained, and how it is checked. */
export interface Rule extends ProblemKind {
  /**
   * A judgement about a definition that can be computed all the same: where it is silenced, the metric is evaluated. Every
   * other error keeps blocking its metric, because there is nothing to evaluate.
   */
  readonly judgement?: true;
  check(context: RuleContext, report: Report): void;
}

/** A problem of a rule. */
export function problemAt(rule: ProblemKind, spot: Spot, message: string, more: More = {}): Problem {
  const severity = rule.severity === 'off' ? 'warning' : rule.severity;
  const related = [
    ...(more.related ?? []),
    ...(spot.origin === undefined
      ? []
      : [{ file: spot.file, span: spot.origin, message: 'The text used here is written there.' }]),
  ];
  return {
    code: rule.id,
    severity,
    message,
    file: spot.file,
    span: spot.span,
    ...(related.length === 0 ? {} : { related }),
    ...(more.fixes === undefined || more.fixes.length === 0 ? {} : { fixes: more.fixes }),
  };
}

/** A fix that replaces the characters of a spot; none where they came through an alias, which may be used elsewhere too. */
export function replaceFix(spot: Spot, title: string, text: string, sure: boolean): Fix[] {
  if (spot.origin !== undefined) return [];
  return [{ title, sure, edits: [{ file: spot.file, span: spot.span, text }] }];
}
