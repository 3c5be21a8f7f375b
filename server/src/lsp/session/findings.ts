import type { Problem } from '../../core/base/problem.ts';
import type { MetricsFile, Project } from '../../core/model/project.ts';
import { type NodePath, pathOfSpan, spanOfPath } from '../../core/syntax/yaml/anchor.ts';

/** A problem that the data show, with the node that it is about: it stays there when a description above it changes. */
export interface Finding {
  readonly problem: Problem;
  /** `undefined` where it is about no node. */
  readonly path: NodePath | undefined;
}

/** Problems as findings of the project in which they were found. */
export function findingsOf(project: Project, problems: readonly Problem[]): readonly Finding[] {
  const roots = new Map<string, MetricsFile['root']>();
  for (const { path, root } of project.files) roots.set(path, root);
  return problems.map((problem) => ({ problem, path: pathOfSpan(roots.get(problem.file), problem.span) }));
}

/** The problem where its node is now. */
export function placed({ problem, path }: Finding, root: MetricsFile['root']): Problem {
  const span = path === undefined ? undefined : spanOfPath(root, path);
  return span === undefined ? problem : { ...problem, span };
}
