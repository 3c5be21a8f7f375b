import type { Definition, ExpressionWord, Segment } from '../model/project.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import type { RuleContext } from './report.ts';

/** What is looked up to know which groups are declared. */
export type DeclaredIn = Pick<RuleContext, 'checked' | 'columns' | 'project'>;

/**
 * The groups that a segment with `by` can have by what is declared of its columns; `undefined` where only the rows say, and for
 * segments of other forms.
 *
 * @param isIncomplete whether something of a definition could not be read, so that its declarations are not all there
 */
export function declaredGroups(
  context: DeclaredIn,
  segment: Segment,
  isIncomplete: (definition: Definition) => boolean = () => false,
): readonly string[] | undefined {
  const of = (word: ExpressionWord, source: string): readonly string[] | undefined =>
    valuesOf(context, word, source, isIncomplete);
  if (segment.form.kind === 'by') return of(segment.form.by, segment.source?.text ?? '');
  if (segment.form.kind !== 'by-source') return undefined;
  const all = [...segment.form.by].map(([source, word]) => of(word, source));
  return all.some((values) => values === undefined)
    ? undefined
    : [...new Set(all.flatMap((values) => values ?? []))];
}

/** What an expression can be: the declared values of a column, or the two of a condition. */
function valuesOf(
  { checked, columns, project }: DeclaredIn,
  word: ExpressionWord,
  source: string,
  isIncomplete: (definition: Definition) => boolean,
): readonly string[] | undefined {
  const scalar: Scalar<NameRef> | undefined = checked.resolve(word, source);
  if (scalar?.type === 'boolean') return ['true', 'false'];
  if (scalar?.kind !== 'name' || scalar.ref.at !== 'row') return undefined;
  const home = checked.follow(source, scalar.ref.links);
  const definition = project.sources.get(home ?? '');
  if (definition === undefined || isIncomplete(definition)) return undefined;
  const info = columns.get(definition.name)?.columns.get(scalar.ref.column);
  const values = info?.declared?.values ?? [];
  // Other types are written in other ways in the data than as groups.
  return values.length === 0 || info?.type !== 'text' ? undefined : values.map(({ text }) => text);
}
