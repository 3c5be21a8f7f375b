import { type ValidationError, validateMetrics, validateProject } from 'plumbline:validators';
import { compareProblems, type Fix, type Problem, problemOf } from '../base/problem.ts';
import { toPlain, type YamlNode } from '../syntax/yaml/tree.ts';
import { child, isMap, type Path, valueAtPath } from './applicable.ts';
import type { SchemaKind } from './json-schema.ts';
import { contextOf, type Finding, nodeAt, pathOf, type SchemaContext } from './locate.ts';
import { misreadScalars } from './misread-scalars.ts';
import { missingKeyFinding } from './missing-keys.ts';
import { missingKey, missingValue, wrongValue } from './problems.ts';
import { conflictFinding, unknownKeyFinding, wrongNameFinding } from './wrong-keys.ts';
import { missingValueFinding, wrongValueFinding } from './wrong-values.ts';

/** The version of the format that these schemas describe. */
export const FORMAT_VERSION = 1;

/** A file with more mistakes than this is not a half-finished metrics file; the rest would only slow the editor down. */
const MAX_PROBLEMS = 100;
const MAX_ERRORS = 400;

/**
 * Holds a file against the schema of its kind. Every complaint stands on the exact key or value; a complaint about
 * something inside a value wins over one about the value; at most 100 are returned, in the order of the text.
 *
 * `root` is `undefined` for an empty file. Of a file in another version of the format nothing is said here.
 */
export function validateTree(kind: SchemaKind, root: YamlNode | undefined, file: string): Problem[] {
  if (root === undefined) return kind === 'project' ? [] : [emptyFile(file)];
  const plain = toPlain(root);
  const version = child(plain, 'plumbline');
  if (typeof version === 'number' && version !== FORMAT_VERSION) return [];
  const validate = kind === 'project' ? validateProject : validateMetrics;
  const errors = validate(plain)
    ? []
    : (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if').slice(0, MAX_ERRORS);
  const context = contextOf(kind, root, plain, file);
  const findings = [
    ...(errors.length === 0 ? [] : findingsOf(context, errors)),
    ...unwrittenExpectations(context),
    ...misreadScalars(context),
  ];
  return collapse(findings)
    .map((finding) => problemFrom(context, finding))
    .sort(compareProblems)
    .slice(0, MAX_PROBLEMS);
}

function emptyFile(file: string): Problem {
  const span = { start: 0, end: 0 };
  return problemOf(
    missingKey,
    { file, span },
    'A metrics file begins with `plumbline: 1`, the version of the format.',
    {
      fixes: [{ title: 'Add `plumbline: 1`', sure: true, edits: [{ file, span, text: 'plumbline: 1\n' }] }],
    },
  );
}

function findingsOf(context: SchemaContext, errors: readonly ValidationError[]): Finding[] {
  const lacking = new Map<string, { path: Path; missing: string[]; unknown: string[] }>();
  const lackingAt = (error: ValidationError) => {
    const entry = lacking.get(error.instancePath) ?? {
      path: pathOf(context, error.instancePath),
      missing: [],
      unknown: [],
    };
    lacking.set(error.instancePath, entry);
    return entry;
  };
  // A list of allowed values says more than a type, and of two complaints about one value the first is kept.
  const ordered = [...errors].sort((a, b) => Number(b.keyword === 'enum') - Number(a.keyword === 'enum'));
  const findings = ordered.flatMap((error) => {
    if (error.keyword === 'required') lackingAt(error).missing.push(String(error.params.missingProperty));
    if (error.keyword === 'additionalProperties')
      lackingAt(error).unknown.push(String(error.params.additionalProperty));
    return findingOf(context, error) ?? [];
  });
  for (const { path, missing, unknown } of lacking.values()) {
    const finding = missingKeyFinding(context, path, [...new Set(missing)], unknown);
    if (finding !== undefined) findings.push(finding);
  }
  return findings;
}

function findingOf(context: SchemaContext, error: ValidationError): Finding | undefined {
  const path = pathOf(context, error.instancePath);
  const { keyword, params } = error;
  switch (keyword) {
    case 'required':
      return undefined;
    case 'additionalProperties':
      return unknownKeyFinding(context, path, String(params.additionalProperty));
    case 'propertyNames':
      return wrongNameFinding(context, path, String(params.propertyName));
    case 'false schema':
      return conflictFinding(context, path);
    case 'pattern':
    case 'minLength':
      // On a map these speak of one of its keys, and `propertyNames` says which.
      return isMap(valueAtPath(context.plain, path)) ? undefined : wrongValueFinding(context, path, error);
    default:
      return wrongValueFinding(context, path, error);
  }
}

/** `expect:` with nothing behind it: the schema takes it for `null`, which would expect "no data". */
function unwrittenExpectations(context: SchemaContext): Finding[] {
  const metrics = nodeAt(context.root, ['metrics']);
  if (context.kind !== 'metrics' || metrics?.kind !== 'map') return [];
  return metrics.entries.flatMap(({ key }) => {
    const examples = nodeAt(context.root, ['metrics', key.text, 'examples']);
    if (examples?.kind !== 'seq') return [];
    return examples.items.flatMap((_, index) => {
      const path = ['metrics', key.text, 'examples', index, 'expect'];
      const value = nodeAt(context.root, path);
      return value?.kind === 'scalar' && value.style === 'missing'
        ? (missingValueFinding(context, path) ?? [])
        : [];
    });
  });
}

/** One finding per kind and place, and none about a value as a whole where something inside it was found. */
function collapse(findings: readonly Finding[]): Finding[] {
  const kept = new Map<string, Finding>();
  for (const finding of findings) {
    const { start, end } = finding.spot.span;
    const isValue = finding.kind === wrongValue || finding.kind === missingValue;
    const key = `${isValue ? 'value' : finding.kind.id} ${start} ${end} ${isValue ? JSON.stringify(finding.path) : ''}`;
    if (!kept.has(key)) kept.set(key, finding);
  }
  const all = [...kept.values()];
  const parents = new Set(
    all.flatMap(({ path }) => path.map((_, length) => JSON.stringify(path.slice(0, length)))),
  );
  return all.filter((finding) => finding.kind !== wrongValue || !parents.has(JSON.stringify(finding.path)));
}

function problemFrom(context: SchemaContext, { kind, spot, message, fix }: Finding): Problem {
  const { file } = context;
  if (spot.origin !== undefined) {
    // A repair of the anchored text could change its other uses, so none is offered.
    const related = [{ file, span: spot.origin, message: 'The text used here is written there.' }];
    return problemOf(kind, { file, span: spot.span }, message, { related });
  }
  if (fix === undefined) return problemOf(kind, { file, span: spot.span }, message);
  const { title, text, sure } = fix;
  const fixes: Fix[] = [{ title, sure, edits: [{ file, span: fix.span ?? spot.span, text }] }];
  return problemOf(kind, { file, span: spot.span }, message, { fixes });
}
