import { expectPlace, failureMessage } from '../../core/evaluate/example-text.ts';
import { jsonText } from '../json-text.ts';
import { placeDocument, problemDocument } from '../problem-json.ts';
import type { TestReport } from './test-report.ts';

/** The document that `schemas/result.schema.json#/$defs/test` states, with the rows that counted besides. */
export function testJson({ folder, results, problems, files, texts, units }: TestReport): string {
  const tests = results.map((result) => ({
    metric: result.metric.name,
    index: result.index,
    place: placeDocument(folder, texts, expectPlace(files, result)),
    passed: result.passed,
    expected: result.expected,
    computed: result.computed?.value ?? null,
    rows: result.computed?.n ?? null,
    counted: result.counted,
    message: result.passed ? null : failureMessage(result, units.get(result.metric.name) ?? 'number'),
  }));
  const failed = tests.filter(({ passed }) => !passed).length;
  const summary = { passed: tests.length - failed, failed };
  return jsonText({ tests, problems: problems.map((one) => problemDocument(folder, texts, one)), summary });
}
