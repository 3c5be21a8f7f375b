import { jsonText } from '../json-text.ts';
import type { CiProject, Finding } from './ci-report.ts';
import { inertJson } from './inert-log.ts';

/** How often each finding was there when a baseline was written, by its fingerprint. */
export type Baseline = ReadonlyMap<string, number>;

const VERSION = 1;
/** What a baseline holds for each finding. Only the fingerprint and the count are read; the rest is for people who review the file. */
interface Entry {
  readonly fingerprint: string;
  readonly count: number;
  readonly code: string;
  readonly file: string;
}

/** The text of a baseline that names these findings, in a stable order, so that its changes can be reviewed. Notes are left out: they fail nothing. */
export function baselineText(findings: readonly Finding[]): string {
  const entries = new Map<string, Entry>();
  for (const { fingerprint, problem, path } of findings) {
    if (problem.severity === 'info') continue;
    const count = (entries.get(fingerprint)?.count ?? 0) + 1;
    entries.set(fingerprint, { fingerprint, count, code: problem.code, file: path });
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
  const counts = new Map<string, number>();
  for (const entry of document.findings as readonly unknown[]) {
    if (!isRecord(entry)) return undefined;
    const { fingerprint, count } = entry;
    if (typeof fingerprint !== 'string' || typeof count !== 'number' || !Number.isInteger(count))
      return undefined;
    counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + count);
  }
  return counts;
}

/** Marks what a baseline names: of each finding as many as there were. `mended` counts entries that nothing is found for any more. */
export function againstBaseline(
  projects: readonly CiProject[],
  baseline: Baseline,
): { readonly projects: readonly CiProject[]; readonly mended: number } {
  const left = new Map(baseline);
  const marked = projects.map((project) => ({
    ...project,
    findings: project.findings.map((finding) => {
      const count = left.get(finding.fingerprint) ?? 0;
      if (count <= 0) return finding;
      left.set(finding.fingerprint, count - 1);
      return { ...finding, isKnown: true };
    }),
  }));
  return { projects: marked, mended: [...left.values()].reduce((sum, count) => sum + Math.max(0, count), 0) };
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
