import assert from 'node:assert/strict';
import { settingProblems } from '../../../server/src/core/model/setting-problems.ts';
import { readText } from '../../kit/metrics-file.ts';

const settingsOf = (text: string) => readText('', text).settings;
const problemsOf = (text: string, metrics = '') =>
  settingProblems(readText(metrics, text)).map(({ code, file, span }) => [
    code,
    (file.endsWith('plumbline.yaml') ? text : metrics).slice(span.start, span.end),
  ]);

describe('readSettings', () => {
  it('reads every setting', () => {
    const settings = settingsOf(`plumbline: 1
name: acme-customer-metrics
timezone: Europe/London       # IANA; default UTC
currency: EUR
as_of: 2025-06-30
grain: quarter
files: ["metrics/*.yaml", "!metrics/old.yaml"]
rules: { metric-needs-owner: error, target-needs-why: off, other: loud }
`);
    assert.equal(settings.version?.text, '1');
    assert.equal(settings.name, 'acme-customer-metrics');
    assert.equal(settings.timezone, 'Europe/London');
    assert.equal(settings.currency, 'EUR');
    assert.equal(settings.asOf, '2025-06-30');
    assert.equal(settings.grain, 'quarter');
    assert.deepEqual(settings.files, ['metrics/*.yaml', '!metrics/old.yaml']);
    assert.deepEqual(
      [...settings.rules],
      [
        ['metric-needs-owner', 'error'],
        ['target-needs-why', 'off'],
      ],
    );
  });

  it('has the defaults of the format', () => {
    for (const text of ['', 'name: x\ntimezone:\ngrain: fortnight\nfiles: []\nrules: strict\n']) {
      const settings = settingsOf(text);
      assert.equal(settings.timezone, 'UTC');
      assert.equal(settings.grain, 'month');
      assert.equal(settings.asOf, undefined);
      assert.deepEqual(settings.files, ['**/*.metrics.yaml', '**/*.metrics.yml']);
      assert.equal(settings.rules.size, 0);
    }
  });
});

describe('settingProblems', () => {
  it('finds time zones that are none, at their name', () => {
    assert.deepEqual(problemsOf('timezone: London\n'), [['unknown-timezone', 'London']]);
    assert.deepEqual(problemsOf('timezone: "+01:00"\n'), [['unknown-timezone', '"+01:00"']]);
    assert.deepEqual(problemsOf('timezone: Europe/London\n'), []);
    assert.deepEqual(problemsOf('timezone: UTC\n'), []);
    assert.equal(settingsOf('timezone: London\n').timezone, 'UTC');
  });

  it('finds time zones of sources', () => {
    const metrics = 'sources:\n  a: { timezone: America/New_York }\n  b: { timezone: EST5EDTX }\n';
    assert.deepEqual(problemsOf('plumbline: 1\n', metrics), [['unknown-timezone', 'EST5EDTX']]);
  });

  it('finds dates that are not in the calendar', () => {
    assert.deepEqual(problemsOf('as_of: 2025-06-31\n'), [['bad-setting-date', '2025-06-31']]);
    assert.deepEqual(problemsOf('as_of: 2025-06\n'), [['bad-setting-date', '2025-06']]);
    assert.deepEqual(problemsOf('as_of: 2024-02-29\n'), []);
    assert.equal(settingsOf('as_of: 2025-06-31\n').asOf, undefined);
  });
});
