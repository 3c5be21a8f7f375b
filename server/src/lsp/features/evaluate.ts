import { type EvaluateParams, evaluateNotification } from '../../protocol/evaluate.ts';
import type { Feature } from '../feature.ts';

/** `plumbline/evaluate`: whether metrics may be evaluated, for clients in which people can grant trust while the server runs. */
export const evaluate: Feature = {
  capabilities: {},
  register({ connection, projects, refresh }) {
    connection.onNotification(evaluateNotification.method, async ({ enabled }: EvaluateParams) => {
      // A client may send anything, and only a plain yes lets queries run.
      await projects.setEvaluates(enabled === true);
      refresh();
    });
  },
};
