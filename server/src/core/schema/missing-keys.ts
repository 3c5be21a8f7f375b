import { suggest } from '../base/suggest.ts';
import type { Path } from './applicable.ts';
import { knownKeys } from './describe.ts';
import { appliedAt, type Finding, headOf, listed, quoted, type SchemaContext, subjectOf } from './locate.ts';
import { missingKey } from './problems.ts';

/** What a definition needs where several keys would do, by the definition and the key that the schema asks for. */
const alternatives: Readonly<Record<string, string>> = {
  'source.data': '`data` (a file) or `union` (a stack of other sources)',
  'segment.by': 'one of `groups`, `by` and `where`',
  'target.at_least': 'a goal (`at_least`, `at_most` or `between`)',
  'target.due': 'a time (`due` for one period, `each` for every one)',
  'metric_tenure.entity': '`entity`, or `duration` and `ended`',
  'inline_metric.type': '`type`, or `metric` to use another metric over fewer rows',
};

/**
 * The keys that one definition lacks, as one finding at its name. Keys that a misspelt one was probably meant to be
 * are left to the finding about that one; `undefined` where none is left.
 */
export function missingKeyFinding(
  context: SchemaContext,
  path: Path,
  missing: readonly string[],
  unknown: readonly string[],
): Finding | undefined {
  const keys = missing.filter((key) => !unknown.some((word) => suggest(word, [key]).length > 0));
  const [first] = keys;
  if (first === undefined) return undefined;
  const spot = headOf(context.root, path);
  if (path.length === 0 && first === 'plumbline') return firstLineFinding(spot);
  const names = appliedAt(context, path).flatMap(({ name }) => name ?? []);
  const choices = keys.flatMap(
    (key) => names.map((name) => alternatives[`${name}.${key}`]).find(Boolean) ?? [],
  );
  const plain = keys.filter((key) => names.every((name) => alternatives[`${name}.${key}`] === undefined));
  const hint = keys.length === 1 && plain.length === 1 ? ` ${hintFor(context, path, first)}` : '';
  const what = listed([...plain.map(quoted), ...choices], 'and');
  const message = `${subjectOf(path)} needs ${what}.${hint}`.trimEnd();
  return { kind: missingKey, path, spot, message };
}

function firstLineFinding(spot: Finding['spot']): Finding {
  const span = { start: 0, end: 0 };
  return {
    kind: missingKey,
    path: [],
    spot,
    message: 'A metrics file begins with `plumbline: 1`, the version of the format.',
    fix: { title: 'Add `plumbline: 1`', text: 'plumbline: 1\n', span, sure: true },
  };
}

/** The first sentence of what the format says of a key. */
function hintFor(context: SchemaContext, path: Path, key: string): string {
  const description =
    knownKeys(context.schema, context.plain, path).find((each) => each.key === key)?.description ?? '';
  return /^.*?[.](?=\s|$)/s.exec(description)?.[0] ?? description;
}
