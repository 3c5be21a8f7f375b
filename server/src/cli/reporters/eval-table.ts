import { formatDay } from '../../core/base/period.ts';
import { cleanLine } from '../clean-text.ts';
import type { Look } from '../look.ts';
import { placeText } from '../problem-text.ts';
import { wrapText } from '../text-width.ts';
import { IN_FOOTER } from './eval-problems.ts';
import type { EvalReport } from './eval-report.ts';
import { isUnbroken, type ScoreSection, scorecard } from './scorecard.ts';
import { scorecardLines } from './scorecard-table.ts';
import { targetLines } from './targets-table.ts';

/** The scorecard: every metric with its latest complete value, then the targets, then what the numbers rest on. */
export function evalTable(report: EvalReport, look: Look): string {
  const { color } = look;
  const sections = scorecard(report, look.ascii);
  const period = commonPeriod(sections);
  const targets = targetLines(report, look);
  const blocks = [
    [titleLine(report, period, look)],
    scorecardLines(sections, period, look),
    ...(targets.length === 0 ? [] : [[color.bold('Targets'), ...targets]]),
    footerLines(report, sections, look),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function titleLine(
  { document, by, where, range }: EvalReport,
  period: string | undefined,
  { color, glyphs, width }: Look,
): string {
  const { from, to } = range;
  const parts = [
    ...(period === undefined ? [] : [period === 'all' ? 'all of the data' : period]),
    ...(from === undefined ? [] : [`from ${formatDay(from)}`]),
    ...(to === undefined ? [] : [`to ${formatDay(to)}`]),
    ...(by.length === 0 ? [] : [`by ${by.join(', ')}`]),
    ...(where === undefined ? [] : [`where ${where}`]),
  ].map(cleanLine);
  const [first = '', ...rest] = wrapText(
    [cleanLine(document.project ?? 'Metrics'), ...parts].join(`  ${glyphs.dot}  `),
    width,
  );
  return [color.bold(first), ...rest.map((line) => color.bold(line))].join('\n');
}

/** The period that most rows show. */
function commonPeriod(sections: readonly ScoreSection[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { lines } of sections) {
    for (const line of lines) {
      const period = line.kind === 'row' ? line.row.value?.period : undefined;
      if (period !== undefined) counts.set(period, (counts.get(period) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

function footerLines(
  report: EvalReport,
  sections: readonly ScoreSection[],
  { color, glyphs, width }: Look,
): readonly string[] {
  const { document, texts, folder } = report;
  const rows = sections.flatMap(({ lines }) =>
    lines.flatMap((line) => (line.kind === 'row' ? line.row : [])),
  );
  const aside = report.touching.filter(({ code }) => IN_FOOTER.has(code));
  const notes = [
    ...(document.as_of === null ? [] : [`Data up to ${document.as_of}.`]),
    ...(rows.some(({ value }) => value?.low != null) ? ['INTERVAL: 95 % confidence.'] : []),
    ...(rows.some(({ value }) => value?.verdict === 'no_clear_change')
      ? [`${glyphs.unclear} no clear change: it may be chance.`]
      : []),
    ...(rows.some(({ small }) => small) ? ['* N below 30.'] : []),
  ];
  const unbroken = document.metrics.filter((metric) => isUnbroken(report, metric));
  const lines = [
    ...(notes.length === 0 ? [] : wrapText(notes.join('  '), width)),
    ...namesText('Left out, as --where means nothing on their sources:', [...report.unfit], width),
    ...namesText(
      `Not broken down by ${cleanLine(report.by.join(', '))}:`,
      unbroken.map(({ metric }) => metric),
      width,
    ),
    ...aside.flatMap((problem) => {
      const place = placeText({ cwd: folder, texts }, problem);
      const [first = '', ...rest] = wrapText(`${cleanLine(problem.message)} ${place}`, width - 2);
      return [`${glyphs.dot} ${first}`, ...rest.map((line) => `  ${line}`)];
    }),
  ];
  return lines.map((line) => color.dim(line));
}

function namesText(what: string, names: readonly string[], width: number): readonly string[] {
  return names.length === 0 ? [] : wrapText(`${what} ${names.join(', ')}.`, width);
}
