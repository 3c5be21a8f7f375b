import { jsonText } from '../json-text.ts';
import { problemDocument } from '../problem-json.ts';
import type { MutateReport } from './mutate-report.ts';

/** The document that `schemas/result.schema.json#/$defs/mutate` states. */
export function mutateJson({ folder, texts, result }: MutateReport): string {
  const unguarded = result.unguarded.map(({ definition, change, problem, example }) => ({
    definition: `${definition.definition} ${definition.name}`,
    change: change.words,
    problem: problemDocument(folder, texts, problem),
    example:
      example === undefined
        ? null
        : { metric: example.metric, source: example.source, row: example.row, yaml: example.yaml },
  }));
  const count = (wanted: string): number => result.changes.filter(({ outcome }) => outcome === wanted).length;
  const summary = {
    changes: result.changes.length,
    guarded: count('guarded'),
    unguarded: count('unguarded'),
    waived: count('waived'),
    not_tried: result.left,
    metrics: result.metrics.length,
    without_examples: result.bare.map(({ name }) => name),
    failing_examples: result.failing.map(({ metric, index }) => ({ metric: metric.name, index })),
  };
  return jsonText({ unguarded, summary });
}
