import { jsonText } from '../json-text.ts';
import type { CiProject, Finding } from './ci-report.ts';
import { inertJson } from './inert-log.ts';

/** What was there when a baseline was written. */
export type Baseline = readonly BaselineEntry[];

const VERSION = 1;
/** What a baseline holds for each finding. It is known again by its fingerprint; the file tells runs that do not look at it, and the rest is for people. */
interface BaselineEntry {
  readonly fingerprint: string;
  readonly count: number;
  readonly code: string;
  readonly file: string;
}

/** What a run looked at: of what it did not look at, nothing can be said to be mended. */
export interface LookedAt {
  /** Folders, relative to the top of the repository; `.` is all of it. */
  readonly folders: readonly string[];
  /** Whether it did every part of the work. */
  readonly isWhole: boolean;
}

/**
 * The text of a baseline that names these findings, in a stable order, so that its changes can be reviewed. Notes are left out: they fail
 * nothing. What an earlier baseline names and the run did not look at stays.
 */
export function baselineText(findings: readonly Finding[], earlier: Baseline, looked: LookedAt): string {
  const entries = new Map<string, BaselineEntry>();
  for (const { fingerprint, problem, path } of findings) {
    if (problem.severity === 'info') continue;
    const count = (entries.get(fingerprint)?.count ?? 0) + 1;
    entries.set(fingerprint, { fingerprint, count, code: problem.code, file: path });
  }
  for (const entry of earlier) {
    if (!isLookedAt(entry, looked) && !entries.has(entry.fingerprint)) entries.set(entry.fingerprint, entry);
  }
  const ordered = [...entries.values()].toSorted(
    (a, b) => compare(a.file, b.file) || compare(a.code, b.code) || compare(a.fingerprint, b.fingerprint),
  );
  return inertJson(jsonText({ baseline: VERSION, findings: ordered }));
}

/** Reads a baseline. Undefined where the text is none of this version. */
export function readBaseline(text: string): Baseline | undefined {
  const document = parsed(text);
  if (!isRecord(document) || document.baseline !== VERSION || !Array.isArray(document.findings))
    return undefined;
  const entries: BaselineEntry[] = [];
  for (const entry of document.findings as readonly unknown[]) {
    if (!isRecord(entry)) return undefined;
    const { fingerprint, count, code, file } = entry;
    if (typeof fingerprint !== 'string' || typeof count !== 'number' || !Number.isInteger(count))
      return undefined;
    entries.push({ fingerprint, count, code: textOr(code), file: textOr(file) });
  }
  return entries;
}

function textOr(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isLookedAt({ file }: BaselineEntry, { folders, isWhole }: LookedAt): boolean {
  return (
    isWhole && folders.some((folder) => folder === '.' || file === folder || file.startsWith(`${folder}/`))
  );
}

/** Marks what a baseline names: of each finding as many as there were. `mended` counts entries that nothing is found for any more, of what was looked at. */
export function againstBaseline(
  projects: readonly CiProject[],
  baseline: Baseline,
  looked: LookedAt,
): { readonly projects: readonly CiProject[]; readonly mended: number } {
  const left = new Map<string, number>();
  for (const { fingerprint, count } of baseline) left.set(fingerprint, (left.get(fingerprint) ?? 0) + count);
  const marked = projects.map((project) => ({
    ...project,
    findings: project.findings.map((finding) => {
      const count = left.get(finding.fingerprint) ?? 0;
      if (count <= 0) return finding;
      left.set(finding.fingerprint, count - 1);
      return { ...finding, isKnown: true };
    }),
  }));
  const seen = new Set(baseline.flatMap((entry) => (isLookedAt(entry, looked) ? [entry.fingerprint] : [])));
  const mended = [...left].reduce(
    (sum, [fingerprint, count]) => sum + (seen.has(fingerprint) ? Math.max(0, count) : 0),
    0,
  );
  return { projects: marked, mended };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
