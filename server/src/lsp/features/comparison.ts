import type { CancellationToken } from 'vscode-languageserver';
import { VersionProblem } from '../../core/diff-versions/version-store.ts';
import { comparisonPreview } from '../../core/preview/comparison-preview.ts';
import { NOT_EVALUATED } from '../../core/preview/preview-work.ts';
import {
  comparisonRequest,
  refsRequest,
  type VersionTextParams,
  versionTextRequest,
} from '../../protocol/comparison.ts';
import { answer } from '../answer.ts';
import { comparer } from '../compared.ts';
import { withProgress } from '../evaluated.ts';
import type { Feature } from '../feature.ts';
import { onCustomRequest } from '../on-custom-request.ts';
import { versionOfUri } from '../version-uris.ts';

/** `plumbline/comparison`, `plumbline/refs` and `plumbline/versionText`: a project beside another version of it. */
export const comparison: Feature = {
  capabilities: {},
  register(context) {
    onCustomRequest(context, comparisonRequest, (snapshot, params, token) =>
      withProgress(context, params, 'Comparing with another version', token, (work) => {
        const compare = comparer(context, snapshot, work);
        return comparisonPreview(
          { signal: work.signal, ...(compare && { compare }) },
          { kind: 'comparison', base: params.base },
        );
      }),
    );
    onCustomRequest(context, refsRequest, async ({ session }) => {
      if (session.comparisons === undefined) return { unavailable: NOT_EVALUATED };
      try {
        return await session.comparisons.refs();
      } catch (error) {
        if (error instanceof VersionProblem) return { unavailable: error.message };
        throw error;
      }
    });
    context.connection.onRequest<string | null, unknown>(
      versionTextRequest.method,
      ({ uri }: VersionTextParams, token: CancellationToken) => {
        const file = versionOfUri(uri);
        if (file === undefined) return null;
        return answer(context, file.project, token, ({ session }) =>
          session.comparisons?.text(file.commit, file.path),
        );
      },
    );
  },
};
