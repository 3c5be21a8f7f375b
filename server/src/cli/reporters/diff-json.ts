import { diffDocument } from '../../core/diff/diff-document.ts';
import { jsonText } from '../json-text.ts';
import type { DiffReport, ReportedVersion } from './diff-report.ts';

/** A comparison as `schemas/diff.schema.json` states it. */
export function diffJson({ diff, before, after, errors }: DiffReport): string {
  return jsonText({
    before: versionDocument(before, errors.before),
    after: versionDocument(after, errors.after),
    ...diffDocument(diff, before.open, after.open),
  });
}

function versionDocument({ name, borrowed }: ReportedVersion, errors: number): object {
  const from = [...borrowed].map(([file, reason]) => ({ file, reason }));
  return { name, errors, from_working_tree: from };
}
