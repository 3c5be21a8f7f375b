import type { MetricPreview } from '../core/evaluate/metric-preview.ts';
import type { CustomRequest, Location, MetricParams, Unavailable } from './custom-request.ts';

/** What a preview of a metric shows. */
export type Preview = MetricPreview<Location>;

export interface PreviewParams extends MetricParams {
  /**
   * Under this token each section of the preview is sent as soon as it is there, as a `Partial<Preview>`. The response
   * has the whole preview all the same.
   */
  readonly partialResultToken?: string | number;
  /** How many rows that count, and as many that do not; default 20. */
  readonly rows?: number;
}

/** Everything that a preview of a metric shows. Null where the document is in no project, or the request was cancelled. */
export const previewRequest: CustomRequest<PreviewParams, Preview | Unavailable | null> = {
  method: 'plumbline/preview',
};
