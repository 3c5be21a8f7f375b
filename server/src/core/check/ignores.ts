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
}

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
    const start =
      comment.span.start + Math.max(0, id === '' ? 0 : comment.text.indexOf(id, '#plumbline-ignore'.length));
    return {
      file: file.path,
      span: comment.span,
      id,
      idSpan: { start, end: id === '' ? comment.span.end : start + id.length },
      reason,
      definition: isAlone(lines, line) ? definitionBelow(lines, line, definitions) : undefined,
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
  let below = line + 1;
  while (below < lines.lineCount && isAlone(lines, below)) below++;
  return definitions.get(below);
}
