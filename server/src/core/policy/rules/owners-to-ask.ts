import type { Place } from '../../base/span.ts';
import type { AffectedMetric } from '../../diff/affected.ts';
import type { Fact } from '../../diff/fact.ts';
import type { DiffSide } from '../../diff/side.ts';
import { relativeTo, under } from '../../workspace/paths.ts';
import { placeOfGone, placeOfName } from '../changed-definitions.ts';
import { codeOwnersOf } from '../code-owners.ts';
import type { PolicyContext, PolicyReport, PolicyRule } from '../policy-rule.ts';

/** So many metrics of an owner are named, and so many owners of a file. */
const MOST_NAMED = 5;

/** Who owns what a change can move, so that they can be asked. */
export const ownersToAsk: PolicyRule = {
  id: 'owners-to-ask',
  severity: 'info',
  summary: 'Somebody owns metrics that a change can move, or files that it changes.',
  documentation: `A change of a segment or source moves the numbers of people who do not see it. This note names each \`owner\` whose metrics a change can move, by
their own text or by what they rest on, so that a reviewer knows whom to ask. It fails nothing, unless it is made an \`error\`.

Where the repository has a \`CODEOWNERS\`, it also names the owners of the files in which definitions changed. It is looked for in \`.github\`, at the top, in \`docs\` and in
\`.gitlab\`, and read as GitHub and GitLab read it: the last pattern that means a file counts. What counts is the \`CODEOWNERS\` of the version before, so that no change chooses whom to ask.

Only \`plumbline ci --base\` reports this, as it takes two versions.

\`\`\`yaml
metrics:
  paid_orders:
    type: count
    source: orders
    where: amount > 0
    owner: finance
\`\`\`

Ask them. Where the owner is wrong, correct \`owner\` or \`CODEOWNERS\`.`,
  check(context, report) {
    askMetricOwners(context, report);
    askCodeOwners(context, report);
  },
};

function askMetricOwners(context: PolicyContext, report: PolicyReport): void {
  const byOwner = new Map<string, AffectedMetric[]>();
  for (const metric of context.affected) {
    if (metric.was === undefined || metric.class === 'cosmetic' || metric.class === 'targets') continue;
    const owners = new Set([
      context.before.checked.project.metrics.get(metric.was)?.owner,
      context.after.checked.project.metrics.get(metric.name)?.owner,
    ]);
    for (const owner of owners) {
      if (owner !== undefined) byOwner.set(owner, [...(byOwner.get(owner) ?? []), metric]);
    }
  }
  for (const [owner, metrics] of byOwner) {
    const place = placeFor(context, metrics);
    if (place === undefined) continue;
    const names = named(metrics.map(({ name }) => name));
    report(place, `Ask ${owner}, who owns what this change can move: ${names}.`);
  }
}

/** The first change that reaches one of the metrics and can be pointed at; the name of the first of them where none can. */
function placeFor(context: PolicyContext, metrics: readonly AffectedMetric[]): Place | undefined {
  const facts = metrics.flatMap(({ own, causes }) => [...own, ...causes.map(({ fact }) => fact)]);
  const pointed = facts.find(({ class: of, after }) => after !== undefined && of !== 'cosmetic')?.after;
  if (pointed !== undefined) return pointed;
  const [first] = metrics.flatMap(({ name }) => context.after.checked.project.metrics.get(name) ?? []);
  return first && placeOfName(context, first);
}

/** The owners of the files in which definitions changed by more than their looks, files with the same owners in one note. */
function askCodeOwners(context: PolicyContext, report: PolicyReport): void {
  const { before, after, known, codeOwners } = context;
  if (codeOwners === undefined) return;
  const { owners, folder } = codeOwners;
  const notes = new Map<
    string,
    { readonly people: readonly string[]; readonly files: Set<string>; readonly place: Place }
  >();
  for (const fact of known.facts.filter((one) => one.class !== 'cosmetic')) {
    for (const file of new Set([fileOf(before, fact.before), fileOf(after, fact.after)])) {
      if (file === undefined) continue;
      const path = folder === '' ? file : under(folder, file);
      const people = codeOwnersOf(owners, path);
      if (people.length === 0) continue;
      const key = people.join(' ');
      const note = notes.get(key) ?? { people, files: new Set(), place: placeOfFact(context, fact, file) };
      note.files.add(path);
      notes.set(key, note);
    }
  }
  for (const { people, files, place } of notes.values()) {
    const where = named([...files]);
    report(place, `Ask ${named(people)}: CODEOWNERS names them for ${where}, where definitions changed.`);
  }
}

/** The file of a place, from the root of the project in its version. */
function fileOf({ checked }: DiffSide, place: Place | undefined): string | undefined {
  return place && relativeTo(checked.project.folder, place.file);
}

function placeOfFact(context: PolicyContext, { after }: Fact, file: string): Place {
  return after ?? placeOfGone(context, under(context.before.checked.project.folder, file));
}

function named(names: readonly string[]): string {
  const rest = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
