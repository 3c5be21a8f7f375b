import { unitOf } from '../../model/metric-unit.ts';
import { page } from '../page.ts';
import { type Rule, replaceFix, spotOf } from '../report.ts';
import { numbersAbout } from '../targets.ts';

/** Percent signs on numbers about something that is no percentage. */
export const misplacedPercent: Rule = {
  id: 'misplaced-percent',
  severity: 'error',
  judgement: true,
  summary: 'A percent sign stands at a number about points, a count or money.',
  documentation: page({
    why: `
      \`50%\` is stored as 0.5. A Net Promoter Score is a number of points from -100 to 100, not a percentage, and a count or a
      sum of money is none either: a goal of \`50%\` would be half a point.`,
    wrong: `
      targets:
        loyalty: { metric: nps, at_least: 50%, due: 2025-Q4 }`,
    right: `
      targets:
        loyalty: { metric: nps, at_least: 50, due: 2025-Q4 }`,
    mend: 'Remove the percent sign.',
  }),
  check({ project, kinds, metrics }, report) {
    const about = numbersAbout(
      project,
      metrics.map(({ metric }) => metric),
    );
    for (const { metric, file, word } of about) {
      const unit = unitOf(project, kinds, metric);
      if (!word.percent || !['points', 'count', 'currency'].includes(unit)) continue;
      const spot = spotOf(file, word.node);
      const bare = word.text.replace(/\s*%$/, '');
      report(
        spot,
        `This metric is in ${unit}, not a percentage: ${word.text} would be ${word.value}. Write ${bare}.`,
        { fixes: replaceFix(spot, `Change to ${bare}`, bare, false) },
      );
    }
  },
};
