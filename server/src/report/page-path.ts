import type { PageSubject } from './report.ts';

/** Names of the format, as long as every file system takes them. */
const PLAIN = /^[a-z][a-z0-9_]{0,99}$/;

/** Names that are devices on Windows, whatever their ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * The path of a page from the root of a report: `metrics/nps.html`. Every subject has its own, which is a file name everywhere and
 * stays in its folder, whatever the name is.
 */
export function pagePath(subject: PageSubject | { readonly kind: 'scorecard' }): string {
  if (subject.kind === 'scorecard') return INDEX;
  return `${subject.kind}s/${fileName(subject.name)}.html`;
}

/** The path of the scorecard. */
export const INDEX = 'index.html';

/** Whether a path is one that `pagePath` gives, so that a file there may be taken away as a page of ours. */
export function isPagePath(path: string): boolean {
  return path === INDEX || /^(metric|segment|target|source|journey)s\/[a-z0-9_-]{1,120}\.html$/.test(path);
}

/** No name of the format has a hyphen: what has one cannot be that of another. */
function fileName(name: string): string {
  if (DEVICE.test(name)) return `${name}-`;
  if (PLAIN.test(name)) return name;
  const near = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '_')
    .slice(0, 80);
  return `${near}-${hashOf(name)}`;
}

/** FNV-1a (RFC draft-eastlake-fnv), twice with 32 bits, as hexadecimal digits. */
function hashOf(text: string): string {
  return [0x811c9dc5, 0x01234567]
    .map((start) => {
      let hash = start;
      for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
      return hash.toString(16).padStart(8, '0');
    })
    .join('');
}
