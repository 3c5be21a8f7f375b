import type { Problem } from '../../core/base/problem.ts';
import type { Span } from '../../core/base/span.ts';
import type { Project } from '../../core/model/project.ts';
import type { YamlNode } from '../../core/syntax/yaml/tree.ts';
import { nodeAt, type Step } from '../../core/syntax/yaml/walk.ts';

/**
 * A finding of the rows, with the way to the declaration at which it stands: it is found again there while words and comments
 * around it change, which change no value, so that nothing is computed again.
 */
export interface AnchoredFinding {
  readonly problem: Problem;
  /** From the root of the file; `undefined` where no key, value or item stands just there. */
  readonly way: readonly Turn[] | undefined;
}

type Turn = number | { readonly key: string; readonly on: 'key' | 'value' };

/** Anchors findings in the text that they were computed from. */
export function anchored(project: Project, problems: readonly Problem[]): readonly AnchoredFinding[] {
  return problems.map((problem) => ({ problem, way: wayTo(rootOf(project, problem), problem.span) }));
}

/** Findings as they stand in the text of now. */
export function inPlace(project: Project, findings: readonly AnchoredFinding[]): readonly Problem[] {
  return findings.map(({ problem, way }) => {
    const node = way && follow(rootOf(project, problem), way);
    return node === undefined ? problem : { ...problem, span: node.span };
  });
}

function rootOf({ files }: Project, { file }: Problem): YamlNode | undefined {
  return files.find(({ path }) => path === file)?.root;
}

function wayTo(root: YamlNode | undefined, span: Span): readonly Turn[] | undefined {
  const way: Turn[] = [];
  const steps = nodeAt({ root, comments: [], issues: [] }, span.start)?.path ?? [];
  for (const step of steps) {
    way.push('entry' in step ? { key: step.entry.key.text, on: step.on } : step.index);
    const node = nodeOf(step);
    if (node?.span.start === span.start && node.span.end === span.end) return way;
  }
  return undefined;
}

function nodeOf(step: Step): YamlNode | undefined {
  return 'entry' in step ? step.entry[step.on] : step.in.items[step.index];
}

function follow(root: YamlNode | undefined, way: readonly Turn[]): YamlNode | undefined {
  let node = root;
  for (const turn of way) {
    if (typeof turn === 'number') node = node?.kind === 'seq' ? node.items[turn] : undefined;
    else node = node?.kind === 'map' ? node.get(turn.key)?.[turn.on] : undefined;
  }
  return node;
}
