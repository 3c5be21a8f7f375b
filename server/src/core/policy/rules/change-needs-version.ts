import { changedDefinitions, placeOfChange, wordsOfChange } from '../changed-definitions.ts';
import { NOTED_EXAMPLE } from '../noted-example.ts';
import type { PolicyRule } from '../policy-rule.ts';

/** Changes of what a definition means that leave its version as it was. */
export const changeNeedsVersion: PolicyRule = {
  id: 'change-needs-version',
  severity: 'error',
  summary: 'A definition changed so that its values may be others, and its version did not.',
  documentation: `Whoever reads a number has to be able to see that it is computed in another way than last month. A change in the text of an active metric
that can change a value (\`where\`, \`value\`, \`window\` and the like), or that breaks readers (its name, \`unit\`, \`better\`, \`grain\`), needs a higher
\`version\`. So does one of a segment or source that carries a \`version\`. What depends on it is not raised with it: \`plumbline diff\` lists it.

Only \`plumbline ci --base\` reports this, as it takes two versions. Labels, descriptions, order, comments and other spellings of the same are
no such change, and drafts (\`status: draft\`) are free.

${NOTED_EXAMPLE}

Raise \`version\`, and say under \`changes\` what is other.`,
  check(context, report) {
    for (const changed of changedDefinitions(context)) {
      const { before, after, facts } = changed;
      if (after.version > before.version) continue;
      const next = before.version + 1;
      report(
        placeOfChange(context, changed),
        `The ${after.definition} "${after.name}" changed: ${wordsOfChange(facts)}. Write "version: ${next}" and an entry of that version under "changes".`,
      );
    }
  },
};
