import { createHash } from 'node:crypto';
import script from 'plumbline:report/script';
import styles from 'plumbline:report/styles';
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { INDEX } from './page-path.ts';
import type { Report } from './report.ts';
import { hrefFrom } from './report-host.ts';

/** One page: what is in it, and what is around it. */
export interface PageContent {
  readonly report: Report;
  /** Its path from the root of the report. */
  readonly path: string;
  /** What it is about. */
  readonly title: string;
  readonly children: ComponentChildren;
  /** Below the content. */
  readonly footer?: ComponentChildren;
  /** What its script works with, where it has one. */
  readonly data?: unknown;
}

/** A page as the text of an HTML document. Its styles and its script are in it, and it may load nothing. */
export function renderDocument({ report, path, title, children, footer, data }: PageContent): string {
  const hasScript = data !== undefined;
  const body = renderToString(
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <div class="plumbline">
        <nav class="trail" aria-label="Report">
          {path === INDEX ? (
            <span class="quiet">Report</span>
          ) : (
            <a href={hrefFrom(path, INDEX)}>Scorecard of {report.name}</a>
          )}
        </nav>
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
    renderToString(<title>{title === report.name ? title : `${title} – ${report.name}`}</title>),
    `<style>${styles}</style>`,
    '</head>',
    '<body>',
    body,
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
