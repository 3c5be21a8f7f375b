import type { Problem } from '../base/problem.ts';
import { declaredGroups } from '../check/declared-groups.ts';
import { groupSpot, groupsNamed } from '../check/groups-named.ts';
import { hint } from '../check/names.ts';
import { problemAt } from '../check/report.ts';
import { missingGroup, otherGroup } from '../check/rules/missing-group.ts';
import type { AnyDefinition, GroupReference, Segment } from '../model/project.ts';
import { failureText } from './engine-limits.ts';
import { type GroupsIn, groupsIn } from './groups-in.ts';
import { orRefused } from './or-nothing.ts';
import type { RunContext } from './run-demands.ts';

/** A group as a definition names it. */
interface Use {
  readonly file: string;
  readonly reference: GroupReference;
}

/**
 * Says of the groups that definitions name where no row of their segment is in them: with declared values alone it is the rule
 * `missing-group` that does so, and of such a group nothing is said twice. A segment that has no rows at all, or whose rows are not loaded, says
 * nothing of its groups. Each segment is asked once. Rejects with `EngineFailure` and `Cancelled`.
 */
export async function groupFindings(
  context: RunContext,
  definitions: Iterable<AnyDefinition>,
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const [segment, uses] of usesBySegment(context, definitions)) {
    const found = await groupsOf(
      context,
      segment,
      uses.map(({ reference }) => reference.group),
    );
    if (found === undefined || found.groups.length === 0) continue;
    for (const { file, reference } of uses) {
      const spot = groupSpot(file, reference);
      if (spot === undefined || !found.missing.has(reference.group)) continue;
      const message = `No row of the segment "${segment.name}" is in the group "${reference.group}".${hint(reference.group, found.groups)}`;
      problems.push(problemAt(missingGroup, spot, message, otherGroup(spot, reference.group, found.groups)));
    }
  }
  return problems;
}

/** The groups that only rows can tell about, by the segment that has them. */
function usesBySegment(
  { checked }: RunContext,
  definitions: Iterable<AnyDefinition>,
): ReadonlyMap<Segment, readonly Use[]> {
  const found = new Map<Segment, Use[]>();
  for (const definition of definitions) {
    for (const reference of groupsNamed(definition, true)) {
      const segment = checked.project.segments.get(reference.segment);
      if (segment === undefined || !isByValues(segment)) continue;
      if (reference.group === '' || reference.group === '(none)') continue;
      const declared = declaredGroups(
        { checked, columns: checked.columns, project: checked.project },
        segment,
      );
      if (declared !== undefined && !declared.includes(reference.group)) continue;
      const use = { file: definition.file, reference };
      const uses = found.get(segment);
      if (uses === undefined) found.set(segment, [use]);
      else uses.push(use);
    }
  }
  return found;
}

function isByValues({ form }: Segment): boolean {
  return form.kind === 'by' || form.kind === 'by-source';
}

/** `undefined` where the rows cannot be asked, which is said elsewhere. */
async function groupsOf(
  context: RunContext,
  segment: Segment,
  groups: readonly string[],
): Promise<GroupsIn | undefined> {
  try {
    return await orRefused(() => groupsIn(context, segment, groups));
  } catch (error) {
    // What the engine cannot compute has no value, and its metric says so.
    failureText(error);
    return undefined;
  }
}
