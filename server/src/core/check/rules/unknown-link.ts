import { suggest } from '../../base/suggest.ts';
import type { Metric, SegmentUse } from '../../model/project.ts';
import { hint } from '../names.ts';
import { page } from '../page.ts';
import { homesOf, reachesOf } from '../reach.ts';
import { type Report, type Rule, type RuleContext, replaceFix, spotOf } from '../report.ts';

/** Links that a source does not have, and chains of links that do not lead where they should. */
export const unknownLink: Rule = {
  id: 'unknown-link',
  severity: 'error',
  summary: 'A link is named that the source does not have, or that does not lead where it should.',
  documentation: page({
    why: `
      The columns of another source are reached by links, with dots: \`account.region.name\`. Each word before the last is a link
      of the source before it. The same chains stand in \`via\` and \`once_per\`; and facts (\`of\`) need a link from the rows that
      they aggregate to the source that they belong to.`,
    wrong: `
      metrics:
        tickets_in_europe: { type: count, source: tickets, where: acount.region = 'Europe' }`,
    right: `
      metrics:
        tickets_in_europe: { type: count, source: tickets, where: account.region = 'Europe' }`,
    mend: 'Correct the spelling, or declare the link under `links` of the source: `account: { to: accounts, using: account_id }`.',
  }),
  check(context, report) {
    for (const { spot, message, more } of context.findings('unknown-link')) report(spot, message, more);
    for (const { metric, sides } of context.metrics) {
      const sources = [...new Set(sides.map(({ source }) => source))];
      for (const use of metric.segments) checkVia(context, report, metric, sources, use);
    }
    checkFacts(context, report);
  },
};

/** `via` must be one of the chains that lead from a side to the segment. */
function checkVia(
  context: RuleContext,
  report: Report,
  metric: Metric,
  sources: readonly string[],
  { segment: word, via }: SegmentUse,
): void {
  const segment = context.project.segments.get(word.text);
  if (via === undefined || segment === undefined || sources.length === 0) return;
  if (!homesOf(segment).every((home) => context.project.sources.has(home))) return;
  const reaches = sources.flatMap((source) => reachesOf(context.links, source, segment));
  // A segment that cannot be reached at all is reported as that.
  if (reaches.length === 0) return;
  const chains = reaches.map(({ links }) => links.join('.')).filter((chain) => chain !== '');
  if (chains.includes(via.text)) return;
  const [near] = suggest(via.text, chains);
  const spot = spotOf(metric.file, via.node);
  const fixes = near === undefined ? [] : replaceFix(spot, `Change to "${near}"`, near, false);
  const advice =
    chains.length === 0 ? ' It is read on the source itself: remove "via".' : hint(via.text, chains);
  report(spot, `No link "${via.text}" leads from "${sources[0]}" to the segment "${word.text}".${advice}`, {
    fixes,
  });
}

/** The rows that a column counts must link straight to the one that counts them; that several links do is said elsewhere. */
function checkFacts({ project, damage }: RuleContext, report: Report): void {
  for (const source of project.sources.values()) {
    for (const { of } of source.columns.values()) {
      const home = project.sources.get(of?.text ?? '');
      if (of === undefined || home === undefined || damage.incomplete.has(home)) continue;
      if ([...home.links.values()].some(({ to }) => to?.text === source.name)) continue;
      report(
        spotOf(source.file, of.node),
        `No link leads from "${of.text}" to "${source.name}", so that its rows belong to none of them. Declare one under "links" of "${of.text}".`,
      );
    }
  }
}
