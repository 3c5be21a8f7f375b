import { suggest } from '../../base/suggest.ts';
import type { AnyDefinition, GroupReference } from '../../model/project.ts';
import { declaredGroups } from '../declared-groups.ts';
import { groupSpot, groupsNamed } from '../groups-named.ts';
import { hint } from '../names.ts';
import { page } from '../page.ts';
import { type More, type Report, type Rule, type RuleContext, replaceFix, type Spot } from '../report.ts';

/** Groups that no row can be in by what is declared of the segment's column, or that no row is in. */
export const missingGroup: Rule = {
  id: 'missing-group',
  severity: 'warning',
  summary: 'A target, an example or a journey is about a group that no row is in.',
  documentation: page({
    why: `
      A segment with \`by\` has a group for each value. Where the column declares its \`values\`, a group with another name holds no
      row, and a target about it is never met and never missed. With the data loaded (\`plumbline eval\`, \`test\`, \`check --data\` and
      the editor), the same is said where no row of the segment has the value. Examples that give their own rows are not held
      against the data, and neither are the \`groups\` of a segment, which are conditions that rows may come to meet. Groups are written exactly as the values are, capital letters included.`,
    wrong: `
      sources:
        subscriptions:
          data: subscriptions.csv
          time: started_on
          columns: { plan: { type: text, values: [free, team, enterprise] } }
      segments:
        plan: { source: subscriptions, by: plan }
      metrics:
        new_subscriptions: { type: count, source: subscriptions }
      targets:
        more: { metric: new_subscriptions, segment: plan.Enterprise, at_least: 10, each: month }`,
    right: `
      targets:
        more: { metric: new_subscriptions, segment: plan.enterprise, at_least: 10, each: month }`,
    mend: 'Correct the name of the group, or add the value to the `values` of the column where it is new.',
  }),
  check(context, report) {
    for (const { definitions } of context.project.files) {
      for (const definition of definitions) {
        for (const reference of groupsNamed(definition)) checkGroup(context, report, definition, reference);
      }
    }
  },
};

function checkGroup(
  context: RuleContext,
  report: Report,
  definition: AnyDefinition,
  reference: GroupReference,
): void {
  const { project, damage } = context;
  const segment = project.segments.get(reference.segment);
  if (segment === undefined || damage.incomplete.has(segment)) return;
  const spot = groupSpot(definition.file, reference);
  const groups = declaredGroups(context, segment, (one) => damage.incomplete.has(one));
  if (spot === undefined || groups === undefined) return;
  if (reference.group === '(none)' || groups.includes(reference.group)) return;
  report(
    spot,
    `No row of the segment "${segment.name}" can be in the group "${reference.group}": its column declares other values.${hint(reference.group, groups)}`,
    otherGroup(spot, reference.group, groups),
  );
}

/** The fix that writes the nearest of some groups in place of another; it is never sure. */
export function otherGroup(spot: Spot, group: string, groups: readonly string[]): More {
  const [near] = suggest(group, groups);
  return { fixes: near === undefined ? [] : replaceFix(spot, `Change to "${near}"`, near, false) };
}
