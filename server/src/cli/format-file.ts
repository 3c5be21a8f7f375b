import type { Problem } from '../core/base/problem.ts';
import { formatText } from '../core/format/format-text.ts';
import type { SchemaKind } from '../core/schema/json-schema.ts';
import { nameOf } from '../core/workspace/paths.ts';
import { issuesOf } from '../core/workspace/read-unit.ts';
import { SETTINGS_FILE } from '../core/workspace/walk.ts';
import type { FormattedFile } from './reporters/fmt-text.ts';

/** A file as it is and in its canonical form. With YAML errors it stays as it is, and they are among its problems. */
export function formattedFile(path: string, before: string): FormattedFile {
  const kind: SchemaKind = nameOf(path) === SETTINGS_FILE ? 'project' : 'metrics';
  const result = formatText(kind, before);
  return { path, before, after: result.text, problems: issuesOf(path, result) };
}

/** A file that cannot be read. */
export function unreadableFile(path: string, problem: Problem): FormattedFile {
  return { path, before: '', after: '', problems: [problem] };
}
