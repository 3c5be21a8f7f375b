import type { Span } from '../../base/span.ts';
import type { SyntaxCode } from '../problems.ts';
import type { SyntaxIssue } from './tree.ts';

/** More issues than this help nobody: the text is then not YAML at all. */
const MAX_ISSUES = 200;

/** Of these the issues to show are chosen; what is found later is not kept, to bound the cost. */
const MAX_FOUND = 2000;

/** Collects the issues of one text. */
export interface Report {
  readonly text: string;
  readonly found: SyntaxIssue[];
}

/** Adds an issue. Its span is cut to one line and widened to at least one character where the text has one. */
export function report(
  to: Report,
  code: SyntaxCode,
  span: Span,
  message: string,
  related?: SyntaxIssue['related'],
): void {
  if (to.found.length >= MAX_FOUND) return;
  const tidy = tidySpan(to.text, span);
  to.found.push(
    related === undefined ? { code, span: tidy, message } : { code, span: tidy, message, related },
  );
}

/**
 * The issues in order. YAML errors come in swarms, so that of the broken syntax of one line only the first is
 * kept; a tab in the indentation explains the rest of its line.
 */
export function tidyIssues(from: Report): SyntaxIssue[] {
  const sorted = [...from.found].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const kept: SyntaxIssue[] = [];
  let line = -1;
  for (const issue of sorted) {
    if (kept.length >= MAX_ISSUES) break;
    if (issue.code === 'yaml-syntax' || issue.code === 'yaml-indentation') {
      const start = lineStart(from.text, issue.span.start);
      if (start === line) continue;
      line = start;
    }
    kept.push(issue);
  }
  return kept;
}

/** A span on one line: the line of its start, or of the last visible character before it where it starts at a line's end. */
function tidySpan(text: string, span: Span): Span {
  let start = Math.max(0, Math.min(span.start, text.length));
  if (start >= lineEnd(text, start)) {
    while (start > 0 && /\s/.test(text.charAt(start - 1))) start--;
    start = Math.max(0, start - 1);
    if (isLowSurrogate(text, start)) start--;
    const code = text.codePointAt(start) ?? 0;
    return {
      start,
      end: Math.min(text.length, start + (code > 0xffff ? 2 : 1), Math.max(start, lineEnd(text, start))),
    };
  }
  const end = Math.min(Math.max(span.end, start + 1), lineEnd(text, start));
  const visible = text.slice(start, end).trimEnd().length;
  return { start, end: visible === 0 ? end : start + visible };
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return at > 0 && code >= 0xdc00 && code <= 0xdfff;
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Where the line of `at` ends, its line break not counted. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  if (newline === -1) return text.length;
  return newline > at && text[newline - 1] === '\r' ? newline - 1 : newline;
}
