import type { Span } from '../base/span.ts';
import { suggest } from '../base/suggest.ts';
import type { ValueType } from '../base/value-type.ts';
import type { NameRef, Scalar } from '../syntax/expression/scalar.ts';
import { pathsBehindLinks } from './behind-links.ts';
import { hint } from './names.ts';
import type { ScopeContext } from './scopes.ts';

/** A word read as a column, a raw header or a path, or what is wrong with it. */
export type PathLookup =
  | { readonly kind: 'found'; readonly scalar: Scalar<NameRef>; readonly type: ValueType }
  | {
      readonly kind: 'unknown-column' | 'unknown-link';
      /** The part that is unknown, in the word's text. */
      readonly span: Span;
      readonly message: string;
      readonly near: string | undefined;
    };

/**
 * Finds the column that a word names: a column of the source by its whole text (headers may hold dots and blanks), or a
 * path whose words are links and, behind the last that is one, a column.
 */
export function lookUpPath(context: ScopeContext, text: string, source: string): PathLookup {
  const { catalogue, project, links } = context;
  const parts = text.split('.');
  let home = source;
  for (let index = 0; index < parts.length; index++) {
    const rest = parts.slice(index).join('.');
    const chain = parts.slice(0, index);
    const info = catalogue.column(home, rest);
    const last = index === parts.length - 1;
    if (info !== undefined || (last && !catalogue.complete(home))) {
      const type = info?.type ?? 'unknown';
      return {
        kind: 'found',
        type,
        scalar: { kind: 'name', type, ref: { at: 'row', links: chain, column: rest } },
      };
    }
    const start = chain.join('.').length + (index > 0 ? 1 : 0);
    if (last) {
      const at = home;
      const has = (name: string): boolean => catalogue.column(name, rest) !== undefined;
      const behind = pathsBehindLinks(links, at, project.sources.keys(), has, rest);
      return unknownColumn(catalogue.names(at), rest, at, { start, end: text.length }, behind);
    }
    const link = parts[index] ?? '';
    const declared = project.sources.get(home)?.links;
    if (declared?.has(link) !== true) {
      if (!catalogue.linked(home) || (!catalogue.complete(home) && declared?.size === 0))
        return unknownType(parts);
      return unknownLink([...(declared?.keys() ?? [])], link, home, { start, end: start + link.length });
    }
    const to = links.follow(home, [link]);
    // The target of the link is unknown, which is reported there.
    if (to === undefined) return unknownType(parts);
    home = to;
  }
  return unknownType(parts);
}

/** Whether a word is a chain of links and no more; the source at its end. */
export function lookUpLinks(
  { project, links, catalogue }: ScopeContext,
  text: string,
  source: string,
): PathLookup | { readonly kind: 'links'; readonly home: string | undefined } {
  let home: string | undefined = source;
  let start = 0;
  for (const link of text.split('.')) {
    const declared = project.sources.get(home)?.links;
    if (declared?.has(link) !== true) {
      if (!catalogue.linked(home)) return { kind: 'links', home: undefined };
      return unknownLink([...(declared?.keys() ?? [])], link, home, { start, end: start + link.length });
    }
    home = links.follow(home, [link]);
    if (home === undefined) return { kind: 'links', home };
    start += link.length + 1;
  }
  return { kind: 'links', home };
}

function unknownType(parts: readonly string[]): PathLookup {
  const ref = { at: 'row', links: parts.slice(0, -1), column: parts.at(-1) ?? '' } as const;
  return { kind: 'found', type: 'unknown', scalar: { kind: 'name', type: 'unknown', ref } };
}

function unknownColumn(
  candidates: readonly string[],
  name: string,
  source: string,
  span: Span,
  behind: readonly string[],
): PathLookup {
  const meant = [...behind, ...suggest(name, candidates)];
  const choice =
    behind.length === 0
      ? hint(name, candidates)
      : ` Did you mean ${meant.map((each) => `"${each}"`).join(' or ')}?`;
  return {
    kind: 'unknown-column',
    span,
    message: `There is no column "${name}" in ${source}.${choice}`,
    near: meant[0],
  };
}

function unknownLink(candidates: readonly string[], name: string, source: string, span: Span): PathLookup {
  const message = `There is no link "${name}" in ${source}.${hint(name, candidates)}`;
  return { kind: 'unknown-link', span, message, near: suggest(name, candidates)[0] };
}
