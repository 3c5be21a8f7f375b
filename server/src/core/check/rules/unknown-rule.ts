import { suggest } from '../../base/suggest.ts';
import { mapAt } from '../../model/words.ts';
import { hint } from '../names.ts';
import { page } from '../page.ts';
import { type Rule, replaceFix, spotOf } from '../report.ts';

/** Ids of rules, in settings and comments, that no rule has. */
export const unknownRule: Rule = {
  id: 'unknown-rule',
  severity: 'error',
  summary: 'A setting or a comment names a rule that does not exist.',
  documentation: page({
    why: `
      \`rules:\` in \`plumbline.yaml\` sets how much a rule matters, and \`# plumbline-ignore\` silences one for a definition. A
      misspelt id would do nothing, and nobody would notice.`,
    wrong: `
      # plumbline.yaml
      rules: { metric-needs-an-owner: error }`,
    right: `
      # plumbline.yaml
      rules: { metric-needs-owner: error }`,
    mend: 'Take the id from the problem itself, or from the list of rules.',
  }),
  check(context, report) {
    const { settings } = context.project;
    const known = [...context.knownIds];
    const near = (id: string): string | undefined => suggest(id, known)[0];
    if (settings.path !== undefined && settings.root !== undefined) {
      for (const { key } of mapAt(settings.root, 'rules')?.entries ?? []) {
        if (context.knownIds.has(key.text)) continue;
        const spot = spotOf(settings.path, key);
        const id = near(key.text);
        const fixes = id === undefined ? [] : replaceFix(spot, `Change to "${id}"`, id, false);
        report(spot, `There is no rule "${key.text}".${id === undefined ? '' : hint(key.text, known)}`, {
          fixes,
        });
      }
    }
    for (const { file, id, idSpan } of context.ignores) {
      if (id === '' || context.knownIds.has(id)) continue;
      const spot = { file, span: idSpan };
      const other = near(id);
      const fixes = other === undefined ? [] : replaceFix(spot, `Change to "${other}"`, other, false);
      report(spot, `There is no rule "${id}".${other === undefined ? '' : hint(id, known)}`, { fixes });
    }
  },
};
