import type { ProjectSummary, ServerState } from '../../../../server/src/protocol/index.ts';
import type { Phase } from '../../language-server.ts';

/** What the status item says. Counts are of all projects of the window. */
export type Status =
  /** There is nothing on disk: files are coloured, and no more. */
  | { readonly kind: 'virtual' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'untrusted'; readonly problems: number }
  | { readonly kind: 'engine-off'; readonly reason: string | null; readonly problems: number }
  | { readonly kind: 'problems'; readonly errors: number; readonly warnings: number; readonly busy: boolean }
  | { readonly kind: 'ready'; readonly busy: boolean };

/**
 * The one thing to say of the server and its projects: what keeps them from being checked comes first, then what keeps them from being
 * evaluated, then their problems.
 *
 * @param state what the server last said of itself; undefined where it has not yet
 */
export function statusOf(phase: Phase, state: ServerState | undefined): Status {
  if (phase === 'absent') return { kind: 'virtual' };
  if (phase === 'stopped') return { kind: 'stopped' };
  if (phase === 'starting' || state === undefined) return { kind: 'loading' };
  const { projects, engine, reason } = state;
  const errors = sum(projects, (project) => project.errors);
  const warnings = sum(projects, (project) => project.warnings);
  const problems = errors + warnings;
  if (engine === 'untrusted') return { kind: 'untrusted', problems };
  if (engine === 'off') return { kind: 'engine-off', reason, problems };
  const busy = projects.some((project) => project.busy);
  return problems > 0 ? { kind: 'problems', errors, warnings, busy } : { kind: 'ready', busy };
}

function sum(projects: readonly ProjectSummary[], of: (project: ProjectSummary) => number): number {
  return projects.reduce((total, project) => total + of(project), 0);
}
