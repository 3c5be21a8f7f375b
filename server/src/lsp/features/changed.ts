import { type ChangedParams, changedNotification } from '../../protocol/preview.ts';
import type { Feature } from '../feature.ts';
import type { ProjectSession } from '../session/project-session.ts';
import { uriOfPath } from '../uris.ts';

/** Between two messages about one project at least so much time passes. */
const APART_MS = 250;

/** `plumbline/changed`: tells that something of a project may be other than before, at once and then at most four times a second. */
export const changed: Feature = {
  capabilities: {},
  register({ connection, onChanged }) {
    const waiting = new Map<ProjectSession, Set<ChangedParams['what']>>();
    const send = async (session: ProjectSession): Promise<void> => {
      const [what] = waiting.get(session) ?? [];
      if (what === undefined) {
        waiting.delete(session);
        return;
      }
      waiting.get(session)?.delete(what);
      const params: ChangedParams = { project: uriOfPath(session.root), what };
      await connection.sendNotification(changedNotification.method, params);
      // A timer of a server that is about to end keeps it from ending.
      setTimeout(() => tell(session), APART_MS).unref();
    };
    // A client that has gone away has nothing to be told any more.
    const tell = (session: ProjectSession): void => void send(session).catch(() => waiting.delete(session));
    onChanged((session, what) => {
      const known = waiting.get(session);
      known?.add(what);
      if (known !== undefined) return;
      waiting.set(session, new Set([what]));
      tell(session);
    });
  },
};
