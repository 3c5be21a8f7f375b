import { LineIndex } from '../../core/base/line-index.ts';
import type { Problem } from '../../core/base/problem.ts';
import { cleanLine, visibleLine } from '../clean-text.ts';
import type { Look } from '../look.ts';
import { shownPath } from '../paths.ts';
import { plural } from '../plural.ts';
import { problemText } from '../problem-text.ts';
import type { SourceTexts } from '../source-texts.ts';
import { unifiedDiff } from '../unified-diff.ts';

/** A file with its text as it is and as it should be. */
export interface FormattedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Why it was left as it is: it cannot be read, has YAML errors, or cannot be written. */
  readonly problems: readonly Problem[];
}

export interface FmtTextOptions {
  readonly cwd: string;
  readonly look: Look;
  /** Whether files were not to be written. */
  readonly dry: boolean;
  readonly diff: boolean;
}

/** The files that were changed, or would be, then what is wrong with those that were left, then one line that sums up. */
export function fmtText(files: readonly FormattedFile[], options: FmtTextOptions): string {
  const { cwd, look, dry, diff } = options;
  const changed = files.filter((file) => isChanged(file));
  const list = changed.map(({ path }) => `${dry ? 'Would format' : 'Formatted'} ${shown(cwd, path)}\n`);
  const blocks = [
    ...(diff ? changed.map((file) => diffText(file, options)) : [list.join('')]),
    ...problemBlocks(files, cwd, look),
    `${summary(files, changed.length, options)}\n`,
  ];
  return blocks.filter((block) => block !== '').join('\n');
}

/** Whether a file is not in its canonical form and can be put into it. */
export function isChanged({ before, after, problems }: FormattedFile): boolean {
  return problems.length === 0 && before !== after;
}

/** A file's changes as a unified diff. */
export function diffText({ path, before, after }: FormattedFile, { cwd, look }: FmtTextOptions): string {
  const { color } = look;
  const lines = unifiedDiff(shown(cwd, path), before, after).map((line, i) => {
    const text = visibleLine(line);
    if (i < 2) return color.bold(text);
    if (text.startsWith('@@')) return color.cyan(text);
    return text.startsWith('+') ? color.green(text) : text.startsWith('-') ? color.red(text) : text;
  });
  return lines.map((line) => `${line}\n`).join('');
}

/** The problems of files that were left, each with its code frame. */
export function problemBlocks(files: readonly FormattedFile[], cwd: string, look: Look): readonly string[] {
  const texts: SourceTexts = new Map(
    files.map(({ path, before }) => [path, { text: before, lines: new LineIndex(before) }]),
  );
  return files.flatMap(({ problems }) =>
    problems.map((problem) => `${problemText({ cwd, look, texts }, problem)}\n`),
  );
}

function summary(files: readonly FormattedFile[], changed: number, { dry, look }: FmtTextOptions): string {
  const { color, glyphs } = look;
  const left = files.filter(({ problems }) => problems.length > 0).length;
  const of = `${changed.toLocaleString('en')} of ${plural(files.length, 'file')}`;
  const leftText =
    left === 0
      ? ''
      : ` ${plural(left, 'file')} with errors ${left === 1 ? 'is' : 'are'} left as ${left === 1 ? 'it is' : 'they are'}.`;
  if (changed > 0 && dry) {
    return `${color.red(glyphs.failed)} ${of} would change. Run "plumbline fmt" to format them.${leftText}`;
  }
  const mark = left === 0 ? color.green(glyphs.ok) : color.red(glyphs.failed);
  return `${mark} ${changed > 0 ? `Formatted ${of}.` : `Nothing to format in ${plural(files.length, 'file')}.`}${leftText}`;
}

function shown(cwd: string, path: string): string {
  return cleanLine(shownPath(cwd, path));
}
