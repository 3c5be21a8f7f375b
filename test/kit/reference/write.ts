import { intervalText, isoDay } from './calendar.ts';
import type { Expr } from './expression.ts';
import type {
  RefCommon,
  RefGathered,
  RefMeasure,
  RefMetric,
  RefPicking,
  RefReference,
  RefSegment,
  RefSide,
  RefStep,
} from './metric.ts';
import type { RefProject } from './project.ts';
import { cellText, type RefSource } from './world.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/**
 * The files of a project, by path from its root: settings, definitions (JSON is YAML) and one CSV file for each source. Without
 * declared types only columns are declared that have no cell to tell it.
 */
export function projectFiles(project: RefProject, declareTypes = true): Record<string, string> {
  const { world } = project.tables;
  const sources = Object.entries(world.sources);
  return {
    'plumbline.yaml': yaml({
      plumbline: 1,
      timezone: world.timezone,
      as_of: world.asOf === undefined ? undefined : isoDay(world.asOf),
      grain: project.grain,
    }),
    'all.metrics.yaml': yaml({
      plumbline: 1,
      sources: Object.fromEntries(
        sources.map(([name, source]) => [name, sourceJson(name, source, declareTypes)]),
      ),
      segments: mapped(project.segments, segmentJson),
      metrics: Object.fromEntries(project.metrics.map((metric) => [metric.name, metricJson(metric)])),
    }),
    ...Object.fromEntries(
      sources
        .filter(([, { union }]) => union === undefined)
        .map(([name, source]) => [`data/${name}.csv`, csv(source)]),
    ),
  };
}

/** The rows of a source as CSV, in their order. */
export function csv(source: RefSource): string {
  const columns = Object.entries(source.columns);
  const lines = source.rows.map((row) =>
    columns.map(([name, type]) => cellText(row[name] ?? null, type)).join(','),
  );
  return [columns.map(([name]) => name).join(','), ...lines, ''].join('\n');
}

function yaml(json: Json): string {
  return `${JSON.stringify(json, null, 1)}\n`;
}

function mapped<T>(record: Readonly<Record<string, T>>, write: (value: T) => Json): Json {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, write(value)]));
}

function sourceJson(name: string, source: RefSource, declareTypes: boolean): Json {
  const { key, time, lifespan, timezone, asOf, coverage, links, where, onePer, union, sampledBy } = source;
  return {
    ...(union === undefined
      ? { data: `data/${name}.csv` }
      : { union: mapped(union, (columns) => mapped(columns, ({ text }) => text)) }),
    key,
    time,
    lifespan:
      lifespan === undefined
        ? undefined
        : { start: lifespan.start, end: lifespan.end, end_inclusive: lifespan.inclusive },
    timezone,
    as_of: asOf === undefined ? undefined : isoDay(asOf),
    where: where === undefined ? undefined : conditions(where),
    one_per: onePer === undefined ? undefined : { key: onePer.key, keep: onePer.keep, by: onePer.by },
    coverage,
    sampled_by: sampledBy,
    columns: columnsJson(source, declareTypes),
    links:
      links === undefined
        ? undefined
        : mapped(links, ({ to, mine, theirs }) => ({ to, using: { [mine]: theirs } })),
  };
}

function columnsJson(source: RefSource, declareTypes: boolean): Json {
  const { columns, computed = {}, facts = {}, union, rows } = source;
  const declared = Object.entries(columns)
    .filter(
      ([column]) =>
        union === undefined && (declareTypes || rows.every((row) => (row[column] ?? null) === null)),
    )
    .map(([column, type]) => [column, { type }] as const);
  return {
    ...Object.fromEntries(declared),
    ...Object.fromEntries(Object.entries(computed).map(([column, { text }]) => [column, { value: text }])),
    ...Object.fromEntries(
      Object.entries(facts).map(([column, { of, value }]) => [column, { of, value: value.text }]),
    ),
  };
}

function segmentJson(segment: RefSegment): Json {
  switch (segment.kind) {
    case 'by':
      return { source: segment.source, by: segment.by.text };
    case 'groups':
      return { source: segment.source, groups: mapped(segment.groups, ({ text }) => text) };
    case 'where':
      return { source: segment.source, where: segment.where.map(({ text }) => text) };
    case 'by-source':
      return { by: mapped(segment.by, ({ text }) => text) };
  }
}

export function metricJson(metric: RefMetric): Json {
  const { grain, by } = metric;
  return {
    ...sideJson(metric),
    grain,
    segments: by === undefined || by.length === 0 ? undefined : by,
  };
}

function sideJson(side: RefSide): { readonly [key: string]: Json | undefined } {
  const own = typeJson(side);
  // The `at` of a tenure is another than that of other metrics.
  return { ...own, ...commonJson(side), ...(side.type === 'tenure' ? { at: own.at } : {}) };
}

function typeJson(side: RefSide): { readonly [key: string]: Json | undefined } {
  switch (side.type) {
    case 'ratio':
      return {
        type: 'ratio',
        numerator: referenceJson(side.numerator),
        denominator: referenceJson(side.denominator),
        total_over: side.totalOver,
      };
    case 'formula':
      return {
        type: 'formula',
        formula: side.formula.text,
        parts: side.parts === undefined ? undefined : mapped(side.parts, referenceJson),
        total_over: side.totalOver,
      };
    case 'retention':
      return { type: side.type, entity: side.entity, value: side.value?.text, expansion: side.expansion };
    case 'churn':
      return { type: side.type, entity: side.entity, value: side.value?.text, base: side.base };
    case 'movement':
      return { type: side.type, entity: side.entity, value: side.value?.text, of: side.of };
    case 'cohort_retention':
      return {
        type: side.type,
        entity: side.entity,
        after: intervalText(side.after),
        joined: side.joined?.text,
      };
    case 'tenure':
      return tenureJson(side);
    case 'lifetime_value': {
      const { entity, value, horizon } = side;
      return {
        type: side.type,
        entity,
        value: value.text,
        horizon: horizon === undefined ? undefined : intervalText(horizon),
      };
    }
    case 'conversion': {
      const { within } = side;
      return {
        type: side.type,
        entity: side.entity,
        steps: side.steps.map(stepJson),
        within: 'hours' in within ? `${within.hours} hours` : intervalText(within),
      };
    }
    default:
      return measureJson(side);
  }
}

function tenureJson(side: Extract<RefGathered, { type: 'tenure' }>): {
  readonly [key: string]: Json | undefined;
} {
  const { report } = side;
  return {
    type: side.type,
    ...('entity' in side
      ? { entity: side.entity }
      : { duration: side.duration.text, ended: side.ended.text }),
    report: report.kind,
    at: report.kind === 'survival' ? report.text : undefined,
    horizon: report.kind === 'mean' ? report.text : undefined,
  };
}

function stepJson({ source, where, time, entity }: RefStep, index: number): Json {
  return {
    name: `step ${index + 1}`,
    source,
    where: where === undefined ? undefined : conditions(where),
    time,
    entity,
  };
}

function referenceJson(reference: RefReference): Json {
  if (typeof reference === 'string') return reference;
  if (!('metric' in reference)) return sideJson(reference);
  const { metric, where } = reference;
  return { metric, where: where === undefined ? undefined : conditions(where) };
}

function commonJson(common: RefCommon & RefPicking): { readonly [key: string]: Json | undefined } {
  const { source, where, when, time, window, at, atPer, oncePer, per } = common;
  const [one, ...more] = atPer ?? [];
  return {
    source,
    time,
    when,
    window: window === undefined || typeof window === 'string' ? window : intervalText(window),
    at,
    at_per: more.length === 0 ? one : atPer,
    once_per: oncePer,
    per,
    where: where === undefined ? undefined : conditions(where),
  };
}

/** One condition stands alone, several in a list. */
function conditions(where: readonly Expr[]): Json {
  const [first, ...rest] = where;
  return rest.length === 0 && first !== undefined ? first.text : where.map(({ text }) => text);
}

function measureJson(measure: RefMeasure): { readonly [key: string]: Json | undefined } {
  switch (measure.type) {
    case 'count':
      return { type: 'count', value: measure.value?.text };
    case 'count_distinct': {
      const [first, ...rest] = measure.values.map(({ text }) => text);
      return { type: 'count_distinct', value: rest.length === 0 ? first : [first ?? '', ...rest] };
    }
    case 'share':
      return { type: 'share', matching: measure.matching.text };
    case 'percentile':
      return { type: 'percentile', value: measure.value.text, p: measure.p };
    case 'csat': {
      const { value, scale, satisfied } = measure;
      return { type: 'csat', value: value.text, scale, satisfied };
    }
    case 'ces':
      return { type: 'ces', value: measure.value.text, scale: measure.scale, report: measure.report };
    default:
      return { type: measure.type, value: measure.value.text };
  }
}
