import { buildNode, newBuild } from './build.ts';
import { isClean, parseChunk } from './chunk.ts';
import { prepare, unifyBreaks } from './prepare.ts';
import { readSimple } from './read-simple.ts';
import { recover } from './recover.ts';
import { accept } from './recover-entry.ts';
import { type Report, tidyIssues } from './report.ts';
import type { Comment, YamlTree } from './tree.ts';

/**
 * Reads a YAML text (1.2, core schema) into a tree whose spans are offsets of that text. Never throws. Every issue lies on one line.
 * Time grows linearly with the text.
 */
export function parseYaml(text: string): YamlTree {
  return readSimple(text) ?? parseAny(text);
}

/**
 * The same for a text in whatever form. One without errors is parsed once; one with errors is taken apart by its indentation, so that an
 * error stays within the entry it stands in.
 */
export function parseAny(text: string): YamlTree {
  const report: Report = { text: unifyBreaks(text), found: [] };
  const prepared = prepare(report);
  const b = newBuild(prepared.text, report.found);
  const chunk = parseChunk(b.text, { from: prepared.start, to: prepared.end, indent: 0 });
  const clean = isClean(chunk);
  if (clean) accept(b, chunk);
  const root = clean
    ? buildNode(b, chunk.contents, 0, prepared.start)
    : recover(b, prepared.start, prepared.end);
  const empty = root === undefined || (root.kind === 'scalar' && root.style === 'missing');
  return { root: empty ? undefined : root, comments: tidyComments(text, b.comments), issues: tidyIssues(b) };
}

/** Comments in file order, with the characters of the given text. Recovery may have met one twice. */
function tidyComments(text: string, comments: readonly Comment[]): Comment[] {
  const sorted = [...comments].sort((one, other) => one.span.start - other.span.start);
  return sorted
    .filter(({ span }, i) => span.start !== sorted[i - 1]?.span.start)
    .map(({ span }) => ({ span, text: text.slice(span.start, span.end) }));
}
