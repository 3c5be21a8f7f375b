import type { Span } from '../base/span.ts';
import { hasExplanation } from '../evaluate/explain.ts';
import { numbersAt } from '../evaluate/result.ts';
import { headlinePeriod } from '../evaluate/series.ts';
import { segmentsOf } from '../model/metric-defaults.ts';
import type { AnyDefinition, Metric } from '../model/project.ts';
import type { IdeContext, IdeFile } from './ide-context.ts';

/** Something that can be asked of a definition, above its name. */
export type CodeLens = DependantsLens | ChangesLens | MetricLens;

/** Who uses it. To count them takes the whole project, so that it is left until the lens is seen. */
export interface DependantsLens {
  readonly kind: 'dependants';
  readonly span: Span;
  readonly definition: 'source' | 'segment' | 'metric';
  readonly name: string;
}

/** What its change since the last commit does. To find that out takes the whole project as well. */
export interface ChangesLens {
  readonly kind: 'changes';
  readonly span: Span;
  readonly definition: DependantsLens['definition'];
  readonly name: string;
}

export interface MetricLens {
  readonly kind: 'preview' | 'explain' | 'sql' | 'examples';
  readonly span: Span;
  readonly metric: string;
  readonly title: string;
}

/**
 * The lenses of a file, in the order of the text. What would run a query is only offered where something is evaluated and the metric's
 * type is.
 *
 * @param isChanged whether a definition is written otherwise than in the last commit
 */
export function codeLenses(
  context: IdeContext,
  { file }: IdeFile,
  isChanged: (definition: AnyDefinition) => boolean = () => false,
): CodeLens[] {
  return file.definitions.flatMap((definition): CodeLens[] => {
    if (!isOffered(definition)) return [];
    const { name, nameNode } = definition;
    const about = { span: nameNode.span, definition: definition.definition, name };
    // Last, as these come later than the others: they must not push them aside when they do.
    return [
      ...(definition.definition === 'metric' ? metricLenses(context, definition) : []),
      { kind: 'dependants', ...about },
      ...(isChanged(definition) ? [{ kind: 'changes' as const, ...about }] : []),
    ];
  });
}

function isOffered(
  definition: AnyDefinition,
): definition is AnyDefinition & { readonly definition: DependantsLens['definition'] } {
  const { definition: kind, nameNode } = definition;
  return nameNode.origin === undefined && (kind === 'source' || kind === 'segment' || kind === 'metric');
}

function metricLenses(context: IdeContext, metric: Metric): readonly MetricLens[] {
  const { numbers } = context;
  if (metric.type === undefined) return [];
  const lens = (kind: MetricLens['kind'], title: string): MetricLens => ({
    kind,
    span: metric.nameNode.span,
    metric: metric.name,
    title,
  });
  const count = metric.examples.length;
  const examples =
    count === 0 ? [] : [lens('examples', count === 1 ? 'run example' : `run examples (${count})`)];
  return [
    ...(numbers === undefined ? [] : [lens('preview', 'preview')]),
    lens('sql', 'SQL'),
    ...(numbers === undefined ? [] : examples),
    // Behind the others, which are there before any number is.
    ...movedTitle(context, metric).map((title) => lens('explain', title)),
  ];
}

/** Asks about a change that is more than chance, of a metric whose own segments can explain it; nothing else. */
function movedTitle({ checked: { project }, numbers }: IdeContext, metric: Metric): readonly string[] {
  const series = numbers?.metric(metric.name)?.value.total;
  const period = series && headlinePeriod(series);
  if (series === undefined || period === undefined) return [];
  if (segmentsOf(project, metric).length === 0 || !hasExplanation(project, metric)) return [];
  const { verdict } = numbersAt(series, period, []);
  return verdict === 'up' || verdict === 'down' ? [`why did it go ${verdict}`] : [];
}

/** The title of a lens that counts dependants. */
export function dependantsTitle(count: number): string {
  return count === 0 ? 'not used elsewhere' : `used by ${count}`;
}
