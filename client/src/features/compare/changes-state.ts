import { projectsRequest, refsRequest } from '../../../../server/src/protocol/index.ts';
import type { LanguageServer, Phase } from '../../language-server.ts';

/**
 * What the view shows where it has no rows, by which `package.json` chooses its words: `on` while something is compared, `off` where
 * something could be.
 */
export type ChangesState =
  | 'on'
  | 'off'
  | 'loading'
  | 'absent'
  | 'stopped'
  | 'untrusted'
  | 'noProject'
  | 'noRepository';

/** What the state rests on beside the server's answers. */
interface Known {
  readonly isTrusted: boolean;
  readonly isOn: boolean;
}

/** Whether something can be compared in this window, and what keeps it from being. Rejects where the server dies meanwhile. */
export async function changesState(
  server: LanguageServer,
  { isTrusted, isOn }: Known,
  near: string | undefined,
): Promise<ChangesState> {
  const waiting = stateOf(server.phase);
  if (waiting !== undefined) return waiting;
  if (!isTrusted) return 'untrusted';
  if (isOn) return 'on';
  const { projects } = await server.request(projectsRequest, null);
  const uri = near ?? projects[0]?.uri;
  if (projects.length === 0 || uri === undefined) return 'noProject';
  const refs = await server.request(refsRequest, { textDocument: { uri } });
  return refs === null || 'unavailable' in refs ? 'noRepository' : 'off';
}

/** The state while the server does not run. */
function stateOf(phase: Phase): ChangesState | undefined {
  return phase === 'running' ? undefined : phase === 'starting' ? 'loading' : phase;
}
