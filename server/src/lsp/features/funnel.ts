import { metricFunnel } from '../../core/evaluate/funnel.ts';
import { funnelDocument } from '../../core/preview/metric-documents.ts';
import { funnelRequest } from '../../protocol/funnel.ts';
import { evaluated } from '../evaluated.ts';
import type { Feature } from '../feature.ts';
import { onCustomRequest } from '../on-custom-request.ts';

/** `plumbline/funnel`: how many rows each step from the source to the value leaves. */
export const funnel: Feature = {
  capabilities: {},
  register(context) {
    onCustomRequest(context, funnelRequest, (snapshot, params, token) =>
      evaluated(context, snapshot, params, token, async (evaluator, metric, work) => {
        const counts = await metricFunnel(evaluator, metric, work);
        return funnelDocument(evaluator.checked, metric, counts, snapshot.location);
      }),
    );
  },
};
