import type { Segment, SegmentUse } from '../../model/project.ts';
import type { MetricUse, Side } from '../metrics.ts';
import { page } from '../page.ts';
import { homesOf, reachesOf } from '../reach.ts';
import { type Report, type Rule, type RuleContext, type Spot, spotIn, spotOf } from '../report.ts';
import { targetsOf } from '../targets.ts';

/** Breakdowns by segments that the rows of a metric do not lead to. */
export const unreachableSegment: Rule = {
  id: 'unreachable-segment',
  severity: 'error',
  summary: 'A metric is broken down by a segment that its source does not reach.',
  documentation: page({
    why: `
      A segment applies to a metric whose source is the segment's own, or leads to it by links. Every side of a ratio must
      reach it, or the parts of the fraction would not be about the same group. Without a way there is no telling in which
      group a row falls.`,
    wrong: `
      sources:
        tickets: { data: tickets.csv, time: opened_at }
        accounts: { data: accounts.csv, key: account_id }
      segments:
        industry: { source: accounts, by: industry }
      metrics:
        support_load: { type: count, source: tickets, segments: [industry] }`,
    right: `
      sources:
        tickets:
          data: tickets.csv
          time: opened_at
          links: { account: { to: accounts, using: account_id } }`,
    mend: `
      Give the source a link to the segment's source, choose another segment, or read the segment on several sources with
      \`by: { tickets: industry, accounts: industry }\`. In a ratio, a segment that only splits the numerator stands in
      \`total_over\`.`,
  }),
  check(context, report) {
    for (const use of context.metrics) {
      for (const segment of use.metric.segments) checkUse(context, report, use, segment);
      for (const word of use.metric.totalOver?.items ?? [])
        checkTotalOver(context, report, use, word.text, spotOf(use.metric.file, word.node));
      for (const { segment } of use.metric.examples) {
        if (segment === undefined) continue;
        const spot = spotIn(use.metric.file, segment.node, { start: 0, end: segment.segment.length });
        checkSides(context, report, use, segment.segment, spot);
      }
    }
    const uses = new Map(context.metrics.map((use) => [use.metric, use]));
    for (const { target, metric } of targetsOf(context.project)) {
      const use = uses.get(metric);
      if (use === undefined || target.segment === undefined) continue;
      const { segment, node } = target.segment;
      checkSides(context, report, use, segment, spotIn(target.file, node, { start: 0, end: segment.length }));
    }
  },
};

function checkUse(context: RuleContext, report: Report, use: MetricUse, { segment }: SegmentUse): void {
  checkSides(context, report, use, segment.text, spotOf(use.metric.file, segment.node));
}

/** Reports the first side that does not reach the segment. A formula's segment may be reached by some of its parts only where it stands in `total_over`. */
function checkSides(context: RuleContext, report: Report, use: MetricUse, name: string, spot: Spot): void {
  const segment = context.project.segments.get(name);
  if (segment === undefined || !hasHome(context, segment)) return;
  // What splits only the numerator need not be reached by the rest.
  if (use.metric.totalOver?.items.some((word) => word.text === name) === true) return;
  const missing = use.sides.find(({ source }) => !reaches(context, source, segment));
  if (missing === undefined) return;
  report(
    spot,
    `The segment "${name}" is read on ${homes(segment)}, and ${sideWords(use, missing)} has no link that leads there.`,
  );
}

function checkTotalOver(
  context: RuleContext,
  report: Report,
  use: MetricUse,
  name: string,
  spot: Spot,
): void {
  const segment = context.project.segments.get(name);
  if (segment === undefined || use.sides.length === 0 || !hasHome(context, segment)) return;
  if (use.sides.some(({ source }) => reaches(context, source, segment))) return;
  report(
    spot,
    `The segment "${name}" is read on ${homes(segment)}, and no part of "${use.metric.name}" reaches it.`,
  );
}

/** Whether a source leads to a segment, or may do so by a link that could not be read. */
function reaches({ links, project, damage }: RuleContext, source: string, segment: Segment): boolean {
  if (reachesOf(links, source, segment).length > 0) return true;
  return links.reachable(source).some((name) => {
    const definition = project.sources.get(name);
    return definition !== undefined && damage.incomplete.has(definition);
  });
}

/** A segment whose own source is unknown is reported there. */
function hasHome({ project }: RuleContext, segment: Segment): boolean {
  const all = homesOf(segment);
  return all.length > 0 && all.every((home) => project.sources.has(home));
}

function homes(segment: Segment): string {
  return homesOf(segment)
    .map((home) => `"${home}"`)
    .join(' or ');
}

function sideWords({ metric }: MetricUse, side: Side): string {
  if (side.metric === metric) return `"${side.source}"`;
  const inner = side.metric.name.startsWith(`${metric.name}.`)
    ? `its ${side.metric.name.slice(metric.name.length + 1)}`
    : `"${side.metric.name}"`;
  return `"${side.source}", the source of ${inner},`;
}
