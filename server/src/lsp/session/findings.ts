import type { Problem, TextEdit } from '../../core/base/problem.ts';
import type { Span } from '../../core/base/span.ts';
import type { MetricsFile, Project } from '../../core/model/project.ts';
import { type NodePath, pathAround, spanOfPath } from '../../core/syntax/yaml/anchor.ts';

/** A problem that the data show, with the node that it is about: it stays there when a description above it changes. */
export interface Finding {
  readonly problem: Problem;
  /** `undefined` where it is about no node. */
  readonly path: NodePath | undefined;
  /** Which characters of the node are meant, where it is not all of them. */
  readonly within?: Span;
}

/** Problems as findings of the project in which they were found. */
export function findingsOf(project: Project, problems: readonly Problem[]): readonly Finding[] {
  const roots = new Map<string, MetricsFile['root']>();
  for (const { path, root } of project.files) roots.set(path, root);
  return problems.map((problem) => {
    const root = roots.get(problem.file);
    const path = pathAround(root, problem.span);
    const span = path && spanOfPath(root, path);
    if (span === undefined) return { problem, path };
    const within = { start: problem.span.start - span.start, end: problem.span.end - span.start };
    return {
      problem,
      path,
      ...(within.end === span.end - span.start && within.start === 0 ? {} : { within }),
    };
  });
}

/** The problem where its node is now. */
export function placed({ problem, path, within }: Finding, root: MetricsFile['root']): Problem {
  const node = path === undefined ? undefined : spanOfPath(root, path);
  if (node === undefined) return problem;
  const span =
    within === undefined ? node : { start: node.start + within.start, end: node.start + within.end };
  const by = span.start - problem.span.start;
  return by === 0 ? { ...problem, span } : { ...problem, span, ...movedFixes(problem, by) };
}

/** A fix changes the characters that a problem stands on. */
function movedFixes({ file, fixes }: Problem, by: number): Pick<Problem, 'fixes'> {
  if (fixes === undefined) return {};
  const moved = (edit: TextEdit): TextEdit =>
    edit.file === file ? { ...edit, span: { start: edit.span.start + by, end: edit.span.end + by } } : edit;
  return { fixes: fixes.map((fix) => ({ ...fix, edits: fix.edits.map(moved) })) };
}
