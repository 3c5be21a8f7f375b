import type { Fix } from '../../base/problem.ts';
import type { Metric, SegmentUse, Word } from '../../model/project.ts';
import type { MetricUse } from '../metrics.ts';
import { page } from '../page.ts';
import { type Reach, reachesOf } from '../reach.ts';
import {
  type Report,
  type Rule,
  type RuleContext,
  replaceFix,
  type Spot,
  spotIn,
  spotOf,
} from '../report.ts';
import { targetsOf } from '../targets.ts';

/** Segments and facts that can be reached by several chains of links. */
export const ambiguousPath: Rule = {
  id: 'ambiguous-path',
  severity: 'error',
  summary: 'Several chains of links lead from a metric to a segment, and none is chosen.',
  documentation: page({
    why: `
      Where a ticket leads to an account both by who opened it and by who pays for it, "by industry" has two meanings, with
      two results. Nothing is guessed: the definition says which way is meant.`,
    wrong: `
      sources:
        tickets:
          data: tickets.csv
          links:
            opener: { to: accounts, using: opener_id }
            payer: { to: accounts, using: payer_id }
      metrics:
        support_load: { type: count, source: tickets, segments: [industry] }`,
    right: `
      metrics:
        support_load:
          type: count
          source: tickets
          segments: [{ segment: industry, via: payer }]`,
    mend: `
      Choose one of the chains that the message lists with \`via\`, under the \`segments\` of the metric: its targets, its examples and its
      \`total_over\` use that choice. A column with \`of\` has no \`via\`: declare a second source on the same data with only one of the
      links, and write that one under \`of\`.`,
  }),
  check(context, report) {
    for (const use of context.metrics) checkMetric(context, report, use);
    const uses = new Map(context.metrics.map((use) => [use.metric, use]));
    for (const { target, metric } of targetsOf(context.project)) {
      const use = uses.get(metric);
      if (use === undefined || target.segment === undefined) continue;
      const { segment, node } = target.segment;
      const spot = spotIn(target.file, node, { start: 0, end: segment.length });
      checkReach(context, report, use, segment, spot, () => []);
    }
    checkFacts(context, report);
  },
};

function checkMetric(context: RuleContext, report: Report, use: MetricUse): void {
  const { file, segments, examples, totalOver } = use.metric;
  for (const segment of segments) {
    const spot = spotOf(file, segment.segment.node);
    checkReach(context, report, use, segment.segment.text, spot, (reach) => viaFix(spot, segment, reach));
  }
  const listed = new Set(segments.map(({ segment }) => segment.text));
  for (const word of totalOver?.items ?? []) {
    // One that is listed in both is said of there, with the choice that mends both.
    if (listed.has(word.text)) continue;
    const spot = spotOf(file, word.node);
    checkReach(context, report, use, word.text, spot, (reach) =>
      segmentsFix(context, use.metric, word, reach),
    );
  }
  for (const { segment } of examples) {
    if (segment === undefined || listed.has(segment.segment)) continue;
    const spot = spotIn(file, segment.node, { start: 0, end: segment.segment.length });
    checkReach(context, report, use, segment.segment, spot, () => []);
  }
}

function checkReach(
  context: RuleContext,
  report: Report,
  use: MetricUse,
  name: string,
  spot: Spot,
  fix: (reach: Reach) => Fix[],
): void {
  const segment = context.project.segments.get(name);
  if (segment === undefined) return;
  const via = chosenPath(use.metric, name);
  for (const source of new Set(use.sides.map((side) => side.source))) {
    const all = reachesOf(context.links, source, segment);
    const left = via === undefined ? all : reachesOf(context.links, source, segment, via);
    if (all.length < 2 || left.length === 1) continue;
    // A choice that leads nowhere is reported at `via`.
    if (via !== undefined && left.length === 0) continue;
    const chains = all.map(({ links }) => `"${links.join('.')}"`);
    report(
      spot,
      `Several links lead from "${source}" to the segment "${name}": ${chains.join(', ')}. ${choiceWords(use.metric, name, all[0])}`,
      { fixes: all.slice(0, 5).flatMap(fix) },
    );
    return;
  }
}

/** How to choose: where the segment is listed under `segments` of the metric, and else by listing it there. */
function choiceWords({ name: metric, segments }: Metric, name: string, reach: Reach | undefined): string {
  const choice = `{ segment: ${name}, via: ${reach?.links.join('.')} }`;
  return segments.some(({ segment }) => segment.text === name)
    ? `Choose one under "segments" of "${metric}": ${choice}.`
    : `Choose one by listing the segment under "segments" of "${metric}": segments: [${choice}].`;
}

/** The chain that a metric has chosen for a segment. */
function chosenPath(metric: Metric, segment: string): string | undefined {
  return metric.segments.find((use) => use.segment.text === segment && use.via !== undefined)?.via?.text;
}

function viaFix(spot: Spot, { segment, via }: SegmentUse, { links }: Reach): Fix[] {
  if (via !== undefined) return [];
  const path = links.join('.');
  return replaceFix(spot, `Reach it via "${path}"`, `{ segment: ${segment.text}, via: ${path} }`, false);
}

/** Writes the choice under `segments`, as `total_over` holds names only: a new entry of the list, or a new list. */
function segmentsFix({ project }: RuleContext, metric: Metric, word: Word, { links }: Reach): Fix[] {
  const path = links.join('.');
  const title = `Reach it via "${path}"`;
  const text = project.files.find(({ path: file }) => file === metric.file)?.text;
  const { node } = metric;
  const key = node?.get('total_over')?.key;
  if (node === undefined || text === undefined || key === undefined) return [];
  if (node.origin !== undefined || word.node.origin !== undefined) return [];
  const choice = `{ segment: ${word.text}, via: ${path} }`;
  const insert = (at: number, before: string): Fix[] => [
    { title, sure: false, edits: [{ file: metric.file, span: { start: at, end: at }, text: before }] },
  ];
  const written = node.get('segments')?.value;
  if (written?.kind === 'seq') {
    const [first] = written.items;
    if (first === undefined || written.origin !== undefined) return [];
    if (written.flow) return insert(first.span.start, `${choice}, `);
    const { start } = first.span;
    return insert(start, `${choice}\n${' '.repeat(columnOf(text, start) - 2)}- `);
  }
  if (written !== undefined) return [];
  const { start } = key.span;
  const entry = `segments: [${choice}]`;
  return insert(start, node.flow ? `${entry}, ` : `${entry}\n${' '.repeat(columnOf(text, start))}`);
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** Facts have no `via`: exactly one chain must lead from the rows that are aggregated to the row that they belong to. */
function checkFacts({ project, links }: RuleContext, report: Report): void {
  for (const source of project.sources.values()) {
    for (const { of, name } of source.columns.values()) {
      if (of === undefined) continue;
      const chains = links.paths(of.text, source.name);
      if (chains.length < 2) continue;
      const shown = chains.map((chain) => `"${chain.join('.')}"`).join(', ');
      report(
        spotOf(source.file, of.node),
        `Several links lead from "${of.text}" to "${source.name}": ${shown}. The column "${name}" cannot tell which is meant: make it of a source that has the data of "${of.text}" and only one of these links.`,
      );
    }
  }
}
