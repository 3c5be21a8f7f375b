import type { Problem } from '../../core/base/problem.ts';
import { nameOf } from '../../core/workspace/paths.ts';
import { type ProjectSummary, projectsRequest, type ServerState } from '../../protocol/projects.ts';
import { answerEach } from '../answer.ts';
import type { Feature, ServerContext } from '../feature.ts';
import type { Snapshot } from '../snapshot.ts';
import { uriOfPath } from '../uris.ts';

/** `plumbline/projects`: the projects of the opened folders and how they are doing, for a status line. */
export const projects: Feature = {
  capabilities: {},
  register(context) {
    context.connection.onRequest(projectsRequest.method, async (_, token): Promise<ServerState> => {
      const summaries = await answerEach(context, token, (snapshot) => summaryOf(context, snapshot));
      return {
        projects: summaries,
        ...engineState(context),
        versions: context.versions,
      };
    });
  },
};

function engineState({ projects }: ServerContext): Pick<ServerState, 'engine' | 'reason'> {
  if (!projects.evaluates) return { engine: 'untrusted', reason: null };
  const reason = projects.engineFailure;
  return reason === undefined ? { engine: 'ready', reason: null } : { engine: 'off', reason };
}

function summaryOf({ projects }: ServerContext, { session, analysis }: Snapshot): ProjectSummary {
  const problems = session.problemsInFiles(analysis);
  const count = (severity: Problem['severity']): number =>
    problems.filter((problem) => problem.severity === severity).length;
  return {
    name: analysis.loaded.project.settings.name ?? nameOf(session.root),
    folder: uriOfPath(session.root),
    uri: projects.uriOfSettings(session),
    errors: count('error'),
    warnings: count('warning'),
    busy: session.evaluation?.idle === false,
  };
}
