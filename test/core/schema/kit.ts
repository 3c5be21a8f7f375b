import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import type { Problem } from '../../../server/src/core/base/problem.ts';
import type { SchemaObject } from '../../../server/src/core/schema/json-schema.ts';
import { validateTree } from '../../../server/src/core/schema/validate.ts';
import { parseYaml } from '../../../server/src/core/syntax/yaml/parse.ts';

export type SchemaName = 'plumbline' | 'metrics' | 'result' | 'diff';

/** A schema as published. Tests run in the root of the project. */
export function readSchema(name: SchemaName): SchemaObject {
  return JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8')) as SchemaObject;
}

const compiled = new Map<SchemaName, ValidateFunction>();

/** The schema compiled by Ajv as any other tool would use it: strict, and without anything of ours. */
export function plainAjv(name: SchemaName): ValidateFunction {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
  const validate = ajv.compile(readSchema(name));
  compiled.set(name, validate);
  return validate;
}

/** Asserts that both the plain schema (on a public YAML parser) and our validator accept a text. */
export function assertValid(kind: 'project' | 'metrics', text: string, name = 'a'): void {
  const validate = plainAjv(kind === 'project' ? 'plumbline' : 'metrics');
  validate(parse(text, { merge: true }));
  assert.deepEqual(validate.errors ?? [], [], name);
  assert.deepEqual(
    problemsOf(kind, text).map(({ message }) => message),
    [],
    name,
  );
}

/** What our validator says of a text, which must be YAML without mistakes. */
export function problemsOf(kind: 'project' | 'metrics', text: string): Problem[] {
  const tree = parseYaml(text);
  assert.deepEqual(
    tree.issues.map(({ message }) => message),
    [],
    text,
  );
  return validateTree(kind, tree.root, 'a.yaml');
}

/** A text with one range between `⟦` and `⟧`, without these marks, and the range. */
export function marked(text: string): { text: string; span: { start: number; end: number } } {
  const start = text.indexOf('⟦');
  const end = text.indexOf('⟧') - 1;
  assert.ok(start >= 0 && end >= start, `no ⟦range⟧ in: ${text}`);
  return { text: text.replace('⟦', '').replace('⟧', ''), span: { start, end } };
}
