import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { plainAjv, readSchema } from './kit.ts';

const estimate = { value: 41.5, n: 200, low: 35.2, high: 47.8, previous: 40, change: 1.5 };
const value = {
  period: '2025-05',
  start: '2025-05-01',
  end: '2025-06-01',
  partial: false,
  group: {},
  ...estimate,
};
const metric = {
  metric: 'nps',
  version: 1,
  type: 'nps',
  label: 'NPS',
  unit: 'points',
  decimals: null,
  better: 'higher',
  status: 'active',
  grain: 'month',
  headline: { period: '2025-05', ...estimate, target_status: 'on_track' },
  values: [
    value,
    {
      ...value,
      group: { company_size: 'enterprise' },
      value: null,
      n: 0,
      low: null,
      high: null,
      previous: null,
      change: null,
    },
  ],
  error: null,
};
const target = {
  target: 'nps_2025',
  metric: 'nps',
  segment: null,
  label: 'NPS 2025',
  goal: { at_least: 50 },
  period: '2025-Q4',
  start: '2025-10-01',
  end: '2026-01-01',
  status: 'on_track',
  value: 41.5,
  low: 35.2,
  high: 47.8,
  n: 200,
  progress: 0.3,
  expected: 41,
  error: null,
};
const problem = {
  code: 'unknown-key',
  severity: 'error',
  message: 'The metric `nps` has no key `valeu`.',
  file: 'survey.metrics.yaml',
  start: { line: 3, column: 5 },
  end: { line: 3, column: 10 },
};
const result = {
  project: 'acme',
  as_of: '2025-06-30',
  metrics: [metric],
  targets: [target],
  problems: [problem],
};

describe('the schema of results', () => {
  const validate = plainAjv('result');
  const refuses = (changed: object) => assert.equal(validate({ ...result, ...changed }), false);

  it('accepts a result, one with nothing in it, and one with fields that a later version adds', () => {
    assert.equal(validate(result), true, JSON.stringify(validate.errors));
    assert.equal(validate({ project: null, as_of: null, metrics: [], targets: [], problems: [] }), true);
    assert.equal(
      validate({
        ...result,
        extra: 1,
        metrics: [{ ...metric, extra: [], headline: null, error: 'No data.' }],
      }),
      true,
    );
  });

  it('refuses a result that lacks a field or holds another type', () => {
    const { error: _, ...withoutError } = metric;
    refuses({ metrics: [withoutError] });
    refuses({ as_of: '30 June 2025' });
    refuses({ metrics: [{ ...metric, values: [{ ...value, value: '41.5' }] }] });
    refuses({ metrics: [{ ...metric, values: [{ ...value, group: { company_size: null } }] }] });
    refuses({ targets: [{ ...target, status: 'fine' }] });
    refuses({ problems: [{ ...problem, start: { line: 0, column: 5 } }] });
  });

  it('describes the outputs of check and test', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    ajv.addSchema(readSchema('result'), 'result');
    const accepts = (name: string, output: object) => ajv.validate({ $ref: `result#/$defs/${name}` }, output);
    assert.equal(accepts('check', { problems: [problem], summary: { errors: 1, warnings: 0 } }), true);
    assert.equal(accepts('check', { problems: [] }), false);
    const place = { file: 'a.metrics.yaml', start: problem.start, end: problem.end };
    const example = {
      metric: 'nps',
      index: 0,
      place,
      passed: false,
      expected: 33.33,
      computed: 50,
      rows: 3,
      message: 'Expected 33.33, computed 50.',
    };
    assert.equal(accepts('test', { tests: [example], summary: { passed: 0, failed: 1 } }), true);
    assert.equal(
      accepts('test', { tests: [{ ...example, place: undefined }], summary: { passed: 0, failed: 1 } }),
      false,
    );
  });
});
