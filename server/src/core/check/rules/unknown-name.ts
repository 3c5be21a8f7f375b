import { suggest } from '../../base/suggest.ts';
import type { GroupReference, Segment, Word } from '../../model/project.ts';
import { hint, namesIn, nameUses } from '../names.ts';
import { page } from '../page.ts';
import { type Report, type Rule, type RuleContext, replaceFix, spotIn } from '../report.ts';

/** Names of sources, segments, groups and metrics that nobody defined. */
export const unknownName: Rule = {
  id: 'unknown-name',
  severity: 'error',
  summary: 'A source, segment, group or metric is named that nobody defined.',
  documentation: page({
    why: `
      Definitions name one another: a metric its source and segments, a target its metric, a journey the metrics of its
      stages. All files of a project share one namespace for each kind of definition. A name that is not there means that
      what uses it cannot be computed.`,
    wrong: `
      segments:
        company_size:
          source: accounts
          groups: { small: employees < 50, large: employees >= 50 }
      targets:
        large_accounts: { metric: npss, segment: company_size.big, at_least: 50, due: 2025-Q4 }`,
    right: `
      targets:
        large_accounts: { metric: nps, segment: company_size.large, at_least: 50, due: 2025-Q4 }`,
    mend: `
      Correct the spelling (the message says which names are near), or add the definition. A group is written
      \`segment.group\`; what stands behind the first dot is the group's own text.`,
  }),
  check(context, report) {
    const { project } = context;
    for (const { word, namespace, definition, length } of nameUses(project, context.metrics)) {
      const names = namesIn(project, namespace);
      const name = word.text.slice(0, length);
      // A definition that broken YAML has swallowed is there, and will be found when the YAML is mended.
      if (names.has(name) || context.damage.lostNames.has(name)) continue;
      const spot = spotIn(definition.file, word.node, { start: 0, end: length });
      const candidates = [...names.keys()];
      const [near] = suggest(name, candidates);
      const fixes = near === undefined ? [] : replaceFix(spot, `Change to "${near}"`, near, false);
      report(spot, `There is no ${namespace} "${name}".${hint(name, candidates)}`, { fixes });
    }
    for (const file of project.files) {
      for (const definition of file.definitions) {
        if (definition.definition === 'target') checkGroup(context, report, file.path, definition.segment);
        if (definition.definition === 'journey')
          checkGroup(context, report, file.path, groupOf(definition.segment));
        if (definition.definition !== 'metric') continue;
        for (const { segment } of definition.examples) checkGroup(context, report, file.path, segment);
      }
    }
  },
};

/** A journey may be that of a whole segment; only where it names a group, that must exist. */
function groupOf(word: Word | undefined): GroupReference | undefined {
  const dot = word?.text.indexOf('.') ?? -1;
  if (word === undefined || dot < 0) return undefined;
  return { ...word, segment: word.text.slice(0, dot), group: word.text.slice(dot + 1) };
}

/** Only segments with named conditions, and those of groups in and out, have groups that are known without the rows. */
function checkGroup(
  { project, damage }: RuleContext,
  report: Report,
  file: string,
  reference: GroupReference | undefined,
): void {
  const segment = reference === undefined ? undefined : project.segments.get(reference.segment);
  if (reference === undefined || segment === undefined || damage.incomplete.has(segment)) return;
  const groups = groupsOf(segment);
  const named = reference.text.length > reference.segment.length;
  if (groups === undefined && named) return;
  if (groups?.includes(reference.group)) return;
  const start = named ? reference.segment.length + 1 : 0;
  const spot = spotIn(file, reference.node, { start, end: reference.text.length });
  const listed = (groups ?? []).filter((group) => !group.startsWith('('));
  if (!named) {
    const example = `${segment.name}.${listed[0] ?? 'group'}`;
    report(spot, `A group of the segment "${segment.name}" must be named here, such as "${example}".`);
    return;
  }
  const [near] = suggest(reference.group, listed);
  const fixes = near === undefined ? [] : replaceFix(spot, `Change to "${near}"`, near, false);
  report(
    spot,
    `The segment "${segment.name}" has no group "${reference.group}".${hint(reference.group, listed)}`,
    {
      fixes,
    },
  );
}

/** The groups that a segment can have; `undefined` where they are the values in the data. */
function groupsOf(segment: Segment): readonly string[] | undefined {
  if (segment.form.kind === 'groups') return [...segment.form.groups.keys(), '(other)', '(none)'];
  if (segment.form.kind === 'where') return ['in', 'out', '(none)'];
  return undefined;
}
