import { subjectAt as subjectIn } from '../../core/preview/subject-at.ts';
import { under } from '../../core/workspace/paths.ts';
import { SETTINGS_FILE } from '../../core/workspace/walk.ts';
import { subjectAtRequest } from '../../protocol/preview.ts';
import type { Feature } from '../feature.ts';
import { onCustomRequest } from '../on-custom-request.ts';
import { pathOfUri } from '../uris.ts';

/** `plumbline/subjectAt`: what a preview shows that follows the cursor. */
export const subjectAt: Feature = {
  capabilities: {},
  register(context) {
    onCustomRequest(context, subjectAtRequest, (snapshot, { textDocument: { uri }, position }) => {
      const at = snapshot.at(uri, position);
      if (at !== undefined) return subjectIn(at.context.checked.project, at.file, at.offset);
      const isSettings = pathOfUri(uri) === under(snapshot.session.root, SETTINGS_FILE);
      return isSettings ? { kind: 'scorecard' as const } : undefined;
    });
  },
};
