import type { Lineage } from '../core/check/lineage.ts';
import type { CustomRequest, Location, MetricParams } from './custom-request.ts';

/** What a metric rests on and what rests on it. */
export type LineageResult = Lineage<Location>;

/** The lineage of a metric. Null where the document is in no project, or no metric has that name. */
export const lineageRequest: CustomRequest<MetricParams, LineageResult | null> = {
  method: 'plumbline/lineage',
};
