import type { LinkProps, ViewHost } from '../views/host.ts';
import { pageKey } from './page-key.ts';
import { pagePath } from './page-path.ts';
import type { DefinedAt, PageSubject } from './report.ts';

/**
 * What is around a view in a report: a page that only has links, to other pages.
 *
 * @param here the path of the page from the root of the report
 * @param pages the keys of what has a page
 */
export function reportHost(here: string, pages: ReadonlySet<string>): ViewHost<DefinedAt> {
  const toPage = (subject: PageSubject): LinkProps | undefined => {
    if (!pages.has(pageKey(subject))) return undefined;
    const path = pagePath(subject);
    return path === here ? undefined : { href: hrefFrom(here, path), title: undefined };
  };
  return {
    toPlace: ({ subject }) => (subject === null ? undefined : toPage(subject)),
    toSubject(subject) {
      if (subject.kind === 'scorecard') return { href: hrefFrom(here, pagePath({ kind: 'scorecard' })) };
      return 'name' in subject ? toPage(subject) : undefined;
    },
  };
}

/** How one page of a report names another. */
export function hrefFrom(here: string, path: string): string {
  return here.includes('/') ? `../${path}` : path;
}
