import assert from 'node:assert/strict';
import { marked, problemsOf } from './kit.ts';

/** A text with its one mistake between `⟦ ⟧`, the kind of problem, and what is said. */
export type Case = readonly [text: string, code: string, message: string];

// A file with one definition, on the last line.
export const source = (body: string) => `plumbline: 1\nsources:\n  s: ${body}\n`;
export const segment = (body: string) => `plumbline: 1\nsegments:\n  s: ${body}\n`;
export const metric = (body: string) => `plumbline: 1\nmetrics:\n  m: ${body}\n`;
export const target = (body: string) => `plumbline: 1\ntargets:\n  t: ${body}\n`;
export const journey = (body: string) => `plumbline: 1\njourneys:\n  j: ${body}\n`;

/** One test per case: the file has that problem at that place, and no other. */
export function checkCases(cases: readonly Case[], kind: 'metrics' | 'project' = 'metrics'): void {
  for (const [snippet, code, message] of cases) {
    it(snippet.trim().split('\n').slice(-1).join(''), () => {
      const { text, span } = marked(snippet);
      const found = problemsOf(kind, text).map((problem) => ({
        code: problem.code,
        message: problem.message,
        at: text.slice(problem.span.start, problem.span.end),
        span: problem.span,
      }));
      assert.deepEqual(found, [{ code, message, at: text.slice(span.start, span.end), span }]);
    });
  }
}
