import { diffProse, type ItemProse } from '../../core/diff/diff-prose.ts';
import type { ChangeClass } from '../../core/diff/fact.ts';
import type { ProjectDiff } from '../../core/diff/project-diff.ts';
import { type ReportedDiff, sideNotes } from '../../core/diff/reported-diff.ts';
import { plainWords } from '../../core/ide/prose/plain.ts';
import type { Words } from '../../core/ide/prose/prose.ts';
import { cleanLine } from '../clean-text.ts';
import type { Look } from '../look.ts';
import { wrapText } from '../text-width.ts';

/** A comparison for a terminal. */
export function diffText(report: ReportedDiff, look: Look): string {
  const prose = diffProse(asShown(report.diff, look));
  const { before, after } = report;
  const head = [
    look.color.bold(line(['From ', before.name, ' to ', after.name])),
    ...wrapText(line(prose.summary), look.width),
  ];
  const parts = [
    head,
    ...prose.metrics.map((item) => itemLines(item, look)),
    ...prose.others.map((item) => itemLines(item, look)),
    section('targets', prose.targets, look),
    section('examples that now fail', prose.examples, look),
    [...prose.notes, ...sideNotes(report)].flatMap((words) => wrapText(line(words), look.width)),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Values as this terminal can show them. */
function asShown(diff: ProjectDiff, { ascii }: Look): ProjectDiff {
  const metrics = diff.metrics.map((metric) => ({ ...metric, format: { ...metric.format, ascii } }));
  return { ...diff, metrics };
}

function line(words: Words): string {
  return cleanLine(plainWords(words));
}

function section(title: string, lines: readonly Words[], look: Look): readonly string[] {
  return lines.length === 0 ? [] : [look.color.bold(title), ...listLines(lines, look)];
}

function itemLines({ title, class: of, changes, effects }: ItemProse, look: Look): readonly string[] {
  return [
    `${look.color.bold(line(title))} ${paintOf(of, look)(`[${of}]`)}`,
    ...listLines([...changes, ...effects], look),
  ];
}

function listLines(lines: readonly Words[], look: Look): readonly string[] {
  return lines.flatMap((words) =>
    wrapText(line(words), look.width - 4).map((text, index) => `  ${index === 0 ? '- ' : '  '}${text}`),
  );
}

function paintOf(of: ChangeClass, { color }: Look): (text: string) => string {
  switch (of) {
    case 'breaking':
      return color.red;
    case 'values':
      return color.yellow;
    case 'targets':
      return color.cyan;
    case 'cosmetic':
      return color.dim;
  }
}
