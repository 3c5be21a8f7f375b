import { isMap, isScalar } from 'yaml';
import { type AnyPair, type Build, buildKey, colonOf, type MapParts, makeEntry } from './build.ts';
import { plainText } from './build-scalar.ts';
import { type Chunk, isClean } from './chunk.ts';
import type { Line } from './lines.ts';
import { reportError, reportWarning } from './messages.ts';
import { makeMissing } from './nodes.ts';
import { report } from './report.ts';

/**
 * Whether the value of a broken entry is most likely a text that should have been quoted, such as
 * `NPS: the score`, `> 5` or `@home`.
 */
export function isPlainText(chunk: Chunk, pair: AnyPair, lines: readonly Line[]): boolean {
  if (isClean(chunk) || colonOf(pair) === undefined) return false;
  const { value } = pair;
  const block = isScalar(value) && (value.type === 'BLOCK_LITERAL' || value.type === 'BLOCK_FOLDED');
  if (block) return lines.length === 1;
  return chunk.errors.some(
    ({ code, message }) =>
      code === 'BAD_SCALAR_START' ||
      code === 'BAD_ALIAS' ||
      (code === 'BLOCK_AS_IMPLICIT_KEY' && message.startsWith('Nested')),
  );
}

/**
 * Adds an entry with all that follows its first colon as its text, up to a comment, and reports what is wrong
 * with it.
 */
export function addPlainEntry(
  b: Build,
  parts: MapParts,
  chunk: Chunk,
  pair: AnyPair,
  lines: readonly Line[],
  depth: number,
): void {
  const inner = isMap(pair.value) ? pair.value.items[0] : undefined;
  const second = inner === undefined ? undefined : colonOf(inner);
  if (second === undefined) accept(b, chunk);
  else {
    // A row of colons looks like deep nesting to the library; here it is only a text.
    accept(b, { ...chunk, tooDeep: undefined }, false);
    const message = 'Unexpected ":" within a value. Quote the text if the colon belongs to it.';
    report(b, 'yaml-syntax', { start: second, end: second + 1 }, message);
  }
  const colon = colonOf(pair);
  const key = buildKey(b, pair, depth + 1);
  const last = lines.at(-1)?.end;
  if (colon === undefined || key === undefined || last === undefined) return;
  let start = colon + 1;
  let end = chunk.comments.find(({ span }) => span.start > colon && span.start < last)?.span.start ?? last;
  while (start < end && /\s/.test(b.text.charAt(start))) start++;
  while (end > start && /\s/.test(b.text.charAt(end - 1))) end--;
  b.anchors.made++;
  parts.entries.push(makeEntry(key, start < end ? plainText(b.text, start, end) : makeMissing(colon + 1)));
}

/** Takes over the comments, the warnings and the first error of a chunk that becomes part of the tree. */
export function accept(b: Build, chunk: Chunk, withErrors = true): void {
  for (const comment of chunk.comments) b.comments.push(comment);
  for (const warning of chunk.warnings) reportWarning(b, warning);
  if (chunk.tooDeep !== undefined) {
    const span = { start: chunk.tooDeep, end: chunk.tooDeep + 1 };
    const message =
      'This is nested too deeply to be read. Close the brackets before it, or write less deeply nested values.';
    report(b, 'yaml-unsupported', span, message);
  } else if (withErrors) {
    // One mistake makes the library complain many times; the first place is nearest to it.
    const [first] = [...chunk.errors].sort((one, other) => one.pos[0] - other.pos[0]);
    if (first !== undefined) reportError(b, first);
  }
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
