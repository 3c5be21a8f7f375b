import type { Problem } from '../core/base/problem.ts';
import type { Span } from '../core/base/span.ts';
import type { Checked } from '../core/check/checked.ts';
import { insideAny, spanOfDefinition } from '../core/check/inside.ts';
import type { Needs } from '../core/check/needs.ts';
import { homesOf } from '../core/check/reach.ts';
import { segmentsOf } from '../core/model/metric-defaults.ts';
import { dependenciesOf } from '../core/model/metric-references.ts';
import type { Definition, Metric, Segment, Source } from '../core/model/project.ts';
import { mapAt } from '../core/model/words.ts';
import { sourcesOf } from '../core/open-data.ts';
import type { EvalRequest } from './eval-request.ts';

/**
 * A test for problems that touch what is shown: those in the definitions of the metrics asked for and of what they are made of, in
 * their targets, and in the parts of sources and the segments that they use; and those that stand in no definition, but in one of
 * these files or in the settings. Where no metric was named all are shown, so that every problem does.
 */
export function touchesShown(checked: Checked, request: EvalRequest): (problem: Problem) => boolean {
  if (!request.named) return () => true;
  const { project } = checked;
  const shown = new Shown(checked, request);
  const used = insideAny(shown.definitions);
  const anywhere = insideAny(project.files.flatMap(({ definitions }) => definitions));
  const files = new Set([...shown.definitions].map(({ file }) => file));
  return (problem) => {
    if (used(problem)) return shown.uses(problem);
    return problem.file === project.settings.path || (files.has(problem.file) && !anywhere(problem));
  };
}

/** The definitions that a request shows, and which columns and links of sources. */
class Shown {
  readonly definitions = new Set<Definition>();
  readonly #checked: Checked;
  readonly #parts = new Set<string>();
  readonly #sources = new Set<Source>();

  constructor(checked: Checked, request: EvalRequest) {
    this.#checked = checked;
    const { project, kinds } = checked;
    const metrics = request.metrics.flatMap((metric) => [metric, ...dependenciesOf(project, kinds, metric)]);
    for (const metric of metrics) this.#metric(metric);
    for (const metric of request.metrics) this.#breakdowns(metric, request);
    const names = new Set(request.metrics.map(({ name }) => name));
    for (const target of request.where === undefined ? project.targets.values() : []) {
      if (!names.has(target.metric?.text ?? '')) continue;
      this.definitions.add(target);
      const metric = project.metrics.get(target.metric?.text ?? '');
      if (metric !== undefined && target.segment !== undefined) this.#key(target.segment.segment, metric);
    }
  }

  /** Whether a problem in one of the definitions is not in a column or link that nothing shown uses. */
  uses(problem: Problem): boolean {
    for (const source of this.#sources) {
      if (source.file !== problem.file || !holds(spanOfDefinition(source), problem)) continue;
      for (const part of ['columns', 'links']) {
        const map = mapAt(source.node, part);
        if (map === undefined || !holds(map.span, problem)) continue;
        const entry = map.entries.find(({ span }) => holds(span, problem));
        return entry === undefined || this.#parts.has(`${part} ${source.name} ${entry.key.text}`);
      }
    }
    return true;
  }

  #metric(metric: Metric): void {
    // An inline metric lies inside of the one that holds it.
    if (metric.parent === undefined) this.definitions.add(metric);
    this.#needs(this.#checked.needs.ofMetric(metric));
  }

  #breakdowns(metric: Metric, { by, where }: EvalRequest): void {
    const own = segmentsOf(this.#checked.project, metric).map(({ segment }) => segment.text);
    for (const key of by.length > 0 ? by : own) this.#key(key, metric);
    for (const source of where === undefined ? [] : sourcesOf(this.#checked, [metric])) {
      this.#needs(this.#checked.needs.ofPath(source, [], where && this.#checked.resolve(where, source)));
    }
  }

  /** A segment or path, by which a metric is broken down. */
  #key(key: string, metric: Metric): void {
    const segment = this.#checked.project.segments.get(key);
    for (const source of sourcesOf(this.#checked, [metric])) {
      if (segment !== undefined) this.#segment(segment, source);
      else this.#needs(this.#checked.needs.ofPath(source, [], this.#checked.resolvePath(key, source)));
    }
  }

  #segment(segment: Segment, source: string): void {
    const { needs, paths } = this.#checked;
    this.definitions.add(segment);
    this.#needs(needs.ofSegment(segment));
    const homes = homesOf(segment);
    const chains = homes.includes(source) ? [] : homes.flatMap((home) => paths(source, home));
    for (const chain of chains) this.#needs(needs.ofPath(source, chain, undefined));
  }

  #needs({ sources, columns, links }: Needs): void {
    for (const name of sources) {
      const source = this.#checked.project.sources.get(name);
      if (source === undefined) continue;
      this.definitions.add(source);
      this.#sources.add(source);
      // Rows are told apart by the key, whoever counts them.
      for (const { text } of source.key?.items ?? []) this.#parts.add(`columns ${name} ${text}`);
    }
    for (const { source, column } of columns) this.#parts.add(`columns ${source} ${column}`);
    for (const { source, link } of links) this.#parts.add(`links ${source} ${link}`);
  }
}

function holds(outer: Span, { span }: Problem): boolean {
  return outer.start <= span.start && span.end <= outer.end;
}
