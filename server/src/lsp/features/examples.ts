import { metricExamples } from '../../core/ide/metric-examples.ts';
import { examplesRequest } from '../../protocol/examples.ts';
import type { Feature } from '../feature.ts';
import { onCustomRequest } from '../on-custom-request.ts';

/** `plumbline/examples`: the examples of a project, for a test view. */
export const examples: Feature = {
  capabilities: {},
  register(context) {
    onCustomRequest(context, examplesRequest, (snapshot) =>
      metricExamples(snapshot.context, snapshot.location),
    );
  },
};
