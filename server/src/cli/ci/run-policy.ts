import type { Problem } from '../../core/base/problem.ts';
import { affectedMetrics } from '../../core/diff/affected.ts';
import { projectFacts } from '../../core/diff/project-facts.ts';
import { type OpenVersion, openVersion } from '../../core/diff-versions/version.ts';
import { diffVersions } from '../../core/diff-versions.ts';
import { kinds } from '../../core/kinds/index.ts';
import { checkPolicy } from '../../core/policy/check-policy.ts';
import { readCodeOwners } from '../../core/policy/read-code-owners.ts';
import { withVersions } from '../diff-versions.ts';
import { SetupError, UsageError } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { plural } from '../plural.ts';
import type { Session } from '../session.ts';

/** What the part that compares versions found. */
export interface PolicyOutcome {
  readonly skipped?: string;
  readonly looked: string;
  /** In the files of the working tree. */
  readonly problems: readonly Problem[];
}

/** What to compare with, and when. */
export interface PolicyRequest {
  /** A commit: the working tree is compared with the last that it and HEAD have in common. */
  readonly base: string | undefined;
  /** The day, as a number of days since 1970-01-01. */
  readonly today: number;
}

const MILLISECONDS_A_DAY = 86_400_000;

/** The day of an instant in UTC. */
export function dayOfInstant(milliseconds: number): number {
  return Math.floor(milliseconds / MILLISECONDS_A_DAY);
}

/** Holds what a project changed since its merge base against the rules about changes. Values are computed only where a rule asks for them. */
export async function runPolicy(
  host: Host,
  root: string,
  session: Session,
  { base, today }: PolicyRequest,
): Promise<PolicyOutcome> {
  if (base === undefined) return { skipped: 'nothing to compare with: see --base', looked: '', problems: [] };
  // A change that moves a project, or takes its settings away, is held to what it was all the same.
  const options = { project: root, mergeBase: true, isFollowed: true };
  return withHint(base, () =>
    withVersions(host, [base, undefined], options, async ({ version: old }, { version: now }) => {
      const { signal, progress, engine } = session;
      progress.show('Comparing with the merge base');
      const [before, after] = [await openVersion(old, kinds, signal), await openVersion(now, kinds, signal)];
      if (isNothing(before)) return { skipped: 'the project is new', looked: '', problems: [] };
      const known = projectFacts(before, after);
      const affected = affectedMetrics(before, after, known, new Set());
      const asksForValues = before.checked.project.settings.policy.noteAbove !== undefined;
      const compared =
        asksForValues && affected.length > 0
          ? await diffVersions(before, after, {
              kinds,
              engine,
              signal,
              progress: (text) => progress.show(text),
            })
          : undefined;
      const codeOwners = old.repository && (await readCodeOwners(old.repository));
      progress.clear();
      const effects = compared?.metrics;
      const problems = checkPolicy({ before, after, known, affected, effects, codeOwners, today });
      return { looked: `${plural(known.facts.length, 'change')} since ${base}`, problems };
    }),
  );
}

/** What keeps git from finding a commit is most often a clone that has only the last one, as pipelines make it. */
async function withHint<T>(base: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof SetupError)) throw error;
    throw new SetupError(
      `The project cannot be compared with "${base}". ${error.message} A pipeline has to fetch the whole history (GitHub: fetch-depth: 0; GitLab: GIT_DEPTH: 0), and BASE has to name a commit, such as origin/main.`,
    );
  }
}

function isNothing({ loaded: { project } }: OpenVersion): boolean {
  return project.settings.path === undefined && project.files.length === 0;
}
