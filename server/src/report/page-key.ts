import type { PageSubject } from './report.ts';

/** A word for a subject that has a page. */
export function pageKey({ kind, name }: PageSubject): string {
  return `${kind} ${name}`;
}
