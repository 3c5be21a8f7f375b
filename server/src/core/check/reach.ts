import type { Segment } from '../model/project.ts';
import type { LinkGraph } from './links.ts';

/** One way from a source to a segment: the chain of links, and the source at its end on which the segment is read. */
export interface Reach {
  readonly links: readonly string[];
  readonly home: string;
}

/** The sources on which a segment is read. */
export function homesOf(segment: Segment): readonly string[] {
  if (segment.form.kind === 'by-source') return [...segment.form.by.keys()];
  return segment.source === undefined ? [] : [segment.source.text];
}

/**
 * Every way from a source to a segment. A segment on the source itself has just that one. With `via` only that chain is
 * left, if it leads there.
 */
export function reachesOf(
  links: Pick<LinkGraph, 'paths'>,
  source: string,
  segment: Segment,
  via?: string,
): readonly Reach[] {
  const homes = homesOf(segment);
  if (homes.includes(source)) return [{ links: [], home: source }];
  const all = homes.flatMap((home) => links.paths(source, home).map((chain) => ({ links: chain, home })));
  return via === undefined ? all : all.filter((reach) => reach.links.join('.') === via);
}
