import { diffDocument } from '../../core/diff/diff-document.ts';
import type { ReportedDiff, ReportedSide } from '../../core/diff/reported-diff.ts';
import { jsonText } from '../json-text.ts';

/** A comparison as `schemas/diff.schema.json` states it. */
export function diffJson({ diff, before, after }: ReportedDiff): string {
  return jsonText({
    before: versionDocument(before),
    after: versionDocument(after),
    ...diffDocument(diff, before, after),
  });
}

function versionDocument({ name, borrowed, errors }: ReportedSide): object {
  const from = [...borrowed].map(([file, reason]) => ({ file, reason }));
  return { name, errors, from_working_tree: from };
}
