import { previewRequest } from '../../protocol/preview.ts';
import type { Feature } from '../feature.ts';
import { onCustomRequest } from '../on-custom-request.ts';

/** `plumbline/preview`: everything that a preview shows, section by section where the client asks for that. */
export const preview: Feature = {
  capabilities: {},
  register(context) {
    onCustomRequest(context, previewRequest, () => ({ unavailable: 'There are no previews yet.' }));
  },
};
