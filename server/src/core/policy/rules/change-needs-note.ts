import { valueAt } from '../../model/words.ts';
import { placeIn } from '../../workspace.ts';
import { changedDefinitions, placeOfName } from '../changed-definitions.ts';
import { NOTED_EXAMPLE } from '../noted-example.ts';
import type { PolicyRule } from '../policy-rule.ts';

/** Versions that were raised for a change that `changes` does not tell. */
export const changeNeedsNote: PolicyRule = {
  id: 'change-needs-note',
  severity: 'error',
  summary: 'A version was raised, and "changes" does not say what for.',
  documentation: `A higher \`version\` tells readers that a number is computed in another way; the entry in \`changes\` tells them in which. Without it they have to
compare the definitions themselves, or ask.

Only \`plumbline ci --base\` reports this, as it takes two versions.

${NOTED_EXAMPLE}

Add an entry with the new version, its date and a note.`,
  check(context, report) {
    for (const { before, after } of changedDefinitions(context)) {
      if (after.version <= before.version) continue;
      if (after.changes.some(({ version, note }) => version === after.version && note.trim() !== ''))
        continue;
      const written = valueAt(after.node, 'version');
      const place =
        written === undefined
          ? placeOfName(context, after)
          : placeIn(context.after.loaded.texts, { file: after.file, span: written.span });
      report(
        place,
        `Nothing under "changes" says what version ${after.version} of "${after.name}" changes. Add { version: ${after.version}, date: …, note: … }.`,
      );
    }
  },
};
