import { type DiffProse, diffProse, type ItemProse } from '../../core/diff/diff-prose.ts';
import type { ProjectDiff } from '../../core/diff/project-diff.ts';
import { type ReportedDiff, sideNotes } from '../../core/diff/reported-diff.ts';
import { toMarkdown } from '../../core/ide/prose/markdown.ts';
import { list, paragraph, type Run, type Words } from '../../core/ide/prose/prose.ts';
import { trendMarkdown, valuesMarkdown } from './diff-values.ts';

/** A comment on a pull request may have 65,536 characters; what is longer is cut, and says so. */
const MOST_CHARACTERS = 60_000;

/** Metrics beyond these are folded. */
const OPEN_METRICS = 5;

/** Of more lines about targets or examples, all are folded; of metrics that are told together, those beyond. */
const OPEN_LINES = 5;

/** What is left out is told in a line of this length at most. */
const REMAINDER = 120;

/** What is kept together where there is no room for all: one part, or parts in a fold. */
type Section = string | { readonly title: (count: number) => string; readonly parts: readonly Part[] };

interface Part {
  readonly text: string;
  /** How many definitions it is about. */
  readonly count: number;
}

/**
 * A comparison as Markdown for a comment on a pull request: a summary, the most urgent metrics with their trends, targets and examples, and the
 * rest folded. Where there is no room for all, tables of values go first.
 */
export function diffMarkdown(report: ReportedDiff): string {
  const prose = diffProse(report.diff);
  const { diff, before, after } = report;
  const head = [
    '## Metric changes',
    words(['From ', { code: before.name }, ' to ', { code: after.name }, '. ', ...prose.summary]),
  ];
  const end = lines([...prose.notes, ...sideNotes(report)]);
  const whole = joined([...head, ...sectionsOf(prose, diff, true).flatMap(sectionText), ...end]);
  return whole.length <= MOST_CHARACTERS ? whole : bounded(head, sectionsOf(prose, diff, false), end);
}

function sectionsOf(
  { metrics, others, targets, examples }: DiffProse,
  diff: ProjectDiff,
  withTables: boolean,
): readonly Section[] {
  const effects = new Map(diff.metrics.map((effect) => [effect.affected.name, effect]));
  const told = metrics.map(({ names, ...prose }, index): Part => {
    const [name = ''] = names;
    const effect = names.length === 1 ? effects.get(name) : undefined;
    const isOpen = withTables && index < OPEN_METRICS;
    const text =
      effect === undefined
        ? together(prose, names.length)
        : item(prose, trendMarkdown(effect), isOpen ? valuesMarkdown(effect) : []);
    return { text, count: names.length };
  });
  return [
    ...told.slice(0, OPEN_METRICS).map(({ text }) => text),
    ...listed('Targets', targets),
    ...listed('Examples that now fail', examples),
    {
      title: moreMetrics,
      parts: told.slice(OPEN_METRICS),
    },
    { title: () => 'Other definitions', parts: others.map((other) => ({ text: item(other), count: 1 })) },
  ];
}

/** Only our own words stand in the summary of a fold, which is HTML. */
function sectionText(section: Section): readonly string[] {
  if (typeof section === 'string') return [section];
  const { title, parts } = section;
  if (parts.length === 0) return [];
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const texts = parts.map(({ text }) => text).join('\n\n');
  return [`<details>\n<summary>${title(count)}</summary>\n\n${texts}\n\n</details>`];
}

/** Metrics that moved for one reason: the first of them, and the others folded. */
function together({ effects, ...prose }: ItemProse, metrics: number): string {
  const folded = lines(effects.slice(OPEN_LINES)).map((text) => ({ text, count: metrics - OPEN_LINES }));
  const others = sectionText({ title: moreMetrics, parts: folded });
  return item({ ...prose, effects: effects.slice(0, OPEN_LINES) }, [], others);
}

function moreMetrics(count: number): string {
  return `${count} more metric${count === 1 ? '' : 's'}`;
}

/** A few lines below a heading; many are folded. */
function listed(title: string, all: readonly Words[]): readonly Section[] {
  if (all.length === 0) return [];
  if (all.length > OPEN_LINES)
    return [{ title: () => title, parts: lines(all).map((text) => ({ text, count: 1 })) }];
  return [`### ${title}\n\n${lines(all).join('')}`];
}

/** A definition with what is to be said of it, and of a metric its trend and its values. */
function item(
  { title, class: of, changes, effects }: ItemProse,
  trend: readonly string[] = [],
  values: readonly string[] = [],
): string {
  return [`### ${words(title)} (${of})`, ...trend, ...lines([...changes, ...effects]), ...values].join(
    '\n\n',
  );
}

function lines(all: readonly Words[]): readonly string[] {
  return all.length === 0 ? [] : [toMarkdown(list(all.map(inert)))];
}

function words(all: Words): string {
  return toMarkdown([paragraph(...inert(all))]);
}

/** Servers make mentions and references of text, escaped or not, unless something stands in it that nobody sees. In code they make none. */
function inert(all: Words): Words {
  const broken = (text: string): string =>
    text.replace(/@|[#!](?=\d)|\bGH(?=-\d)/gi, (found) => `${found}\u200b`);
  return all.map((run): Run => {
    if (typeof run === 'string') return broken(run);
    return 'strong' in run ? { strong: broken(run.strong) } : run;
  });
}

/** As many parts as there is room for, each whole, and how many are left out. What has to be known to read them is always there. */
function bounded(head: readonly string[], sections: readonly Section[], end: readonly string[]): string {
  let room = MOST_CHARACTERS - joined([...head, ...end]).length - REMAINDER;
  let left = 0;
  const isKept = ({ text }: Part): boolean => {
    const fits = text.length + 2 <= room;
    if (fits) room -= text.length + 2;
    else left += 1;
    return fits;
  };
  const kept = sections.flatMap((section) => {
    if (typeof section === 'string') return isKept({ text: section, count: 1 }) ? [section] : [];
    room -= REMAINDER;
    return sectionText({ ...section, parts: section.parts.filter(isKept) });
  });
  const remainder = `${left} part${left === 1 ? ' is' : 's are'} left out, as a comment has no room for ${left === 1 ? 'it' : 'them'}.`;
  return joined([...head, ...kept, ...(left === 0 ? [] : [remainder]), ...end]);
}

function joined(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}
