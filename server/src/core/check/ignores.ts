import { LineIndex } from '../base/line-index.ts';
import type { Span } from '../base/span.ts';
import type { Definition, MetricsFile, Project } from '../model/project.ts';

/** A comment `# plumbline-ignore <rule>: <reason>`. */
export interface Ignore {
  readonly file: string;
  readonly span: Span;
  /** The rule, or the empty text where none is named. */
  readonly id: string;
  readonly idSpan: Span;
  /** Empty where none is given: then nothing is silenced. */
  readonly reason: string;
  /** The definition on the line below; several comments may stand above one definition. */
  readonly definition: Definition | undefined;
  /** The line below, where the comment stands inside a definition and its rule can be silenced for one clause. */
  readonly clause?: Span;
}

/** Rules that may also be silenced for one clause, by a comment on the line above it. */
const CLAUSE_RULES: ReadonlySet<string> = new Set(['unguarded-clause']);

const IGNORE = /^#\s*plumbline-ignore\b[ \t]*([A-Za-z0-9_-]*)[ \t]*(?::[ \t]*(.*\S))?/;

/** The comments of a project that mean to silence rules, whether they do or not. */
export function findIgnores(project: Project): readonly Ignore[] {
  const all: Ignore[] = [];
  for (const file of project.files) {
    // Most files have none.
    if (file.comments.length === 0) continue;
    const own = found.get(file) ?? ignoresOf(file);
    found.set(file, own);
    all.push(...own);
  }
  return all;
}

/** The comments of a file are read once. */
const found = new WeakMap<MetricsFile, readonly Ignore[]>();

function ignoresOf(file: MetricsFile): readonly Ignore[] {
  const matches = file.comments.flatMap((comment) => {
    const match = IGNORE.exec(comment.text);
    return match === null ? [] : [{ comment, id: match[1] ?? '', reason: match[2] ?? '' }];
  });
  if (matches.length === 0) return [];
  const lines = new LineIndex(file.text);
  const definitions = new Map<number, Definition>();
  for (const definition of file.definitions) {
    const { line } = lines.position(definition.nameNode.span.start);
    if (!definitions.has(line)) definitions.set(line, definition);
  }
  return matches.map(({ comment, id, reason }) => {
    const { line } = lines.position(comment.span.start);
    const alone = isAlone(lines, line);
    const isOfClause = alone && CLAUSE_RULES.has(id) && file.definitions.some(isAround(comment.span));
    const start =
      comment.span.start + Math.max(0, id === '' ? 0 : comment.text.indexOf(id, '#plumbline-ignore'.length));
    return {
      file: file.path,
      span: comment.span,
      id,
      idSpan: { start, end: id === '' ? comment.span.end : start + id.length },
      reason,
      definition: alone ? definitionBelow(lines, line, definitions) : undefined,
      ...(isOfClause ? { clause: spanOfLine(lines, lineBelow(lines, line)) } : {}),
    };
  });
}

/** Whether nothing but the comment stands on its line. */
function isAlone(lines: LineIndex, line: number): boolean {
  return /^\s*#/.test(lines.lineText(line));
}

function definitionBelow(
  lines: LineIndex,
  line: number,
  definitions: ReadonlyMap<number, Definition>,
): Definition | undefined {
  return definitions.get(lineBelow(lines, line));
}

/** The first line below that is not a comment. */
function lineBelow(lines: LineIndex, line: number): number {
  let below = line + 1;
  while (below < lines.lineCount && isAlone(lines, below)) below++;
  return below;
}

function spanOfLine(lines: LineIndex, line: number): Span {
  return { start: lines.lineStart(line), end: lines.lineEnd(line) };
}

function isAround(span: Span): (definition: Definition) => boolean {
  return ({ nameNode, node }) =>
    nameNode.span.end <= span.start && span.end <= (node?.span.end ?? nameNode.span.end);
}
