import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';

/** Targets that do not say what they are for. */
export const targetNeedsWhy: Rule = {
  id: 'target-needs-why',
  severity: 'info',
  summary: 'A target does not say why it was set.',
  documentation: page({
    why: `
      A goal without a reason is met by whatever moves the number. \`why\` says in a sentence what depends on it, and helps the
      people who decide whether to change it.`,
    wrong: `
      targets:
        nps_2025: { metric: nps, at_least: 50, due: 2025-Q4, owner: cx }`,
    right: `
      targets:
        nps_2025: { metric: nps, at_least: 50, due: 2025-Q4, owner: cx, why: Renewals follow it. }`,
    mend: 'Add `why`, or turn the rule off in `plumbline.yaml`: `rules: { target-needs-why: off }`.',
  }),
  check({ project }, report) {
    for (const file of project.files) {
      for (const definition of file.definitions) {
        if (definition.definition !== 'target' || definition.why !== undefined) continue;
        report(
          spotOf(file.path, definition.nameNode),
          `The target "${definition.name}" does not say "why" it was set.`,
        );
      }
    }
  },
};
