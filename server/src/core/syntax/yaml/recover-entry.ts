import { isScalar } from 'yaml';
import { type AnyPair, type Build, buildKey, colonOf, type MapParts, makeEntry } from './build.ts';
import { plainText } from './build-scalar.ts';
import { type Chunk, isClean } from './chunk.ts';
import type { Line } from './lines.ts';
import { makeMissing } from './nodes.ts';
import { lineEnd, report } from './report.ts';

/**
 * Whether the value of a broken entry of one line is most likely a text that should have been quoted, such as
 * `NPS: the score`, `> 5` or `@home`.
 */
export function isPlainText(chunk: Chunk, pair: AnyPair): boolean {
  if (isClean(chunk) || colonOf(pair) === undefined) return false;
  const { value } = pair;
  if (isScalar(value) && (value.type === 'BLOCK_LITERAL' || value.type === 'BLOCK_FOLDED')) return true;
  return chunk.errors.some(
    ({ code, message }) =>
      code === 'BAD_SCALAR_START' ||
      code === 'BAD_ALIAS' ||
      (code === 'BLOCK_AS_IMPLICIT_KEY' && message.startsWith('Nested')),
  );
}

/** Adds an entry of one line with all that follows its first colon as its text, a comment left out. */
export function addPlainEntry(b: Build, parts: MapParts, chunk: Chunk, pair: AnyPair, depth: number): void {
  const colon = colonOf(pair);
  const key = buildKey(b, pair, depth + 1);
  if (colon === undefined || key === undefined) return;
  let start = colon + 1;
  let end =
    chunk.comments.find((comment) => comment.span.start > colon)?.span.start ?? lineEnd(b.text, colon);
  while (start < end && /\s/.test(b.text.charAt(start))) start++;
  while (end > start && /\s/.test(b.text.charAt(end - 1))) end--;
  b.anchors.made++;
  parts.entries.push(makeEntry(key, start < end ? plainText(b.text, start, end) : makeMissing(colon + 1)));
}

/** Reports a line that should be an entry but has no colon. */
export function reportNoColon(b: Build, line: Line): void {
  const text = b.text.slice(line.content, line.end);
  const glued = /^[A-Za-z_][\w-]*:(?=\S)/.exec(text)?.[0];
  if (glued !== undefined) {
    const at = line.content + glued.length - 1;
    report(b, 'yaml-syntax', { start: at, end: at + 1 }, 'A space is missing behind this ":".');
    return;
  }
  const word = /^[^\s#]+(?:[ \t]+[^\s#]+)*/.exec(text)?.[0] ?? text;
  const span = { start: line.content, end: line.content + word.length };
  const message = /^[-*&[{"']/.test(text)
    ? 'Expected an entry here. Write "name: value".'
    : 'Expected ":" behind this name. Write "name: value", or remove the word.';
  report(b, 'yaml-syntax', span, message);
}
