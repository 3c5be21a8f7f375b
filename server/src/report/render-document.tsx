import { createHash } from 'node:crypto';
import script from 'plumbline:report/script';
import styles from 'plumbline:report/styles';
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** One page: what is in it, and what is around it. */
export interface PageContent {
  /** The name of the project. */
  readonly name: string;
  /** What it is about. */
  readonly title: string;
  /** Above the content: the way back. */
  readonly trail: ComponentChildren;
  readonly children: ComponentChildren;
  /** Below the content. */
  readonly footer?: ComponentChildren;
  /** What its script works with, where it has one. */
  readonly data?: unknown;
}

/** A page as the text of an HTML document. Its styles and its script are in it, and it may load nothing. */
export function renderDocument({ name, title, trail, children, footer, data }: PageContent): string {
  const hasScript = data !== undefined;
  const body = renderToString(
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <div class="plumbline">
        {trail}
        <main id="main" class="view" tabIndex={-1}>
          {children}
        </main>
        {footer === undefined ? null : <footer class="quiet">{footer}</footer>}
      </div>
    </>,
  );
  const lines = [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    renderToString(<meta http-equiv="Content-Security-Policy" content={policyOf(hasScript)} />),
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    '<meta name="generator" content="Plumbline">',
    withoutControls(renderToString(<title>{title === name ? title : `${title} – ${name}`}</title>)),
    `<style>${styles}</style>`,
    '</head>',
    '<body>',
    withoutControls(body),
    ...(hasScript
      ? [
          `<script type="application/json" id="data">${jsonInHtml(data)}</script>`,
          `<script>${script}</script>`,
        ]
      : []),
    '</body>',
    '</html>',
    '',
  ];
  return lines.join('\n');
}

/** HTML without characters that show nothing, or turn the direction of writing of what stands around them. */
function withoutControls(html: string): string {
  return html.replace(/[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === '\n' || character === '\t' ? character : '',
  );
}

/** Allows the styles and the script that are in the page by what they are, images that are in it too, and nothing else. */
function policyOf(hasScript: boolean): string {
  return [
    "default-src 'none'",
    `style-src ${hashOf(styles)}`,
    ...(hasScript ? [`script-src ${hashOf(script)}`] : []),
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Data for a script: nothing in it ends the element or means anything to a parser of HTML. */
function jsonInHtml(data: unknown): string {
  return JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('>', '\\u003e')
    .replaceAll('&', '\\u0026')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
