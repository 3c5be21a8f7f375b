import type { Definition, Source } from '../model/project.ts';
import type { Expression } from '../syntax/expression/ast.ts';
import type { DeclaredIn } from './declared-groups.ts';
import { parsedExpression } from './parsed.ts';

/** Where an expression is read, and what has been looked into on the way there. */
interface Place {
  /** The name of the source. */
  readonly source: string;
  /** Columns that lead here, so that a cycle among computed ones ends. */
  readonly seen: ReadonlySet<string>;
  readonly isIncomplete: (definition: Definition) => boolean;
}

/**
 * The values that an expression can have by what is declared: those of a column with `values`, also behind links, through a computed
 * column or a union that passes it on, through `coalesce` and `nullif`, and the texts of a `case`; `source_name` has the members of its union.
 * `undefined` where only the rows say.
 *
 * @param source the source on which the expression is read
 * @param isIncomplete whether something of a definition could not be read, so that its declarations are not all there
 */
export function possibleValues(
  context: DeclaredIn,
  expression: Expression,
  source: string,
  isIncomplete: (definition: Definition) => boolean = () => false,
): readonly string[] | undefined {
  return valuesOf(context, expression, { source, seen: new Set(), isIncomplete });
}

function valuesOf(context: DeclaredIn, expression: Expression, place: Place): readonly string[] | undefined {
  switch (expression.kind) {
    case 'literal':
      if (expression.type === 'null') return [];
      return isPlain(expression.type) ? [expression.value] : undefined;
    case 'name':
      return valuesOfName(context, expression.parts.map(({ text }) => text).join('.'), place);
    case 'case': {
      const results = expression.branches.map(({ result }) => result);
      const { otherwise } = expression;
      return together(context, otherwise === null ? results : [...results, otherwise], place);
    }
    case 'call': {
      const name = expression.name.text.toLowerCase();
      if (name === 'coalesce') return together(context, expression.args, place);
      return name === 'nullif' ? together(context, expression.args.slice(0, 1), place) : undefined;
    }
    default:
      return undefined;
  }
}

/** Dates and moments are written in several ways, so that a text does not tell whether two are one. */
function isPlain(type: string): boolean {
  return type === 'text' || type === 'integer' || type === 'number';
}

function together(
  context: DeclaredIn,
  expressions: readonly Expression[],
  place: Place,
): readonly string[] | undefined {
  const all = new Set<string>();
  for (const expression of expressions) {
    const values = valuesOf(context, expression, place);
    if (values === undefined) return undefined;
    for (const value of values) all.add(value);
  }
  return [...all];
}

function valuesOfName(context: DeclaredIn, path: string, place: Place): readonly string[] | undefined {
  const { checked, columns, project } = context;
  const found = checked.resolvePath(path, place.source);
  if (found?.kind !== 'name' || found.ref.at !== 'row') return undefined;
  const home = project.sources.get(checked.follow(place.source, found.ref.links) ?? '');
  if (home === undefined || place.isIncomplete(home)) return undefined;
  const { column } = found.ref;
  const id = `${home.name}.${column}`;
  const info = columns.get(home.name)?.columns.get(column);
  if (info === undefined || place.seen.has(id)) return undefined;
  if (info.type === 'date' || info.type === 'timestamp' || info.type === 'boolean') return undefined;
  const declared = info.declared?.values ?? [];
  if (declared.length > 0) return declared.map(({ text }) => text);
  const seen = new Set([...place.seen, id]);
  const inside = { ...place, source: home.name, seen };
  if (info.origin === 'computed' && info.declared?.value !== undefined) {
    return valuesOf(context, parsedExpression(info.declared.value).expression, inside);
  }
  return home.union === undefined ? undefined : stackedValues(context, home, column, inside);
}

/** What the members of a union bring under one name; a member that lacks it has null there. */
function stackedValues(
  context: DeclaredIn,
  { union }: Source,
  column: string,
  place: Place,
): readonly string[] | undefined {
  const members = union?.items ?? [];
  if (column === 'source_name') return members.map(({ source }) => source.text);
  const all = new Set<string>();
  for (const { source, columns } of members) {
    const word = columns.get(column);
    if (word === undefined) continue;
    const home = { ...place, source: source.text };
    const values = valuesOf(context, parsedExpression(word).expression, home);
    if (values === undefined) return undefined;
    for (const value of values) all.add(value);
  }
  return [...all];
}
