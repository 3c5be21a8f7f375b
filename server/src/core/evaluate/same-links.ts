import { parsedExpression } from '../check/parsed.ts';
import type { Link, Project, Source, UnionMember } from '../model/project.ts';

/**
 * The members of a stack whose rows lead by a link of their own to where a link of the stack leads, by the same columns: what is wrong
 * with the link is told of them. Members without the columns have nothing to link by, and are among them.
 */
export function membersThatLinkAlike(project: Project, source: Source, link: Link): readonly string[] {
  const members = source.union?.items ?? [];
  return members.flatMap((member) => {
    const columns = link.using.map(({ mine }) => columnBehind(member, mine.text));
    if (columns.some((column) => column === 'absent')) return [member.source.text];
    const own = project.sources.get(member.source.text);
    const links = own === undefined ? [] : [...own.links.values()];
    return links.some((other) => isAlike(project, link, columns, other)) ? [member.source.text] : [];
  });
}

/** The column of a member that a column of the stack is, where it is no more than that. */
function columnBehind({ columns }: UnionMember, name: string): string | 'absent' | undefined {
  const word = columns.get(name);
  if (word === undefined) return 'absent';
  const { expression } = parsedExpression(word);
  const [only, ...more] = expression.kind === 'name' ? expression.parts : [];
  return more.length === 0 ? only?.text : undefined;
}

function isAlike(
  project: Project,
  link: Link,
  columns: readonly (string | undefined)[],
  other: Link,
): boolean {
  if (other.to === undefined || other.to.text !== link.to?.text) return false;
  if (other.using.length !== link.using.length) return false;
  const key = project.sources.get(other.to.text)?.key?.items[0]?.text;
  return link.using.every(({ theirs }, index) =>
    other.using.some(
      (pair) => pair.mine.text === columns[index] && (pair.theirs?.text ?? key) === (theirs?.text ?? key),
    ),
  );
}
