import type { Problem } from '../base/problem.ts';
import type { Metric, Project } from '../model/project.ts';
import type { Shapes } from '../model/shape.ts';
import { blockingOf } from './blocking.ts';
import type { Checked, CheckedKind } from './checked.ts';
import { contextOf } from './context.ts';
import { damagedFiles, damageOf, isUnread } from './damage.ts';
import { unexplainedBy } from './follow-ons.ts';
import { insideAny } from './inside.ts';
import { problemAt, type RuleContext } from './report.ts';
import { expressionCut } from './rules/expression-cut.ts';
import { rules } from './rules/index.ts';
import { filesOfUnknownVersion, unknownVersion } from './rules/unknown-version.ts';
import { settle } from './settle.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';

export interface CheckOptions {
  /** What other floors have found already: it is among the problems, blocks metrics, and what it explains is not said again. */
  readonly known?: readonly Problem[];
  /** What other floors have found that `known` explains: it blocks metrics too, and is not among the problems. */
  readonly explained?: readonly Problem[];
  /** Of the whole project, where only a part of its files is there. */
  readonly surroundings?: Surroundings;
  /** Ids of the problem kinds of other floors, which settings and comments may name too. */
  readonly otherIds?: Iterable<string>;
}

/** Ids of rules that are off unless a project turns them on. */
const OFF: ReadonlySet<string> = new Set(
  rules.filter(({ severity }) => severity === 'off').map(({ id }) => id),
);

/** Rules whose errors do not keep a metric from being evaluated once they are silenced. */
const JUDGEMENTS: ReadonlySet<string> = new Set(
  rules.filter(({ judgement, severity }) => judgement === true || severity !== 'error').map(({ id }) => id),
);

/**
 * Finds what every definition of a project means, and everything that is wrong with it as far as can be known without its
 * rows. Every expression is parsed once, and resolved once for each source that it is read on. Never throws.
 */
export function check(
  loaded: { readonly project: Project; readonly shapes: Shapes },
  kinds: ReadonlyMap<string, CheckedKind>,
  options: CheckOptions = {},
): Checked {
  const { project, shapes } = loaded;
  const known = options.known ?? [];
  const ids = new Set([
    ...rules.map(({ id }) => id),
    ...(options.otherIds ?? []),
    ...known.map(({ code }) => code),
  ]);
  const damage = damageOf(project, known);
  const context = contextOf(project, shapes, kinds, ids, damage, (uses) => {
    if (options.surroundings !== undefined) return options.surroundings;
    const damaged = damagedFiles([...known, ...(options.explained ?? [])]);
    return surroundingsOf(project, uses, ({ path }) => damaged.has(path), known.some(isUnread));
  });
  const isBelievable = believable(context);
  const believed = runRules(context).filter(isBelievable);
  const found = believed.filter(unexplainedBy(known, damage));
  const problems = settle(project, [...known.filter(isBelievable), ...found], OFF, context.ignores);
  let blocking: ((metric: Metric) => Problem | undefined) | undefined;
  return {
    project,
    kinds,
    shapes,
    columns: context.columns,
    problems,
    ...context.checked,
    needs: context.needs,
    blocking(metric) {
      blocking ??= blockingOf(
        project,
        context.book,
        context.needs,
        context.columns,
        errorsOf(found, problems, known),
        explainedErrors(believed, found, options.explained ?? []),
      );
      return blocking(metric);
    },
  };
}

function runRules(context: RuleContext): Problem[] {
  const problems: Problem[] = [];
  for (const rule of rules) {
    if (rule.severity === 'off' && !context.project.settings.rules.has(rule.id)) continue;
    rule.check(context, (spot, message, more) => problems.push(problemAt(rule, spot, message, more)));
  }
  return problems;
}

/**
 * Leaves out what cannot be believed: in a file of an unknown version all but that, and in a definition with an expression
 * that YAML cut short all but that.
 */
function believable(context: RuleContext): (problem: Problem) => boolean {
  const unread = filesOfUnknownVersion(context.project);
  const isInCut = insideAny(new Set(context.cuts.map(({ definition }) => definition)));
  return (problem) => {
    if (unread.has(problem.file)) return problem.code === unknownVersion.id;
    return problem.code === expressionCut.id || !isInCut(problem);
  };
}

/** The errors that keep metrics from being evaluated: silencing an unknown column does not make it known. */
function errorsOf(
  found: readonly Problem[],
  settled: readonly Problem[],
  known: readonly Problem[],
): Problem[] {
  return [
    ...known.filter(({ severity }) => severity === 'error'),
    ...found.filter(({ code }) => !JUDGEMENTS.has(code)),
    ...settled.filter(
      ({ code, severity }) => severity === 'error' && JUDGEMENTS.has(code) && isJudgementError(code),
    ),
  ];
}

/** Errors that are not said, as others explain them: what they stand in means something else than somebody wrote all the same. */
function explainedErrors(
  believed: readonly Problem[],
  said: readonly Problem[],
  explained: readonly Problem[],
): Problem[] {
  const isSaid = new Set(said);
  return [
    ...explained.filter(({ severity }) => severity === 'error'),
    ...believed.filter((problem) => !JUDGEMENTS.has(problem.code) && !isSaid.has(problem)),
  ];
}

/** A warning that a project made an error is an opinion of the project, and no reason not to compute. */
function isJudgementError(code: string): boolean {
  return rules.some(
    ({ id, judgement, severity }) => id === code && judgement === true && severity === 'error',
  );
}
