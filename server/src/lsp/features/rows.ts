import { NOT_EVALUATED } from '../../core/preview/preview-work.ts';
import { rowsPage } from '../../core/preview/rows-page.ts';
import { rowsRequest } from '../../protocol/rows.ts';
import { unavailableBy, withProgress } from '../evaluated.ts';
import type { Feature } from '../feature.ts';
import { onCustomRequest } from '../on-custom-request.ts';

/** `plumbline/rows`: a page of the rows of a source. */
export const rows: Feature = {
  capabilities: {},
  register(context) {
    onCustomRequest(context, rowsRequest, (snapshot, params, token) =>
      withProgress(context, {}, `Reading ${params.source}`, token, async (work) => {
        const unknown = { unavailable: `There is no source "${params.source}".` };
        const source = snapshot.context.checked.project.sources.get(params.source);
        if (source === undefined) return unknown;
        try {
          const evaluator = await snapshot.evaluator(token, [source.file]);
          if (evaluator === undefined) return { unavailable: NOT_EVALUATED };
          const now = evaluator.checked.project.sources.get(params.source);
          if (now === undefined) return unknown;
          const { offset, limit } = params;
          return await rowsPage(evaluator, now, {
            signal: work.signal,
            ...(offset === undefined ? {} : { offset }),
            ...(limit === undefined ? {} : { limit }),
          });
        } catch (error) {
          return unavailableBy(error, work);
        }
      }),
    );
  },
};
