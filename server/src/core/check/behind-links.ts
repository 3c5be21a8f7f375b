import { printName } from '../syntax/expression/print.ts';
import type { LinkGraph } from './links.ts';

/** More than a few paths are no help. */
const MAX_PATHS = 3;

/**
 * The paths through links from a source to columns of a name, as they are written in an expression: the shortest first, one for each
 * source that has such a column, at most three.
 *
 * @param sources the names of all sources
 * @param hasColumn whether a source is known to have a column of that name
 */
export function pathsBehindLinks(
  { paths }: Pick<LinkGraph, 'paths'>,
  source: string,
  sources: Iterable<string>,
  hasColumn: (source: string) => boolean,
  column: string,
): readonly string[] {
  const chains: (readonly string[])[] = [];
  for (const name of sources) {
    if (name === source || !hasColumn(name)) continue;
    const [shortest] = paths(source, name);
    if (shortest !== undefined) chains.push(shortest);
  }
  return chains
    .sort((one, other) => one.length - other.length)
    .slice(0, MAX_PATHS)
    .map((chain) => [...chain, column].map(printName).join('.'));
}
