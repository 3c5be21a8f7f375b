import type { Metric, NumberWord, Project, Target } from '../model/project.ts';

/** Every target of every file whose metric is known, with that metric. */
export function targetsOf(project: Project): readonly { readonly target: Target; readonly metric: Metric }[] {
  return project.files.flatMap(({ definitions }) =>
    definitions.flatMap((target) => {
      if (target.definition !== 'target') return [];
      const metric = project.metrics.get(target.metric?.text ?? '');
      return metric === undefined ? [] : [{ target, metric }];
    }),
  );
}

/** The numbers of a target that are in the unit of its metric. */
export function numbersOf({ goal, baseline, tolerance }: Target): readonly (NumberWord | undefined)[] {
  const goals = goal === undefined ? [] : goal.kind === 'between' ? [goal.low, goal.high] : [goal.value];
  return [...goals, baseline?.value, tolerance];
}
