import { suggest } from '../../base/suggest.ts';
import type { AnyDefinition, ExpressionWord, GroupReference, Segment } from '../../model/project.ts';
import type { NameRef, Scalar } from '../../syntax/expression/scalar.ts';
import { hint } from '../names.ts';
import { page } from '../page.ts';
import { type Report, type Rule, type RuleContext, replaceFix, spotIn } from '../report.ts';

/** Groups that no row can be in by what is declared of the segment's column, or that no row is in. */
export const missingGroup: Rule = {
  id: 'missing-group',
  severity: 'warning',
  summary: 'A target, an example or a journey is about a group that no row is in.',
  documentation: page({
    why: `
      A segment with \`by\` has a group for each value. Where the column declares its \`values\`, a group with another name holds no
      row, and a target about it is never met and never missed. The same is said where no row of the data has the value.
      Groups are written exactly as the values are, capital letters included.`,
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

function groupsNamed(definition: AnyDefinition): readonly GroupReference[] {
  if (definition.definition === 'metric') return definition.examples.flatMap(({ segment }) => segment ?? []);
  if (definition.definition === 'target') return definition.segment === undefined ? [] : [definition.segment];
  if (definition.definition !== 'journey' || definition.segment === undefined) return [];
  const { text } = definition.segment;
  const dot = text.indexOf('.');
  return dot < 0 ? [] : [{ ...definition.segment, segment: text.slice(0, dot), group: text.slice(dot + 1) }];
}

function checkGroup(
  context: RuleContext,
  report: Report,
  definition: AnyDefinition,
  reference: GroupReference,
): void {
  const segment = context.project.segments.get(reference.segment);
  if (segment === undefined || context.damage.incomplete.has(segment)) return;
  if (reference.text.length === reference.segment.length) return;
  const groups = groupsOf(context, segment);
  if (groups === undefined || reference.group === '(none)' || groups.includes(reference.group)) return;
  const start = reference.segment.length + 1;
  const spot = spotIn(definition.file, reference.node, { start, end: reference.text.length });
  const [near] = suggest(reference.group, groups);
  const fixes = near === undefined ? [] : replaceFix(spot, `Change to "${near}"`, near, false);
  report(
    spot,
    `No row of the segment "${segment.name}" can be in the group "${reference.group}": its column declares other values.${hint(reference.group, groups)}`,
    { fixes },
  );
}

/** The groups that a segment with `by` can have by what is declared; `undefined` where only the rows say. */
function groupsOf(context: RuleContext, segment: Segment): readonly string[] | undefined {
  if (segment.form.kind === 'by') return valuesOf(context, segment.form.by, segment.source?.text ?? '');
  if (segment.form.kind !== 'by-source') return undefined;
  const all = [...segment.form.by].map(([source, word]) => valuesOf(context, word, source));
  return all.some((values) => values === undefined)
    ? undefined
    : [...new Set(all.flatMap((values) => values ?? []))];
}

/** What an expression can be: the declared values of a column, or the two of a condition. */
function valuesOf(
  { checked, columns, project, damage }: RuleContext,
  word: ExpressionWord,
  source: string,
): readonly string[] | undefined {
  const scalar: Scalar<NameRef> | undefined = checked.resolve(word, source);
  if (scalar?.type === 'boolean') return ['true', 'false'];
  if (scalar?.kind !== 'name' || scalar.ref.at !== 'row') return undefined;
  const home = checked.follow(source, scalar.ref.links);
  const definition = project.sources.get(home ?? '');
  if (definition === undefined || damage.incomplete.has(definition)) return undefined;
  const info = columns.get(definition.name)?.columns.get(scalar.ref.column);
  const values = info?.declared?.values ?? [];
  // Other types are written in other ways in the data than as groups.
  return values.length === 0 || info?.type !== 'text' ? undefined : values.map(({ text }) => text);
}
