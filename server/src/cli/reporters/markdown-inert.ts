import { cleanLine } from '../clean-text.ts';

/** Keeps GitHub and GitLab from making a mention, a reference or a link of what stands behind it. Nothing is seen of it. */
const BREAK = '&#8203;';

/**
 * Text of a project for one line of Markdown (GFM), in which it means nothing but itself: no markup, no HTML, no table cell, no
 * link, no mention of a person, no reference to an issue. Control characters and those of writing direction go.
 */
export function inertMarkdown(text: string): string {
  return cleanLine(text)
    .replace(/[\\`*_{}[\]()<>#+\-.!|~&"'$=^]/g, (character) => ENTITIES[character] ?? `\\${character}`)
    .replaceAll('@', `@${BREAK}`)
    .replaceAll('\\#', `\\#${BREAK}`)
    .replace(/:(?=\/|\w)/g, `:${BREAK}`)
    .replace(/\b(www|GH|gh)(?=\\)/gi, `$1${BREAK}`);
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };
