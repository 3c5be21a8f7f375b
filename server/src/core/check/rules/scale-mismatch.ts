import { numberOf } from '../../model/number-word.ts';
import type { Column, Metric } from '../../model/project.ts';
import { listedAt } from '../../model/words.ts';
import type { MetricUse } from '../metrics.ts';
import { page } from '../page.ts';
import { type Report, type Rule, type RuleContext, spotOf } from '../report.ts';

interface Scale {
  readonly low: number;
  readonly high: number;
}

/** Survey metrics whose scale is not that of the question. */
export const scaleMismatch: Rule = {
  id: 'scale-mismatch',
  severity: 'error',
  judgement: true,
  summary: 'A survey metric is read on another scale than its scores are on.',
  documentation: page({
    why: `
      A Net Promoter Score is asked from 0 to 10. Computed from answers on 1 to 5, everybody is a detractor. Scores off the
      scale are set aside, so that the number would still look like one. Where the column declares its \`min\` and \`max\`, or its
      \`values\`, they must be those of the scale; and the scores that count as satisfied must lie on it.`,
    wrong: `
      sources:
        survey: { data: answers.csv, columns: { score: { type: integer, min: 1, max: 5 } } }
      metrics:
        recommend: { type: nps, source: survey, value: score }`,
    right: `
      metrics:
        satisfaction: { type: csat, source: survey, value: score, scale: [1, 5] }`,
    mend: `
      Choose the type that fits the question, set \`scale\`, or correct the declared column. Where one number stands for "not
      applicable", take it out: \`value: nullif(score, 0)\`.`,
  }),
  check(context, report) {
    for (const use of context.metrics) {
      const scale = use.kind?.scale?.(use.metric.spec);
      if (scale === undefined) continue;
      if (checkScale(use.metric, scale, report)) checkColumn(context, use, scale, report);
    }
  },
};

/** Whether the scale is one, so that columns can be compared with it. */
function checkScale(metric: Metric, scale: Scale, report: Report): boolean {
  const at = metric.node?.get('scale')?.value;
  if (scale.low >= scale.high) {
    if (at !== undefined)
      report(spotOf(metric.file, at), 'A scale goes from its lowest score to its highest: write [1, 5].');
    return false;
  }
  for (const word of listedAt(metric.node, 'satisfied', numberOf)?.items ?? []) {
    if (isOn(word.value, scale)) continue;
    report(
      spotOf(metric.file, word.node),
      `${word.text} is no score of the scale from ${scale.low} to ${scale.high}.`,
    );
  }
  const agree = metric.node?.get('report')?.value;
  const points = scale.high - scale.low + 1;
  if (agree?.kind === 'scalar' && agree.text === 'agree' && points !== 7) {
    report(
      spotOf(metric.file, agree),
      `"report: agree" is the top three of seven points, and this scale has ${points}.`,
    );
  }
  return true;
}

function isOn(score: number, { low, high }: Scale): boolean {
  return Number.isInteger(score) && score >= low && score <= high;
}

/** Compares what is declared of the column that `value` names. An expression may have changed the scale, and is let pass. */
function checkColumn(context: RuleContext, use: MetricUse, scale: Scale, report: Report): void {
  for (const { word, source } of context.expressionsOf(use.metric)) {
    if (word.role !== 'value') continue;
    const scalar = context.checked.resolve(word, source, use.metric);
    if (scalar?.kind !== 'name' || scalar.ref.at !== 'row') continue;
    const { links, column: name } = scalar.ref;
    const home = context.links.follow(source, links);
    const column = context.columns.get(home ?? '')?.columns.get(name)?.declared;
    const wrong = column === undefined ? undefined : mismatch(column, scale, use.metric.where.length > 0);
    if (column === undefined || wrong === undefined) continue;
    const at = context.project.sources.get(home ?? '');
    report(
      spotOf(use.outer.file, word.node),
      `A metric of type ${use.kind?.type} here reads scores from ${scale.low} to ${scale.high}, and the column "${name}" ${wrong}.`,
      {
        related: [
          {
            file: at?.file ?? use.outer.file,
            span: column.nameNode.span,
            message: 'The column is declared here.',
          },
        ],
      },
    );
  }
}

/**
 * How a declared column differs from a scale. One that is narrower cannot hold the scale's scores. One that is wider may hold the
 * answers to several questions, of which a `where` chooses those on this scale.
 */
function mismatch({ min, max, values }: Column, { low, high }: Scale, chosen: boolean): string | undefined {
  const narrower = (min !== undefined && min.value > low) || (max !== undefined && max.value < high);
  const wider = (min !== undefined && min.value < low) || (max !== undefined && max.value > high);
  if (narrower || (wider && !chosen)) {
    if (min !== undefined && max !== undefined) return `holds scores from ${min.text} to ${max.text}`;
    return min === undefined ? `holds scores up to ${max?.text}` : `holds scores from ${min.text} on`;
  }
  const strange = chosen ? undefined : values.find(({ text }) => !isOn(Number(text), { low, high }));
  return strange === undefined ? undefined : `may hold ${strange.text}`;
}
