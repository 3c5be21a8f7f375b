import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyse } from '../../../server/src/core/analyse.ts';
import { LineIndex } from '../../../server/src/core/base/line-index.ts';
import type { Problem } from '../../../server/src/core/base/problem.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { projectOf, ROOT } from '../../kit/project.ts';

/** Where the fixtures of the rules are, from the root of the repository. */
export const FIXTURES = 'test/fixtures/rules';

/** An expected or found problem, as it is written below its line. */
export interface Mark {
  readonly file: string;
  /** 1-based, in the text without marks. */
  readonly line: number;
  /** Zero-based; of a span over several lines the part on the first one. */
  readonly start: number;
  readonly end: number;
  readonly what: string;
  readonly message: string;
}

const MARK = /^[#\s]*?(\^+) +((?:error|warning|info)\[[a-z-]+\]):? ?(.*)$/;

/** Takes the lines with carets out of a text, so that they may stand below any line, in a block scalar too. */
export function takeMarks(
  file: string,
  text: string,
): { readonly text: string; readonly marks: readonly Mark[] } {
  const kept: string[] = [];
  const marks: Mark[] = [];
  for (const line of text.split('\n')) {
    const match = MARK.exec(line);
    if (match === null) kept.push(line);
    else {
      const [, carets = '', what = '', message = ''] = match;
      const start = line.indexOf('^');
      marks.push({ file, line: kept.length, start, end: start + carets.length, what, message });
    }
  }
  return { text: kept.join('\n'), marks };
}

/** A found problem as a mark, in the text of its file. */
export function markOf(problem: Problem, texts: ReadonlyMap<string, string>): Mark {
  const file = problem.file.slice(ROOT.length + 1);
  const lines = new LineIndex(texts.get(file) ?? '');
  const { line, column } = lines.position(problem.span.start);
  const lineEnd = lines.lineEnd(line) - lines.lineStart(line);
  const end = Math.min(column + problem.span.end - problem.span.start, lineEnd);
  const what = `${problem.severity}[${problem.code}]`;
  return { file, line: line + 1, start: column, end, what, message: problem.message };
}

/** Analyses texts with marks; gives what was expected and what was found. */
export async function analysed(marked: Readonly<Record<string, string>>): Promise<{
  readonly expected: readonly Mark[];
  readonly found: readonly Mark[];
  readonly problems: readonly Problem[];
}> {
  const texts = new Map<string, string>();
  const expected: Mark[] = [];
  for (const [file, content] of Object.entries(marked)) {
    const { text, marks } = file.endsWith('.yaml') ? takeMarks(file, content) : { text: content, marks: [] };
    texts.set(file, text);
    expected.push(...marks);
  }
  const loaded = await projectOf(Object.fromEntries(texts), kinds);
  const { problems } = analyse(loaded, kinds);
  return { expected, found: problems.map((problem) => markOf(problem, texts)), problems };
}

/** The texts of one case of a rule: the common ones, and those of its folder that begin with `pass` or `fail`. */
export function fixtureOf(rule: string, name: 'pass' | 'fail'): Record<string, string> {
  const texts: Record<string, string> = {};
  const add = (folder: string, path: string, as = path): void => {
    texts[as] = readFileSync(join(FIXTURES, folder, path), 'utf8');
  };
  for (const folder of ['common', rule]) {
    const data = join(FIXTURES, folder, 'data');
    if (existsSync(data)) for (const file of readdirSync(data)) add(folder, `data/${file}`);
  }
  add('common', 'common.metrics.yaml');
  for (const file of readdirSync(join(FIXTURES, rule))) {
    if (file.startsWith(name) && file.endsWith('.metrics.yaml')) add(rule, file);
    if (file === `${name}.plumbline.yaml`) add(rule, file, 'plumbline.yaml');
  }
  return texts;
}

/** A mark in one line, as a test shows it. */
export function show({ file, line, start, end, what, message }: Mark): string {
  return `${file}:${line}:${start}-${end} ${what}: ${message}`;
}

/** What differs between what was expected and what was found, both ways; empty where all agree. */
export function differences(expected: readonly Mark[], found: readonly Mark[]): string[] {
  const left = [...found];
  const missing = expected.filter((mark) => {
    const index = left.findIndex(
      (candidate) =>
        candidate.file === mark.file &&
        candidate.line === mark.line &&
        candidate.start === mark.start &&
        candidate.end === mark.end &&
        candidate.what === mark.what &&
        candidate.message.startsWith(mark.message),
    );
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return [
    ...missing.map((mark) => `not found:  ${show(mark)}`),
    ...left.map((mark) => `unexpected: ${show(mark)}`),
  ].sort();
}
