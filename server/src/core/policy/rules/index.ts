import type { PolicyRule } from '../policy-rule.ts';
import { changeNeedsNote } from './change-needs-note.ts';
import { changeNeedsVersion } from './change-needs-version.ts';
import { moveNeedsNote } from './move-needs-note.ts';
import { ownersToAsk } from './owners-to-ask.ts';
import { removedEarly } from './removed-early.ts';
import { targetMoved } from './target-moved.ts';

/** Every rule about changes. A new one is a file of this folder and a line here. */
export const policyRules: readonly PolicyRule[] = [
  changeNeedsVersion,
  changeNeedsNote,
  moveNeedsNote,
  removedEarly,
  targetMoved,
  ownersToAsk,
];
