import { spanOfDefinition } from '../check/inside.ts';
import type { AnyDefinition, Metric } from '../model/project.ts';
import type { Cause } from './affected.ts';
import { definitionsOf } from './definitions-of.ts';
import type { Fact } from './fact.ts';
import type { DiffSide } from './side.ts';

/** Whether errors keep a metric from being evaluated in one of two versions only, and the facts about what these errors stand in. */
export interface Blocked {
  readonly isOther: boolean;
  readonly causes: readonly Cause[];
}

/** Compares what keeps a metric from being evaluated. An error may stand in a part of a source that the metric itself does not use. */
export function blockedOnOneSide(
  before: DiffSide,
  old: Metric,
  after: DiffSide,
  now: Metric,
  facts: readonly Fact[],
): Blocked {
  const [was, is] = [before.checked.blocking(old), after.checked.blocking(now)];
  if ((was === undefined) === (is === undefined)) return { isOther: false, causes: [] };
  const [side, problem] = is === undefined ? [before, was] : [after, is];
  const holder = problem && holderOf(side, problem);
  const told = facts.filter(
    ({ subject }) => subject.kind === holder?.definition && subject.name === holder.name,
  );
  return {
    isOther: true,
    causes: told.map((fact) => ({ fact, through: [fact.subject], reaches: 'total' })),
  };
}

function holderOf(
  side: DiffSide,
  { file, span }: { readonly file: string; readonly span: { readonly start: number; readonly end: number } },
): AnyDefinition | undefined {
  const all = (['source', 'segment', 'metric'] as const).flatMap((kind) => [
    ...definitionsOf(side, kind).values(),
  ]);
  return all.find((definition) => {
    const own = spanOfDefinition(definition);
    return definition.file === file && own.start <= span.start && span.end <= own.end;
  });
}
