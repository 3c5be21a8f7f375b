import { ProgressType } from 'vscode-languageserver';
import { metricPreview } from '../../core/evaluate/metric-preview.ts';
import { type Preview, previewRequest } from '../../protocol/preview.ts';
import { evaluated } from '../evaluated.ts';
import type { Feature } from '../feature.ts';
import { onCustomRequest } from '../on-custom-request.ts';

/** `plumbline/preview`: everything that a preview of a metric shows, section by section where the client asks for that. */
export const preview: Feature = {
  capabilities: {},
  register(context) {
    const sections = new ProgressType<Partial<Preview>>();
    onCustomRequest(context, previewRequest, (snapshot, params, token) =>
      evaluated(context, snapshot, params, token, (evaluator, metric, work) => {
        const { partialResultToken: partial, rows } = params;
        return metricPreview(evaluator, metric, {
          ...work,
          ...(rows === undefined ? {} : { rows }),
          at: snapshot.location,
          section(section) {
            if (partial !== undefined) void context.connection.sendProgress(sections, partial, section);
          },
        });
      }),
    );
  },
};
