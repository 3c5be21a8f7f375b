import type { FunnelDocument } from '../core/preview/metric-documents.ts';
import type { CustomRequest, Location, MetricParams, Unavailable } from './custom-request.ts';

/** How many rows each step from the source to the value leaves. */
export type FunnelResult = FunnelDocument<Location>;

/** The funnel of a metric. Null where the document is in no project, or the request was cancelled. */
export const funnelRequest: CustomRequest<MetricParams, FunnelResult | Unavailable | null> = {
  method: 'plumbline/funnel',
};
