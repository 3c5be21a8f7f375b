import type { Project, Target } from '../model/project.ts';

const known = new WeakMap<Project, ReadonlyMap<string, readonly Target[]>>();

/** The targets of a metric, in the project's order. They are sorted out once for a project, since every metric asks. */
export function targetsOf(project: Project, metric: string): readonly Target[] {
  const targets = known.get(project) ?? byMetric(project);
  known.set(project, targets);
  return targets.get(metric) ?? [];
}

function byMetric({ targets }: Project): ReadonlyMap<string, readonly Target[]> {
  const found = new Map<string, Target[]>();
  for (const target of targets.values()) {
    const metric = target.metric?.text ?? '';
    const others = found.get(metric);
    if (others === undefined) found.set(metric, [target]);
    else others.push(target);
  }
  return found;
}
