import type { CustomNotification } from './custom-request.ts';

export interface EvaluateParams {
  /** Whether metrics may be evaluated from now on. */
  readonly enabled: boolean;
}

/**
 * Sent by a client when a workspace has become trusted, or is no longer. Before it, the `evaluate` of the initialization
 * options counts.
 */
export const evaluateNotification: CustomNotification<EvaluateParams> = { method: 'plumbline/evaluate' };
