import type { Problem } from '../core/base/problem.ts';
import type { Place } from '../core/base/span.ts';
import { cleanLine } from './clean-text.ts';
import { type CodeFrame, codeFrame } from './code-frame.ts';
import type { Look } from './look.ts';
import { shownPath } from './paths.ts';
import { plural } from './plural.ts';
import { type SourceTexts, textOf } from './source-texts.ts';

export interface ProblemTextOptions {
  readonly cwd: string;
  readonly look: Look;
  readonly texts: SourceTexts;
}

/**
 * A problem as text: its message, its place, the line with the exact characters marked, related places, and the first fix.
 * Ends without a line break.
 */
export function problemText(options: ProblemTextOptions, problem: Problem): string {
  const { color } = options.look;
  const paint = { error: color.red, warning: color.yellow, info: color.cyan }[problem.severity];
  const places: MarkedPlace[] = [
    { place: problem, arrow: '-->', mark: '^', paint, note: '' },
    ...(problem.related ?? []).map(
      (place): MarkedPlace => ({
        place,
        arrow: ':::',
        mark: '-',
        paint: color.blue,
        note: cleanLine(place.message),
      }),
    ),
  ];
  const frames = places.map(({ place }) => frameOf(options, place));
  const gutter = Math.max(...frames.map((frame) => String(frame?.line ?? 1).length));
  const code = paint(color.bold(`${problem.severity}[${cleanLine(problem.code)}]`));
  const lines = [`${code}${color.bold(`: ${cleanLine(problem.message)}`)}`];
  for (const [index, place] of places.entries()) {
    lines.push(...placeLines(options, place, frames[index], gutter));
  }
  const [fix] = problem.fixes ?? [];
  if (fix !== undefined)
    lines.push(`${' '.repeat(gutter)} ${color.green('= help:')} ${cleanLine(fix.title)}`);
  return lines.join('\n');
}

/** `file:line:column` as terminals make it clickable; columns count UTF-16 code units from 1, as editors do. */
export function placeText({ cwd, texts }: Pick<ProblemTextOptions, 'cwd' | 'texts'>, place: Place): string {
  const { line, column } = textOf(texts, place.file).lines.position(place.span.start);
  return `${cleanLine(shownPath(cwd, place.file))}:${line + 1}:${column + 1}`;
}

/** How many problems there are: `2 errors and 1 warning`; empty where there are none. */
export function countText(problems: readonly Problem[]): string {
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    const noun = severity === 'info' ? 'note' : severity;
    return count === 0 ? [] : [plural(count, noun)];
  });
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** A place of a problem, and how its characters are marked. */
interface MarkedPlace {
  readonly place: Place;
  readonly arrow: string;
  readonly mark: string;
  readonly paint: (text: string) => string;
  /** What is said of it, behind the mark. */
  readonly note: string;
}

function placeLines(
  options: ProblemTextOptions,
  { place, arrow, mark, paint, note }: MarkedPlace,
  frame: CodeFrame | undefined,
  gutter: number,
): string[] {
  const { color, glyphs } = options.look;
  const margin = ' '.repeat(gutter);
  const where = `${margin}${color.blue(arrow)} ${placeText(options, place)}`;
  if (frame === undefined)
    return note === '' ? [where] : [where, `${margin} ${color.blue('|')} ${paint(note)}`];
  const bar = color.blue(`${margin} |`);
  const more = [...(frame.continues ? [glyphs.cut] : []), ...(note === '' ? [] : [note])];
  const carets = paint([mark.repeat(frame.length), ...more].join(' '));
  return [
    where,
    bar,
    `${color.blue(`${String(frame.line).padStart(gutter)} |`)} ${frame.code}`,
    `${bar} ${' '.repeat(frame.indent)}${carets}`,
  ];
}

/** Nothing can be shown of an empty file, or of one that cannot be read. */
function frameOf({ texts, look }: ProblemTextOptions, place: Place): CodeFrame | undefined {
  const source = textOf(texts, place.file);
  if (source.text.trim() === '') return undefined;
  return codeFrame(source, place.span, look.width - 10, look.glyphs.cut);
}
