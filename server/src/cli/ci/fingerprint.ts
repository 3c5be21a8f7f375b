import { hashOf } from '../../core/base/hash.ts';
import type { Problem } from '../../core/base/problem.ts';
import type { SourceText } from '../source-texts.ts';

/** Longer texts are cut before they go into a fingerprint, so that its cost does not follow the length of a line. */
const LONGEST = 500;

/**
 * A short text that stays the same for a problem when lines above it or around it come and go: made of the code, the file, the keys that
 * lead to the line, the line itself, and the marked characters. Messages are left out, since they count rows and name values.
 *
 * @param path of the file, from the top of the repository
 */
export function fingerprintOf(problem: Problem, path: string, { lines, text }: SourceText): string {
  const { code, span } = problem;
  const { line } = lines.position(span.start);
  // Of a file that as a whole is not as it should be, no line says which problem it is.
  const here =
    code === WHOLE_FILE
      ? []
      : [...outline(line, lines.lineCount, (index) => lines.lineText(index)), lines.lineText(line).trim()];
  const marked = code === WHOLE_FILE ? '' : text.slice(span.start, Math.min(span.end, span.start + LONGEST));
  return hashOf([code, path, ...here.map((part) => part.slice(0, LONGEST)), marked].join('\n'));
}

/** The code of problems that are about a file and stand at the first line of it that differs. */
const WHOLE_FILE = 'not-formatted';

/** The keys that lead to a line by indentation, the innermost first. */
function outline(line: number, count: number, textAt: (line: number) => string): readonly string[] {
  const keys: string[] = [];
  let depth = indentOf(textAt(Math.min(line, count - 1)));
  for (let at = line - 1; at >= 0 && depth > 0; at--) {
    const text = textAt(at);
    const indent = indentOf(text);
    if (indent >= depth || /^\s*(#|$)/.test(text)) continue;
    depth = indent;
    keys.push(text.trim().split(':', 1)[0] ?? '');
  }
  return keys;
}

function indentOf(text: string): number {
  return /^ */.exec(text)?.[0].length ?? 0;
}
