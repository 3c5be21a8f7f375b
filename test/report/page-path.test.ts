import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isPagePath, pagePath } from '../../server/src/report/page-path.ts';

describe('the paths of pages', () => {
  it('are the names of the format, in a folder for each kind', () => {
    assert.equal(pagePath({ kind: 'metric', name: 'nps' }), 'metrics/nps.html');
    assert.equal(pagePath({ kind: 'journey', name: 'first_year' }), 'journeys/first_year.html');
    assert.equal(pagePath({ kind: 'scorecard' }), 'index.html');
  });

  it('are names that a file may have on every system, within the report, whatever the definition is called', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom(
        '../../evil',
        '..',
        '',
        'con',
        'nul',
        'com1',
        'CON',
        'a/b',
        'a\\b',
        'a:b',
        'a'.repeat(5000),
      ),
    );
    fc.assert(
      fc.property(names, (name) => {
        const path = pagePath({ kind: 'metric', name });
        assert.match(path, /^metrics\/[a-z0-9_-]+\.html$/);
        assert.ok(path.length < 130);
        assert.ok(isPagePath(path));
        assert.doesNotMatch(path, /\/(con|prn|aux|nul|com\d|lpt\d)\.html$/);
      }),
    );
  });

  it('differ where names do, also on disks that know no capitals', () => {
    const names = [
      'con',
      'con-',
      'nps',
      'NPS',
      'Nps',
      'n/ps',
      'n\\ps',
      'n ps',
      'x'.repeat(150),
      'x'.repeat(151),
      '',
      ' ',
    ];
    const paths = names.map((name) => pagePath({ kind: 'metric', name }).toLowerCase());
    assert.deepEqual(paths, [...new Set(paths)]);
  });

  it('are no others', () => {
    for (const path of [
      '../x.html',
      'metrics/../index.html',
      '/index.html',
      'metrics/a.txt',
      'index.htm',
      'notes/a.html',
      'metrics/a/b.html',
    ])
      assert.ok(!isPagePath(path), path);
  });
});
