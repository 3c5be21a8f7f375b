import { lineageOf, placeLineage } from '../../core/check/lineage.ts';
import { lineageRequest } from '../../protocol/lineage.ts';
import type { Feature } from '../feature.ts';
import { onCustomRequest } from '../on-custom-request.ts';

/** `plumbline/lineage`: what a metric rests on and what rests on it. */
export const lineage: Feature = {
  capabilities: {},
  register(context) {
    onCustomRequest(context, lineageRequest, ({ context: { checked }, location }, params) => {
      const metric = checked.project.metrics.get(params.metric);
      return metric === undefined ? undefined : placeLineage(lineageOf(checked, metric), location);
    });
  },
};
