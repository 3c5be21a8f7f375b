import type { Place } from '../base/span.ts';
import { definitionsOf } from '../diff/definitions-of.ts';
import { type Fact, gravest } from '../diff/fact.ts';
import { plainWords } from '../ide/prose/plain.ts';
import type { AnyDefinition } from '../model/project.ts';
import { valueAt } from '../model/words.ts';
import { relativeTo, under } from '../workspace/paths.ts';
import { placeIn } from '../workspace.ts';
import type { PolicyContext } from './policy-rule.ts';

/** A definition that people rely on, in both versions, and the facts by which its values or its meaning may be others. */
export interface ChangedDefinition {
  readonly before: AnyDefinition;
  readonly after: AnyDefinition;
  readonly facts: readonly Fact[];
}

/**
 * The definitions whose own text changed so that readers have to know: active metrics, and segments and sources that carry a `version`.
 * What is new has no readers yet, and what is a draft promises nothing.
 */
export function changedDefinitions({ before, after, known }: PolicyContext): readonly ChangedDefinition[] {
  const grave = known.facts.filter(
    ({ class: of, change }) =>
      (of === 'values' || of === 'breaking') && (change === 'changed' || change === 'renamed'),
  );
  return (['source', 'segment', 'metric'] as const).flatMap((kind) => {
    const old = new Map(
      [...definitionsOf(before, kind).values()].map((one) => [
        known.renames.of(kind, one.name) ?? one.name,
        one,
      ]),
    );
    return [...definitionsOf(after, kind).values()].flatMap((now): readonly ChangedDefinition[] => {
      const was = old.get(now.name);
      const facts = grave.filter(({ subject }) => subject.kind === kind && subject.name === now.name);
      if (was === undefined || facts.length === 0 || !isReliedOn(was)) return [];
      return [{ before: was, after: now, facts }];
    });
  });
}

function isReliedOn(definition: AnyDefinition): boolean {
  if (definition.definition === 'metric') return definition.status === 'active';
  return valueAt(definition.node, 'version') !== undefined;
}

/** Where a change stands: at the first of its gravest facts, else at the name. */
export function placeOfChange(context: PolicyContext, { after, facts }: ChangedDefinition): Place {
  const worst = gravest(facts);
  const fact = facts.find(({ class: of, after: place }) => of === worst && place !== undefined);
  return fact?.after ?? placeOfName(context, after);
}

/** The name of a definition of the version after, in its file. */
export function placeOfName({ after }: PolicyContext, { file, nameNode }: AnyDefinition): Place {
  return placeIn(after.loaded.texts, { file, span: nameNode.span });
}

/** More facts than these are not told in one sentence. */
const MOST_TOLD = 2;

/** What changed, to be read behind a name: "now leaves out rows whose plan is free, and 2 more". */
export function wordsOfChange(facts: readonly Fact[]): string {
  const told = facts.slice(0, MOST_TOLD).map(({ words }) => plainWords(words));
  const rest = facts.length - told.length;
  return `${told.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

/** The start of a file of the version before, or where that is gone too the settings, else any file: for what has no place of its own any more. */
export function placeOfGone({ before, after }: PolicyContext, file: string): Place {
  const within = relativeTo(before.checked.project.folder, file);
  const same = within === undefined ? undefined : under(after.checked.project.folder, within);
  const { settings } = after.checked.project;
  const [first] = after.loaded.texts.keys();
  const there =
    same !== undefined && after.loaded.texts.has(same)
      ? same
      : (settings.path ?? first ?? after.checked.project.folder);
  return { file: there, span: { start: 0, end: 0 } };
}
