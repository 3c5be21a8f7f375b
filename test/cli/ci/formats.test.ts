import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasFailed } from '../../../server/src/cli/ci/ci-report.ts';
import { repository, resultValidator } from '../kit.ts';
import { parseXml } from '../xml.ts';
import { problemAtText, reportOf, TEXT, written } from './report-kit.ts';

const SCHEMAS = join(repository(), 'test/fixtures/schemas');

const PROBLEMS = [
  problemAtText(TEXT, 'ordres', 'revenue', {
    related: [
      { file: '/repo/metrics/a.metrics.yaml', span: { start: 0, end: 9 }, message: 'It is read here.' },
    ],
  }),
  problemAtText(TEXT, 'ordres', 'orders:', { severity: 'warning' }),
  problemAtText(TEXT, 'count', '', {
    code: 'unknown-key',
    severity: 'info',
    counts: { count: 3, rows: [1, 2, 7] },
  }),
];

describe('the formats of plumbline ci', () => {
  it('write SARIF that its schema of OASIS accepts, with the rules and the places', async () => {
    const log = JSON.parse(written('sarif', reportOf(PROBLEMS)));
    assert.deepEqual(await sarifErrors(log), []);
    const [run] = log.runs;
    assert.deepEqual(
      run.tool.driver.rules.map(({ id }: { readonly id: string }) => id),
      ['missing-source', 'unknown-key'],
    );
    const [first, second, third] = run.results;
    assert.deepEqual(first.locations[0].physicalLocation, {
      artifactLocation: { uri: 'metrics/a.metrics.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 3, startColumn: 33, endLine: 3, endColumn: 39 },
    });
    assert.deepEqual(
      [first, second, third].map(({ level }) => level),
      ['error', 'warning', 'note'],
    );
    for (const { ruleId, ruleIndex } of run.results)
      assert.equal(run.tool.driver.rules[ruleIndex].id, ruleId);
    const prints = run.results.map((one: typeof first) => one.partialFingerprints.primaryLocationLineHash);
    assert.equal(new Set(prints).size, 3);
  });

  it('notice what SARIF does not allow', async () => {
    const log = JSON.parse(written('sarif', reportOf(PROBLEMS)));
    log.runs[0].results[0].level = 'fatal';
    assert.notDeepEqual(await sarifErrors(log), []);
  });

  it('write JUnit with a case for each new error, and the rest in the output', () => {
    const [definitions, tests] = parseXml(written('junit', reportOf(PROBLEMS))).children;
    const cases = definitions?.children.filter(({ name }) => name === 'testcase') ?? [];
    assert.equal(definitions?.attributes.failures, '1');
    assert.equal(definitions?.attributes.tests, String(cases.length));
    const output = definitions?.children.find(({ name }) => name === 'system-out')?.text ?? '';
    assert.match(output, /^warning metrics\/a/);
    assert.match(output, /^info metrics\/a/m);
    assert.equal(tests?.attributes.failures, '0');
  });

  it('write JSON as the schema of results states it', async () => {
    const validate = await resultValidator('ci');
    assert.deepEqual(validate(JSON.parse(written('json', reportOf(PROBLEMS)))), []);
    assert.notDeepEqual(validate({ passed: true }), []);
  });

  it('write what GitLab asks of code quality', () => {
    const issues: readonly Record<string, unknown>[] = JSON.parse(written('gitlab', reportOf(PROBLEMS)));
    assert.equal(new Set(issues.map(({ fingerprint }) => fingerprint)).size, 3);
    assert.deepEqual(
      issues.map(({ severity }) => severity),
      ['major', 'minor', 'info'],
    );
    assert.deepEqual(issues[0]?.location, { path: 'metrics/a.metrics.yaml', lines: { begin: 3 } });
  });

  // GitHub counts the last column in, as the end of one character is its start.
  it('write commands that GitHub reads, each with its place', () => {
    assert.equal(
      written('github', reportOf(PROBLEMS.slice(0, 1))),
      '::error file=metrics/a.metrics.yaml,line=3,endLine=3,col=33,endColumn=38,title=missing-source::There is no source "ordres".\n',
    );
  });

  it('say in every format what fails, and fail by warnings where they are too many', () => {
    const warning = reportOf(PROBLEMS.slice(1), { maxWarnings: 0 });
    assert.equal(hasFailed(warning), true);
    assert.equal(hasFailed({ ...warning, maxWarnings: 1 }), false);
    assert.match(
      written('text', warning),
      /Failed: 1 warning and 1 note\. 1 warning, where --max-warnings lets 0 pass\./,
    );
    assert.match(written('markdown', warning), /^## ❌ Plumbline: failed/);
  });
});

async function sarifErrors(log: unknown): Promise<readonly string[]> {
  const { default: Ajv04 } = await import('ajv-draft-04');
  const schema: unknown = JSON.parse(readFileSync(join(SCHEMAS, 'sarif-2.1.0-rtm.5.json'), 'utf8'));
  const ajv = new Ajv04({ strict: false, allErrors: true, unicodeRegExp: false });
  ajv.addFormat('uri', (text: string) => URL.canParse(text));
  // RFC 3986: only these characters, and a percent sign only before two hexadecimal digits.
  ajv.addFormat('uri-reference', /^(?:[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$/);
  ajv.addFormat('date-time', (text: string) => !Number.isNaN(Date.parse(text)));
  const validate = ajv.compile(schema as object);
  validate(log);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
