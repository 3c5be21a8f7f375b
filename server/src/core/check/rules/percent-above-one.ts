import type { Fix } from '../../base/problem.ts';
import { unitOf } from '../../model/metric-unit.ts';
import type { NumberWord } from '../../model/project.ts';
import { page } from '../page.ts';
import { type Report, type Rule, replaceFix, type Spot, spotOf } from '../report.ts';
import { numbersAbout } from '../targets.ts';

/** Numbers about a percentage that were meant as percent and written without the sign. */
export const percentAboveOne: Rule = {
  id: 'percent-above-one',
  severity: 'error',
  judgement: true,
  summary: 'A goal, benchmark or expected value of a percent metric is above 1 and has no percent sign.',
  documentation: page({
    why: `
      Shares are stored as fractions and shown as percentages: 0.42 is 42 %. A bare \`42\` would mean 4,200 %, which nobody
      means, and a target of it could never be met.`,
    wrong: `
      targets:
        keep_customers: { metric: customer_retention, at_least: 92, due: 2025-Q4 }`,
    right: `
      targets:
        keep_customers: { metric: customer_retention, at_least: 92%, due: 2025-Q4 }`,
    mend: 'Write `92%` or `0.92`. Net retention of more than everything is written `105%`.',
  }),
  check({ project, kinds, metrics }, report) {
    const about = numbersAbout(
      project,
      metrics.map(({ metric }) => metric),
    );
    for (const { metric, file, word } of about) {
      if (unitOf(project, kinds, metric) === 'percent') checkNumber(word, file, report);
    }
  },
};

function checkNumber(word: NumberWord, file: string, report: Report): void {
  if (word.percent || Math.abs(word.value) <= 1) return;
  const spot = spotOf(file, word.node);
  report(
    spot,
    `This metric is a percentage: write "${word.text}%", or ${word.value / 100} as a fraction. A bare ${word.text} would be ${word.value * 100} %.`,
    {
      fixes: percentFixes(spot, word),
    },
  );
}

/** Between 1 and 2 the number may be a fraction above one (net retention), so that both readings are offered and neither is sure. */
function percentFixes(spot: Spot, word: NumberWord): Fix[] {
  const quote = word.node.style === 'single' ? "'" : word.node.style === 'double' ? '"' : '';
  const fix = (text: string, sure: boolean): Fix[] =>
    replaceFix(spot, `Change to ${text}%`, `${quote}${text}%${quote}`, sure);
  if (Math.abs(word.value) >= 2) return fix(word.text, true);
  return [...fix(String(Number((word.value * 100).toPrecision(12))), false), ...fix(word.text, false)];
}
