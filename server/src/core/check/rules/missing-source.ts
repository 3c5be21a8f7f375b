import { ownSourceWord, readsRows } from '../metrics.ts';
import { page } from '../page.ts';
import { type Rule, spotOf } from '../report.ts';

/** Metrics that count rows of nothing. */
export const missingSource: Rule = {
  id: 'missing-source',
  severity: 'error',
  summary: 'A metric counts rows and names no source.',
  documentation: page({
    why: `
      Every metric that is computed from rows needs a source: its own, that of the metric it stands in, or the one that
      \`defaults:\` gives to all metrics of the file.`,
    wrong: `
      metrics:
        orders: { type: count }`,
    right: `
      metrics:
        orders: { type: count, source: orders }`,
    mend: 'Add `source`, or `defaults: { source: … }` at the top of the file.',
  }),
  check({ metrics }, report) {
    for (const { metric, kind, outer } of metrics) {
      if (kind === undefined || !readsRows(metric, kind) || ownSourceWord(metric, kind) !== undefined)
        continue;
      // A source that is there but says nothing is the schema's to report.
      if (metric.node?.get('source') !== undefined) continue;
      const spot = spotOf(outer.file, metric.typeNode ?? metric.nameNode);
      report(spot, `This metric is computed from rows and needs a "source".`);
    }
  },
};
