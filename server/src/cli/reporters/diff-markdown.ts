import { type DiffProse, diffProse, type ItemProse } from '../../core/diff/diff-prose.ts';
import { type ReportedDiff, sideNotes } from '../../core/diff/reported-diff.ts';
import { toMarkdown } from '../../core/ide/prose/markdown.ts';
import { list, paragraph, type Words } from '../../core/ide/prose/prose.ts';

/** A comment on a pull request may have 65,536 characters; what is longer is cut, and says so. */
const MOST_CHARACTERS = 60_000;

/** Metrics beyond these are folded. */
const OPEN_METRICS = 5;

/** A comparison as Markdown for a comment on a pull request: a summary, the most urgent metrics, and the rest folded. */
export function diffMarkdown(report: ReportedDiff): string {
  const prose = diffProse(report.diff);
  const { before, after } = report;
  const head = [
    '## Metric changes',
    toMarkdown([
      paragraph('From ', { code: before.name }, ' to ', { code: after.name }, '. ', ...prose.summary),
    ]),
  ];
  return bounded(head, [...sectionsOf(prose), ...notes([...prose.notes, ...sideNotes(report)])]);
}

function sectionsOf({ metrics, others, targets, examples }: DiffProse): readonly string[] {
  const open = metrics.slice(0, OPEN_METRICS).map(item);
  const folded = metrics.slice(OPEN_METRICS).map(item);
  return [
    ...open,
    ...fold(`${folded.length} more metric${folded.length === 1 ? '' : 's'}`, folded),
    ...section('Targets', targets),
    ...section('Examples that now fail', examples),
    ...fold('Other definitions', others.map(item)),
  ];
}

/** Only our own words stand in the summary of a fold, which is HTML. */
function fold(title: string, parts: readonly string[]): readonly string[] {
  if (parts.length === 0) return [];
  return [`<details>\n<summary>${title}</summary>\n\n${parts.join('\n\n')}\n\n</details>`];
}

function section(title: string, lines: readonly Words[]): readonly string[] {
  return lines.length === 0 ? [] : [`### ${title}\n\n${toMarkdown(list(lines))}`];
}

function item({ title, class: of, changes, effects }: ItemProse): string {
  const heading = toMarkdown([paragraph(...title)]);
  return [`### ${heading} (${of})`, toMarkdown(list([...changes, ...effects]))]
    .filter((text) => text !== '')
    .join('\n\n');
}

function notes(lines: readonly Words[]): readonly string[] {
  return lines.length === 0 ? [] : [toMarkdown(list(lines))];
}

function bounded(head: readonly string[], parts: readonly string[]): string {
  const kept: string[] = [...head];
  let length = head.join('\n\n').length;
  for (const [index, part] of parts.entries()) {
    length += part.length + 2;
    if (length > MOST_CHARACTERS) {
      const left = parts.length - index;
      kept.push(
        `${left} more part${left === 1 ? ' is' : 's are'} left out, as a comment has no room for them.`,
      );
      break;
    }
    kept.push(part);
  }
  return `${kept.join('\n\n')}\n`;
}
