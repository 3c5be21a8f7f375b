import type { TextEdit } from '../../base/problem.ts';
import { parseExpression } from '../../syntax/expression/parse.ts';
import { printName } from '../../syntax/expression/print.ts';
import type { ScalarNode } from '../../syntax/yaml/tree.ts';
import type { Occurrence } from '../occurrences.ts';
import { escapeIn, isSameWhenPlain, singleQuoted } from './scalar-text.ts';

/** The edits that write a name in the place of others, quoted as each place needs it. */
export function replaceIn(places: readonly Occurrence[], to: string): readonly TextEdit[] {
  const scalars = new Map<string, Occurrence[]>();
  for (const place of places) {
    const id = `${place.file}\u0000${place.node.offsetAt(0)}`;
    const group = scalars.get(id);
    if (group === undefined) scalars.set(id, [place]);
    else group.push(place);
  }
  return [...scalars.values()].flatMap((group) => replaceInScalar(group, to));
}

function replaceInScalar(places: readonly Occurrence[], to: string): readonly TextEdit[] {
  const [first] = places;
  if (first === undefined) return [];
  const { node, file } = first;
  const parts = places.map((place) => ({ ...place, text: place.expression ? nameIn(place, to) : to }));
  if (node.style === 'plain') {
    const after = replaced(node, parts);
    if (!isWordForWord(node, parts, after) && !isSameWhenPlain(node, after))
      return [{ file, span: extentOf(node), text: singleQuoted(after) }];
  }
  return parts.map(({ span, text }) => ({ file, span, text: escapeIn(node.style, text) }));
}

/** The name as an expression needs it. Quotes that were not needed before were wanted, and stay. */
function nameIn({ node, within, named }: Occurrence, to: string): string {
  const written = node.text.slice(within.start, within.end);
  const wanted = written.startsWith('"') && written !== bare(named.name);
  return wanted ? `"${to.replaceAll('"', '""')}"` : bare(to);
}

/** A name in double quotes where it would not be read as that name without them. */
function bare(name: string): string {
  const printed = printName(name);
  const { expression, issues } = parseExpression(printed);
  return issues.length === 0 && expression.kind === 'name' ? printed : `"${name.replaceAll('"', '""')}"`;
}

/** Whether words stand in the place of words, which is what most renames do: no mark of YAML can come of that. */
function isWordForWord(node: ScalarNode, parts: readonly Part[], after: string): boolean {
  const isWord = (text: string): boolean => /^[a-z_]\w*$/i.test(text);
  const all = parts.every(
    ({ within, text }) => isWord(text) && isWord(node.text.slice(within.start, within.end)),
  );
  return all && !/^(null|true|false)$/i.test(after);
}

/** Some characters of a scalar, and what is to stand there. */
type Part = Pick<Occurrence, 'within'> & { readonly text: string };

function replaced({ text }: ScalarNode, parts: readonly Part[]): string {
  return parts
    .toSorted((a, b) => b.within.start - a.within.start)
    .reduce((now, { within, text: put }) => now.slice(0, within.start) + put + now.slice(within.end), text);
}

function extentOf(node: ScalarNode): TextEdit['span'] {
  return { start: node.offsetAt(0), end: node.offsetAt(node.text.length) };
}
