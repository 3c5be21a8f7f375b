import {
  type CiPart,
  type CiProject,
  type CiReport,
  findingsIn,
  hasFailed,
  hasTooManyWarnings,
  newOnes,
  stateOf,
} from '../ci/ci-report.ts';
import { inertLog } from '../ci/inert-log.ts';
import { cleanLine } from '../clean-text.ts';
import type { Look } from '../look.ts';
import { plural } from '../plural.ts';
import { countText, problemText } from '../problem-text.ts';

/** Every new finding with its code frame, then what was done of each project, and one line that sums up. */
export function ciText(report: CiReport, look: Look): string {
  const blocks = report.projects.flatMap(({ findings, texts }) =>
    findings
      .filter(({ isKnown }) => !isKnown)
      .map(({ problem }) => `${problemText({ cwd: report.top, look, texts }, problem)}\n`),
  );
  const projects = report.projects.map((project) => projectText(project, report.projects.length > 1, look));
  return inertLog([...blocks, ...projects, `${verdict(report, look)}\n`].join('\n'));
}

const WIDEST = 'definitions'.length;

function projectText(project: CiProject, isNamed: boolean, look: Look): string {
  const title = isNamed ? [`${look.color.bold(cleanLine(project.path))}`] : [];
  return [...title, ...project.parts.map((part) => partLine(project, part, look))]
    .map((line) => `${line}\n`)
    .join('');
}

function partLine(project: CiProject, part: CiPart, { color, glyphs }: Look): string {
  const mark = {
    passed: color.green(glyphs.ok),
    failed: color.red(glyphs.failed),
    skipped: color.dim(glyphs.nothing),
  }[stateOf(project, part)];
  return `${mark} ${part.part.padEnd(WIDEST)}  ${cleanLine(partWords(project, part))}`;
}

/** What a part came to: what was looked at, and how much was found in it; or why it was not done. */
export function partWords({ findings }: CiProject, { part, skipped, looked }: CiPart): string {
  if (skipped !== undefined) return skipped;
  const own = findings.filter((finding) => finding.part === part);
  const fresh = own.filter(({ isKnown }) => !isKnown);
  const known = own.length - fresh.length;
  const parts = [
    looked,
    ...(fresh.length === 0 ? [] : [countText(fresh.map(({ problem }) => problem))]),
    ...(known === 0 ? [] : [`${known} in the baseline`]),
  ];
  return parts.join('; ');
}

function verdict(report: CiReport, { color, glyphs }: Look): string {
  const text = verdictWords(report);
  return hasFailed(report) ? `${color.red(glyphs.failed)} ${text}` : `${color.green(glyphs.ok)} ${text}`;
}

/** In one or a few sentences: whether the run passes, why not, and what else is to be known of it. */
export function verdictWords(report: CiReport): string {
  const fresh = findingsIn(report).filter(({ isKnown }) => !isKnown);
  const counts = countText(fresh.map(({ problem }) => problem));
  const warnings = newOnes(fresh, 'warning').length;
  const failed = hasFailed(report);
  const first = failed ? `Failed: ${counts}.` : `Passed${counts === '' ? '' : ` with ${counts}`}.`;
  const more = [
    ...(hasTooManyWarnings(report)
      ? [`${plural(warnings, 'warning')}, where --max-warnings lets ${report.maxWarnings} pass.`]
      : []),
    ...(report.projects.some(({ full }) => full)
      ? ['There may be more: only the first 1,000 problems of a project are listed.']
      : []),
    ...baselineWords(report),
  ];
  return [first, ...more].join(' ');
}

function baselineWords(report: CiReport): readonly string[] {
  const { baseline } = report;
  if (baseline === undefined) return [];
  const known = findingsIn(report).filter(({ isKnown }) => isKnown).length;
  const found = `${plural(known, 'finding')} of the baseline ${known === 1 ? 'is' : 'are'} not counted.`;
  if (baseline.mended === 0) return [found];
  const entries = `${baseline.mended.toLocaleString('en')} of its entries ${baseline.mended === 1 ? 'is' : 'are'}`;
  return [found, `${entries} mended: --write-baseline takes them out.`];
}
