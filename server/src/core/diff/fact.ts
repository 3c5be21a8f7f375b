import type { Place } from '../base/span.ts';
import type { Words } from '../ide/prose/prose.ts';
import type { DefinitionKind } from '../model/project.ts';

/**
 * What a change does to readers of a metric, the gravest first: `breaking` takes away or renames what they use, or changes its unit,
 * direction or periods; `values` can change a computed value; `targets` moves a goal; `cosmetic` does none of these.
 */
export const CHANGE_CLASSES = ['breaking', 'values', 'targets', 'cosmetic'] as const;
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

/** What a fact is about: a definition, or the settings of the project. */
export interface Subject {
  readonly kind: DefinitionKind | 'settings';
  /** The name after the change, of what was removed the name before; `plumbline.yaml` for settings. */
  readonly name: string;
}

/** One thing in which two versions of a project differ by meaning. */
export interface Fact {
  readonly subject: Subject;
  readonly change: 'added' | 'removed' | 'renamed' | 'changed';
  /** The keys that lead to the field from the definition, such as `columns`, `plan`, `type`; none where it is the whole definition. */
  readonly path: readonly string[];
  readonly class: ChangeClass;
  /** What changed, to be read behind the name of the subject: "now leaves out rows whose plan is free". */
  readonly words: Words;
  /** Where it stands in the version before, in a file of that version; absent where there is nothing. */
  readonly before?: Place;
  readonly after?: Place;
  /** The field as it was written, on one line; absent where it was not. */
  readonly was?: string;
  readonly is?: string;
}

/** The graver of two classes. */
export function graver(one: ChangeClass, other: ChangeClass): ChangeClass {
  return CHANGE_CLASSES.indexOf(one) <= CHANGE_CLASSES.indexOf(other) ? one : other;
}

/** The gravest class of some facts; `cosmetic` where there are none. */
export function gravest(facts: readonly Pick<Fact, 'class'>[]): ChangeClass {
  return facts.reduce<ChangeClass>((worst, fact) => graver(worst, fact.class), 'cosmetic');
}
