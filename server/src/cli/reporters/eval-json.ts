import { jsonText } from '../json-text.ts';
import { problemDocument } from '../problem-json.ts';
import type { EvalReport } from './eval-report.ts';

/** The document that `schemas/result.schema.json` states: a stable interface. Numbers are not rounded. */
export function evalJson({ document, folder, texts, problems }: EvalReport): string {
  const found = problems.map((problem) => problemDocument(folder, texts, problem));
  return jsonText({ ...document, problems: found });
}
