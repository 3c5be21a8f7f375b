import { type Duration, parseDuration } from '../base/duration.ts';
import { isWholePeriods } from '../base/period-before.ts';
import { grainOf, timingOf } from '../model/metric-defaults.ts';
import type { Metric, Project } from '../model/project.ts';
import type { NamePart } from '../syntax/expression/ast.ts';
import type { CallSyntax, Lookup, Scope } from '../syntax/expression/scope.ts';
import { pathsBehindLinks } from './behind-links.ts';
import type { CheckedKind } from './checked.ts';
import type { Catalogue } from './columns.ts';
import type { Mode } from './expressions.ts';
import type { LinkGraph } from './links.ts';

/** What scopes look names up in. */
export interface ScopeContext {
  readonly project: Project;
  readonly kinds: ReadonlyMap<string, CheckedKind>;
  readonly links: LinkGraph;
  readonly catalogue: Catalogue;
}

/** The scope of an expression read on a source. With a metric, the bounds of its periods are known. */
export function scopeOf(
  context: ScopeContext,
  source: string,
  mode: Mode,
  metric: Metric | undefined,
): Scope {
  if (mode === 'formula') return formulaScope(context, source, metric);
  return {
    aggregates: mode === 'row' ? 'forbidden' : 'required',
    lookup: (path) => momentOf(context, path, metric) ?? columnAt(context, path, source),
  };
}

/** `period_start`, `period_end` and `event_time`; `undefined` for every other name. */
function momentOf(
  { project }: ScopeContext,
  path: readonly NamePart[],
  metric: Metric | undefined,
): Lookup | undefined {
  const [first] = path;
  if (first === undefined || path.length > 1) return undefined;
  const ref = MOMENTS.get(first.text);
  if (ref === undefined) return undefined;
  if (metric === undefined) {
    const reason = `"${first.text}" is known only while a metric is computed for a period: it can stand in a metric, not in a source or segment.`;
    return { kind: 'not-available', reason };
  }
  if (ref.at === 'event_time' && timingOf(project, metric)?.kind === 'snapshot') {
    return {
      kind: 'not-available',
      reason: 'The rows of this metric have no time, so that there is no "event_time".',
    };
  }
  return { kind: 'found', ref, type: 'timestamp' };
}

const MOMENTS: ReadonlyMap<string, Extract<Lookup, { kind: 'found' }>['ref']> = new Map([
  ['period_start', { at: 'period', bound: 'start' }],
  ['period_end', { at: 'period', bound: 'end' }],
  ['event_time', { at: 'event_time' }],
]);

/** Whether a name means a moment of the metric's period wherever it stands by itself, so that nothing else can be called so. */
export function isMoment(name: string): boolean {
  return MOMENTS.has(name);
}

/** A column of the source, or behind links. Where the data of a source is not known, no name is called unknown. */
export function columnAt(
  { project, links, catalogue }: ScopeContext,
  path: readonly NamePart[],
  source: string,
): Lookup {
  const names = path.map(({ text }) => text);
  const column = names.at(-1) ?? '';
  const chain = names.slice(0, -1);
  let home = source;
  for (const [part, link] of chain.entries()) {
    const declared = project.sources.get(home)?.links;
    if (declared?.has(link) !== true) {
      if (!catalogue.linked(home))
        return { kind: 'found', ref: { at: 'row', links: chain, column }, type: 'unknown' };
      return { kind: 'unknown-link', part, source: home, candidates: [...(declared?.keys() ?? [])] };
    }
    const to = links.follow(home, [link]);
    // The target of the link is unknown, which is reported there and need not be said again here.
    if (to === undefined) return { kind: 'found', ref: { at: 'row', links: chain, column }, type: 'unknown' };
    home = to;
  }
  const info = catalogue.column(home, column);
  if (info !== undefined || !catalogue.complete(home)) {
    return { kind: 'found', ref: { at: 'row', links: chain, column }, type: info?.type ?? 'unknown' };
  }
  const behindLinks = pathsBehindLinks(
    links,
    home,
    project.sources.keys(),
    (name) => catalogue.column(name, column) !== undefined,
    column,
  );
  const candidates = catalogue.names(home);
  return { kind: 'unknown-column', part: names.length - 1, source: home, candidates, behindLinks };
}

/** Outside aggregates names are metrics; inside, they are columns of the formula's own source. */
function formulaScope(context: ScopeContext, source: string, metric: Metric | undefined): Scope {
  return {
    aggregates: 'allowed',
    lookup(path, { insideAggregate }) {
      const moment = momentOf(context, path, metric);
      if (moment !== undefined) return moment;
      if (!insideAggregate) return metricAt(path);
      if (source !== '') return columnAt(context, path, source);
      // That the formula needs a source for its aggregates is said once, by `missing-source`.
      return {
        kind: 'found',
        ref: { at: 'row', links: [], column: path.at(-1)?.text ?? '' },
        type: 'unknown',
      };
    },
    functions: ['previous'],
    call: (call) => (call.name.text.toLowerCase() === 'previous' ? previousOf(context, call, metric) : null),
  };
}

/** A name that no metric has is reported as such where references are checked. */
function metricAt(path: readonly NamePart[]): Lookup {
  const [first, ...rest] = path;
  if (first !== undefined && rest.length === 0) {
    return { kind: 'found', ref: { at: 'metric', metric: first.text }, type: 'number' };
  }
  return {
    kind: 'not-available',
    reason: 'A formula is made of metrics; columns and links stand inside an aggregate such as sum(amount).',
  };
}

/** `previous(m)` and `previous(m, '1 year')`. */
function previousOf({ project, kinds }: ScopeContext, call: CallSyntax, metric: Metric | undefined): Lookup {
  const [of, interval] = call.args;
  const refused = (reason: string): Lookup => ({ kind: 'not-available', reason });
  if (of?.kind !== 'name' || of.parts.length !== 1 || call.args.length > 2) {
    return refused("Write previous(m) with the name of a metric, or previous(m, '1 year').");
  }
  const name = of.parts[0]?.text ?? '';
  const found = (back: Duration | 'period'): Lookup => ({
    kind: 'found',
    ref: { at: 'metric', metric: name, back },
    type: 'number',
  });
  if (interval === undefined) return found('period');
  const text = interval.kind === 'literal' && interval.type === 'text' ? interval.value : '';
  const grain = metric === undefined ? 'month' : grainOf(project, kinds, metric);
  const duration = parseDuration(text);
  if (duration !== undefined && isWholePeriods(duration, grain)) return found(duration);
  return refused(`The interval must be whole periods of the grain ${grain}, quoted, such as '1 year'.`);
}
