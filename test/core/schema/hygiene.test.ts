import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { expectedAt } from '../../../server/src/core/schema/expectations.ts';
import type { JsonSchema, SchemaObject } from '../../../server/src/core/schema/json-schema.ts';
import { schemaProblems } from '../../../server/src/core/schema/problems.ts';
import { problemsOf, readSchema, type SchemaName } from './kit.ts';

const names: readonly SchemaName[] = ['plumbline', 'metrics', 'result', 'diff'];

interface Visit {
  readonly schema: JsonSchema;
  /** How it was reached, for messages. */
  readonly path: string;
  readonly under: string;
}

/** Every schema inside a schema, with the keyword it stands under. */
function* schemasIn(schema: JsonSchema, path = '#', under = 'root'): Generator<Visit> {
  yield { schema, path, under };
  if (typeof schema === 'boolean') return;
  for (const [keyword, value] of Object.entries(schema)) {
    if (['properties', 'patternProperties', '$defs'].includes(keyword)) {
      for (const [key, each] of Object.entries(value as Record<string, JsonSchema>)) {
        yield* schemasIn(each, `${path}/${keyword}/${key}`, keyword);
      }
    } else if (['allOf', 'anyOf'].includes(keyword)) {
      for (const [index, each] of (value as JsonSchema[]).entries())
        yield* schemasIn(each, `${path}/${keyword}/${index}`, keyword);
    } else if (
      ['items', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else'].includes(keyword)
    ) {
      yield* schemasIn(value as JsonSchema, `${path}/${keyword}`, keyword);
    }
  }
}

function descriptionOf(root: SchemaObject, schema: SchemaObject): string {
  const target = root.$defs?.[schema.$ref?.replace('#/$defs/', '') ?? ''];
  return schema.description ?? target?.description ?? '';
}

for (const name of names) {
  describe(`schemas/${name}.schema.json`, () => {
    const root = readSchema(name);
    const all = [...schemasIn(root)];

    it('is valid against the meta-schema and compiles in strict mode', () => {
      const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
      assert.equal(ajv.validateSchema(root), true);
      assert.doesNotThrow(() => ajv.compile(root));
    });

    it('has a stable name without a host', () => {
      assert.match((root as { $id?: string }).$id ?? '', /^urn:plumbline:schema:[a-z]+:1$/);
    });

    it('describes every property in words', () => {
      // `true` lists a key that is described at the metric itself; `false` refuses one.
      const silent = all.filter(
        ({ schema, under, path }) =>
          under === 'properties' &&
          typeof schema !== 'boolean' &&
          !/\/(if|not)\//.test(path) &&
          descriptionOf(root, schema).length < 20,
      );
      assert.deepEqual(
        silent.map(({ path }) => path),
        [],
      );
    });

    it('gives every definition a title and a description', () => {
      const silent = Object.entries(root.$defs ?? {}).filter(
        ([, { title = '', description = '' }]) => title === '' || description.length < 20,
      );
      assert.deepEqual(
        silent.map(([key]) => key),
        [],
      );
    });

    it('refers only to definitions that exist, and to each of them', () => {
      const used = new Set(
        all.flatMap(({ schema }) => (typeof schema === 'boolean' ? [] : (schema.$ref ?? []))),
      );
      const defined = Object.keys(root.$defs ?? {}).map((key) => `#/$defs/${key}`);
      assert.deepEqual(
        [...used].filter((ref) => !defined.includes(ref)),
        [],
      );
      // The outputs of `check`, `ci`, `test` and `test --mutate` are not part of that of `eval`.
      assert.deepEqual(
        defined.filter((ref) => !used.has(ref)),
        name === 'result' ? ['#/$defs/check', '#/$defs/ci', '#/$defs/test', '#/$defs/mutate'] : [],
      );
    });
  });
}

describe('the schema of metrics files, for those who read it', () => {
  const root = readSchema('metrics');
  const all = [...schemasIn(root)];
  const metric = root.$defs?.metric;

  it('has a branch for each type of metric, each of which takes the common keys', () => {
    const types = (metric?.properties?.type as SchemaObject | undefined)?.enum?.map(String) ?? [];
    assert.deepEqual(
      types.toSorted(),
      [...kinds.keys()].toSorted(),
      'the types in the schema are those of kinds/',
    );
    const withoutWindow = ['cohort_retention', 'conversion', 'lifetime_value'];
    for (const type of types) {
      const branch = root.$defs?.[`metric_${type}`];
      const lacking = Object.keys(metric?.properties ?? {}).filter(
        (key) => branch?.properties?.[key] === undefined,
      );
      assert.deepEqual(lacking, withoutWindow.includes(type) ? ['window'] : [], type);
      assert.equal(branch?.additionalProperties, false, type);
    }
  });

  it('decides between branches only by keywords that hovers and completion understand', () => {
    const understood = ['type', 'const', 'enum', 'required', 'properties', 'not', 'anyOf'];
    const conditions = all
      .filter(({ under }) => under === 'if')
      .flatMap(({ schema, path }) => [...schemasIn(schema, path)]);
    const strange = conditions.flatMap(({ schema, path }) =>
      typeof schema === 'boolean'
        ? []
        : Object.keys(schema)
            .filter((key) => !understood.includes(key))
            .map((key) => `${path}/${key}`),
    );
    assert.deepEqual(strange, []);
  });

  it('never reports the failures of several branches at once', () => {
    const keywords = all.flatMap(({ schema }) => (typeof schema === 'boolean' ? [] : Object.keys(schema)));
    assert.equal(keywords.includes('oneOf'), false);
    const loose = all.filter(
      ({ schema, path }) =>
        typeof schema !== 'boolean' && schema.anyOf !== undefined && !path.includes('/if'),
    );
    assert.deepEqual(loose, []);
  });

  it('has words of its own for whatever must match a pattern', () => {
    for (const name of ['plumbline', 'metrics'] as const) {
      const schema = readSchema(name);
      for (const { schema: each, path } of schemasIn(schema)) {
        if (typeof each === 'boolean' || !('pattern' in each)) continue;
        const definition = /^#\/\$defs\/(\w+)$/.exec(path)?.[1];
        assert.ok(definition, `${path}: a pattern stands in a definition of its own`);
        assert.doesNotMatch(expectedAt([{ name: definition, schema: {} }]), /^$/, path);
      }
    }
  });
});

describe('problems of the schema floor', () => {
  it('have stable slugs and a page each', () => {
    const ids = schemaProblems.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
    for (const { id, summary, documentation } of schemaProblems) {
      assert.match(id, /^[a-z]+(-[a-z]+)*$/);
      assert.ok(summary.length > 20, id);
      assert.match(documentation, /```yaml[\s\S]+\*\*What to do:\*\*/, id);
    }
  });

  it('are never worded by Ajv', () => {
    const text =
      'plumbline: 1\nmetrics: { a: { type: nps, x: 1 }, B: 5, c: { type: count, version: 0, tags: 1 } }\n';
    for (const { message } of problemsOf('metrics', text)) {
      assert.doesNotMatch(message, /must NOT|must match|must have required|additional propert/);
    }
  });
});
