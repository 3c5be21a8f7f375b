import type { CancellationToken } from 'vscode-languageserver';
import { throwIfCancelled } from '../../core/base/cancel.ts';
import { kinds } from '../../core/kinds/index.ts';
import { definitionOf, makePreview } from '../../core/preview/make-preview.ts';
import type { PreviewWork } from '../../core/preview/preview-work.ts';
import type { Location, Unavailable } from '../../protocol/custom-request.ts';
import { type Preview, type PreviewParams, previewRequest, type Subject } from '../../protocol/preview.ts';
import { comparer } from '../compared.ts';
import { type Work, withProgress } from '../evaluated.ts';
import type { Feature, ServerContext } from '../feature.ts';
import { onCustomRequest } from '../on-custom-request.ts';
import type { Snapshot } from '../snapshot.ts';

/** `plumbline/preview`: everything that a preview shows, section by section where the client asks for that. */
export const preview: Feature = {
  capabilities: {},
  register(context) {
    onCustomRequest(context, previewRequest, (snapshot, params, token) =>
      withProgress(context, params, `Previewing ${titleOf(params.subject)}`, token, (work) =>
        previewIn(context, snapshot, params, token, work),
      ),
    );
  },
};

async function previewIn(
  context: ServerContext,
  snapshot: Snapshot,
  params: PreviewParams,
  token: CancellationToken,
  work: Work,
): Promise<Preview | Unavailable> {
  const { subject } = params;
  const previewWork = workFor(context, snapshot, params, token, work);
  const made = await makePreview(previewWork, subject, params);
  throwIfCancelled(work.signal);
  return made ?? { unavailable: `There is no ${titleOf(subject)}.` };
}

/** What belongs to one definition is made from what is around it, and not from the whole project. */
function workFor(
  context: ServerContext,
  snapshot: Snapshot,
  { subject, partialResultToken }: PreviewParams,
  token: CancellationToken,
  work: Work,
): PreviewWork<Location> {
  const definition = definitionOf(snapshot.context.checked.project, subject);
  const compare = comparer(context, snapshot, work);
  const files = definition === undefined || subject.kind === 'journey' ? undefined : [definition.file];
  return {
    ...work,
    ...(compare && { compare }),
    context: files === undefined ? snapshot.context : snapshot.aroundFiles(files),
    kinds,
    at: snapshot.location,
    evaluator: () => snapshot.evaluator(token, files),
    compute: (needs, progress) => snapshot.compute(needs, token, progress),
    show(shown) {
      if (partialResultToken === undefined || work.signal.aborted) return;
      void context.connection.sendNotification('$/progress', { token: partialResultToken, value: shown });
    },
  };
}

/** `metric "nps"`, `scorecard`. */
function titleOf(subject: Subject): string {
  return 'name' in subject ? `${subject.kind} "${subject.name}"` : subject.kind;
}
