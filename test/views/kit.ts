import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Preview } from '../../server/src/core/preview/preview.ts';
import type { ViewHost } from '../../server/src/views/host.ts';
import { View } from '../../server/src/views/view.tsx';

/** A page that only has links: places and subjects as they are written. */
export const printed: ViewHost<string> = {
  toPlace: (at) => ({ href: `#${at}` }),
  toSubject: (subject) => ({ href: `#${JSON.stringify(subject)}` }),
};

/** What a preview looks like as HTML. */
export function html(preview: Preview<string>, host: ViewHost<string> = printed): string {
  return renderToString(h(View<string>, { preview, host }));
}

/** The texts of the elements with a name, in order, without what is in them but text. */
export function textsOf(page: string, element: string): readonly string[] {
  const found = page.matchAll(new RegExp(`<${element}(?:\\s[^>]*)?>(.*?)</${element}>`, 'gs'));
  return [...found].map(([, inner = '']) => textOf(inner));
}

/** The text of a piece of HTML as a reader sees it. */
export function textOf(inner: string): string {
  const text = inner.replaceAll(/<[^>]*>/g, '');
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim();
}
