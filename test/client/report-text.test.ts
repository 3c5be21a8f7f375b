import assert from 'node:assert/strict';
import {
  lastPart,
  type Report,
  reportText,
  withoutPaths,
} from '../../client/src/features/report/report-text.ts';

const REPORT: Report = {
  versions: { Plumbline: '0.1.0', 'VS Code': '1.91.0 (desktop)' },
  server: {
    phase: 'running',
    engine: 'off',
    reason:
      'Not in /home/secret user/ext. Cannot load "/home/secret-user/ext/node_modules/duckdb.node" from C:\\Users\\secret-user\\ext and file:///secret-user/x.node',
  },
  trusted: true,
  places: ['/home/secret user'],
  settings: { 'plumbline.trends.enabled': false, 'plumbline.some.text': 'secret-text' },
  projects: [
    {
      folder: 'file:///home/secret-user/acme-metrics/',
      definitions: { metrics: 12 },
      problems: { 'unknown-column': 3 },
    },
  ],
};

describe('the report on the extension', () => {
  const text = reportText(REPORT);

  it('holds versions, states, settings and counts', () => {
    for (const wanted of [
      '| Plumbline | 0.1.0 |',
      '| engine | off |',
      '| `plumbline.trends.enabled` | false |',
      '### acme-metrics',
      '| metrics | 12 |',
      '| unknown-column | 3 |',
      'duckdb.node',
    ])
      assert.ok(text.includes(wanted), wanted);
  });

  it('holds nothing of where files lie, and no setting that is a text', () => {
    assert.doesNotMatch(text, /secret/);
  });

  it('keeps its tables whole, whatever stands in a cell', () => {
    const odd = reportText({ ...REPORT, versions: { 'a|b': 'c\nd' } });
    assert.ok(odd.includes('| a\\|b | c d |'));
  });

  it('says where there is nothing to tell', () => {
    const empty = reportText({ ...REPORT, settings: {}, projects: [] });
    assert.equal(empty.match(/^None\.$/gm)?.length, 2);
  });
});

describe('a text without paths', () => {
  for (const [written, shown] of [
    ['open /a/b/c.js failed', 'open …/c.js failed'],
    ['open C:\\a\\b.js:', 'open …/b.js:'],
    ['~/x/y.csv', '…/y.csv'],
    ['@duckdb/node-bindings/duckdb.js and 1/2 and/or', '@duckdb/node-bindings/duckdb.js and 1/2 and/or'],
    ['file:///a/b', '…/b'],
  ] as const)
    it(`of "${written}"`, () => assert.equal(withoutPaths(written), shown));

  it('has nothing of a folder that is known, whatever its name is', () => {
    const places = ['/home/jane doe', '/home/jane doe/acme & co'];
    assert.equal(withoutPaths('spawn /home/jane doe/acme & co/x failed', places), 'spawn …/x failed');
  });

  it('has the last part of paths of both kinds', () => {
    assert.deepEqual(['/a/b/', 'C:\\a\\b', 'file:///a/b', 'b'].map(lastPart), ['b', 'b', 'b', 'b']);
  });
});
