import type { RefMetric, RefReference, RefSide } from './metric.ts';
import { referencesOf } from './metric.ts';
import type { RefProject } from './project.ts';

/**
 * The constructs that a metric uses, itself and in what it is made of, each as a word with its form: `window:trailing`, `grain:week`,
 * `segment:by-source`. Two words of one metric are a pair in which constructs meet.
 *
 * @param extent `own` leaves out what the metric is made of.
 */
export function constructsOf(
  project: RefProject,
  metric: RefMetric,
  extent: 'own' | 'all' = 'all',
): ReadonlySet<string> {
  const found = new Set<string>();
  found.add(`grain:${metric.grain ?? project.grain}`);
  for (const segment of metric.by ?? []) found.add(`segment:${project.segments[segment]?.kind ?? 'none'}`);
  ownOf(project, metric, found);
  if (extent === 'all') for (const reference of referencesOf(metric)) inReference(project, reference, found);
  return found;
}

function inSide(project: RefProject, metric: RefSide, found: Set<string>): void {
  ownOf(project, metric, found);
  for (const reference of referencesOf(metric)) inReference(project, reference, found);
}

function ownOf(project: RefProject, metric: RefSide, found: Set<string>): void {
  found.add(metric.type === 'ratio' || metric.type === 'formula' ? metric.type : 'measure');
  inRows(metric, found);
  inSource(project, metric.source, found);
  if (metric.type === 'ratio' || metric.type === 'formula') {
    if (metric.totalOver !== undefined) found.add('total_over');
  }
  if (metric.type === 'formula') {
    if (/previous\(\w+\)/.test(metric.formula.text)) found.add('previous:period');
    if (/previous\(\w+, /.test(metric.formula.text)) found.add('previous:interval');
    if (metric.aggregates.length > 0) found.add('aggregate');
    if (metric.parts !== undefined) found.add('parts');
  }
}

function inReference(project: RefProject, reference: RefReference, found: Set<string>): void {
  if (typeof reference !== 'string' && !('metric' in reference)) {
    found.add('inline');
    inSide(project, reference, found);
    return;
  }
  const name = typeof reference === 'string' ? reference : reference.metric;
  if (typeof reference !== 'string') found.add(reference.where === undefined ? 'reuse' : 'reuse:filtered');
  const named = project.metrics.find((one) => one.name === name);
  if (named !== undefined) inSide(project, named, found);
}

function inRows(metric: RefSide, found: Set<string>): void {
  const { where, when, time, window, at, atPer = [], per, oncePer } = metric;
  if (where !== undefined) found.add('where');
  if (when !== undefined) found.add(`when:${when}`);
  if (time !== undefined) found.add('time');
  if (window !== undefined) found.add(`window:${typeof window === 'string' ? 'to-date' : 'trailing'}`);
  if (at !== undefined) found.add(atPer.length === 0 ? 'at' : 'at:per');
  if (atPer.some((path) => path.includes('.'))) found.add('at:link');
  if (per !== undefined) found.add('per');
  if (per !== undefined && (per === 'account' || per === 'region' || per.includes('.')))
    found.add('per:link');
  if (oncePer !== undefined) found.add('once_per');
}

function inSource(project: RefProject, name: string | undefined, found: Set<string>): void {
  const source = name === undefined ? undefined : project.tables.world.sources[name];
  if (source === undefined) return;
  if (source.union !== undefined) found.add('union');
  if (source.where !== undefined) found.add('source:where');
  if (source.onePer !== undefined) found.add('one_per');
  if (source.sampledBy !== undefined) found.add('sampled_by');
  if (source.coverage === 'census') found.add('census');
  if (source.facts !== undefined) found.add('facts');
}
