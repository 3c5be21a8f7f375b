import { type Place, type Span, touches } from '../base/span.ts';
import type { AnyDefinition, DefinitionKind, Project } from '../model/project.ts';
import { homeOf } from './definition.ts';
import { detailOf } from './document-symbols.ts';
import type { IdeContext, IdeFile } from './ide-context.ts';
import { extentOf, type Occurrence, occurrenceIndex, occurrencesAt, occurrencesIn } from './occurrences.ts';

/** A definition as a member of a lineage. */
export interface LineageItem extends Place {
  readonly kind: DefinitionKind;
  readonly name: string;
  readonly detail: string | undefined;
  /** The whole definition; `span` is its name. */
  readonly whole: Span;
}

/** A definition that uses another or is used by it, and where that is said. */
export interface LineageStep {
  readonly item: LineageItem;
  /** In the definition that uses the other. */
  readonly places: readonly Place[];
}

/**
 * The definitions whose lineage the cursor asks for: those named under it, else the one that it stands in. Groups, columns, links and
 * parts stand for what they belong to.
 */
export function lineageAt(context: IdeContext, file: IdeFile, offset: number): readonly LineageItem[] {
  const { project } = context.checked;
  const named = occurrencesAt(context, file, offset).flatMap(
    ({ named: thing }) => homeOf(project, thing) ?? [],
  );
  const around = file.file.definitions.filter((definition) => touches(extentOf(definition), offset));
  return [...new Set(named.length > 0 ? named : around)].map(itemOf);
}

/** What uses a definition, in the order of files. Looks at the whole project. */
export function usedBy(
  { checked }: IdeContext,
  { kind, name }: Pick<LineageItem, 'kind' | 'name'>,
): readonly LineageStep[] {
  const used = homeOf(checked.project, { kind, name, owner: undefined });
  if (used === undefined) return [];
  const users = new Map<AnyDefinition, Occurrence[]>();
  for (const occurrence of occurrenceIndex(checked).all) {
    if (occurrence.definition !== undefined && usedAt(checked.project, occurrence) === used) {
      push(users, occurrence.definition, occurrence);
    }
  }
  return [...users].map(([user, occurrences]) => stepOf(user, user, occurrences));
}

/**
 * What a definition is made of, in the order of its text: the sources, segments and metrics that it names, and the sources whose
 * columns it reaches through links.
 */
export function uses(
  { checked }: IdeContext,
  { kind, name }: Pick<LineageItem, 'kind' | 'name'>,
): readonly LineageStep[] {
  const user = homeOf(checked.project, { kind, name, owner: undefined });
  if (user === undefined) return [];
  const used = new Map<AnyDefinition, Occurrence[]>();
  const inOrder = [...occurrencesIn(checked, user)].sort((a, b) => a.span.start - b.span.start);
  for (const occurrence of inOrder) {
    const other = usedAt(checked.project, occurrence);
    if (other !== undefined) push(used, other, occurrence);
  }
  return [...used].map(([other, occurrences]) => stepOf(other, user, occurrences));
}

/** The definition that a name makes use of: itself, or the source of a column. A definition does not use itself. */
function usedAt(project: Project, { named, definition, declares }: Occurrence): AnyDefinition | undefined {
  if (declares || (named.owner !== undefined && named.kind !== 'column')) return undefined;
  const used = homeOf(project, named);
  return used === definition ? undefined : used;
}

function push(to: Map<AnyDefinition, Occurrence[]>, key: AnyDefinition, occurrence: Occurrence): void {
  const list = to.get(key);
  if (list === undefined) to.set(key, [occurrence]);
  else list.push(occurrence);
}

/** Where a definition is named at all, its columns are not listed one by one. */
function stepOf(item: AnyDefinition, user: AnyDefinition, occurrences: readonly Occurrence[]): LineageStep {
  const direct = occurrences.filter(({ named }) => named.kind !== 'column');
  return { item: itemOf(item), places: placesOf(user, direct.length > 0 ? direct : occurrences) };
}

/** A source that comes from `defaults:` is not said in the definition: its name stands for that. */
function placesOf(definition: AnyDefinition, occurrences: readonly Occurrence[]): readonly Place[] {
  return occurrences.map(({ file, span, inherited }) =>
    inherited ? { file: definition.file, span: definition.nameNode.span } : { file, span },
  );
}

function itemOf(definition: AnyDefinition): LineageItem {
  return {
    kind: definition.definition,
    name: definition.name,
    detail: detailOf(definition),
    file: definition.file,
    span: definition.nameNode.span,
    whole: extentOf(definition),
  };
}
