import { l10n } from 'vscode';
import type { Base } from '../../../../server/src/protocol/index.ts';
import { isLastCommit, shortRef } from './bases.ts';

/** Since when something changed, as it stands beside the title of the view: `since main`. */
export function sinceWords(base: Base): string {
  if (base.mergeBase) return l10n.t('since leaving {0}', shortRef(base.ref));
  return isLastCommit(base) ? l10n.t('since the last commit') : l10n.t('since {0}', shortRef(base.ref));
}
