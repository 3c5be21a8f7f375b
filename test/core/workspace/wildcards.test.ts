import assert from 'node:assert/strict';
import fc from 'fast-check';
import ignore from 'ignore';
import picomatch from 'picomatch';
import { expandBraces } from '../../../server/src/core/workspace/braces.ts';
import { globMatcher } from '../../../server/src/core/workspace/globs.ts';
import { isIgnored, withRulesOf } from '../../../server/src/core/workspace/ignore-rules.ts';
import { createMemoryFileSystem } from '../../../server/src/hosts/memory-file-system.ts';

const letter = fc.constantFrom('a', 'b', '.', '-');
const name = fc.array(letter, { minLength: 1, maxLength: 4 }).map((letters) => letters.join(''));
const isOrdinary = (one: string): boolean => one !== '.' && one !== '..';
const path = fc
  .array(name.filter(isOrdinary), { minLength: 1, maxLength: 4 })
  .map((names) => names.join('/'));
const piece = fc.constantFrom('a', 'b', '.', '-', '*', '?', '[ab]', '[!a]', '[a-b]', '*a', 'b*');
const part = fc.oneof(
  { weight: 4, arbitrary: fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join('')) },
  { weight: 1, arbitrary: fc.constant('**') },
);
/** Two stars that are no part of their own have other meanings elsewhere. */
const isPlain = (pattern: string): boolean =>
  pattern.split('/').every((one) => one === '**' || !one.includes('**')) &&
  !/(^|\/)\.{1,2}(\/|$)/.test(pattern);
const pattern = fc
  .array(part, { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('/'))
  .filter(isPlain);

describe('patterns of paths', () => {
  it('match what an implementation by regular expressions matches', () => {
    fc.assert(
      fc.property(pattern, path, (glob, file) => {
        // There `**` at the end also matches the folder before it, and files are asked about here; a class may begin a hidden name there, and `!` negates none.
        fc.pre(!glob.endsWith('**') && !/(^|\/)\[/.test(glob));
        assert.equal(
          globMatcher([glob])(file),
          picomatch(glob.replaceAll('[!', '[^'), { windows: false })(file),
          `${glob} on ${file}`,
        );
      }),
      { numRuns: 5000 },
    );
  });

  it('ignore what an implementation of git’s rules by regular expressions ignores', async () => {
    const rule = fc.tuple(
      fc.constantFrom('', '!'),
      fc.constantFrom('', '/'),
      pattern,
      fc.constantFrom('', '/'),
    );
    const rules = fc.array(
      rule.map((parts) => parts.join('')),
      { minLength: 1, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(rules, path, fc.constantFrom('file', 'folder'), async (lines, file, kind) => {
        const fs = createMemoryFileSystem({ '/p/.gitignore': lines.join('\n') });
        const own = isIgnored(await withRulesOf(fs, [], '/p'), `/p/${file}`, kind as 'file' | 'folder');
        const { ignored } = ignore({ ignorecase: false })
          .add(lines.join('\n'))
          .test(kind === 'folder' ? `${file}/` : file);
        assert.equal(own, ignored, `${JSON.stringify(lines)} on ${kind} ${file}`);
      }),
      { numRuns: 3000 },
    );
  });

  it('take braces for the patterns that they stand for', () => {
    assert.deepEqual(expandBraces('a{b,{c,d}e}f'), ['abf', 'acef', 'adef']);
    assert.deepEqual(expandBraces('p-{9..11}'), ['p-9', 'p-10', 'p-11']);
    assert.deepEqual(expandBraces('{a}{,b'), ['{a}{,b']);
    assert.deepEqual(expandBraces('\\{a,b}'), ['\\{a,b}']);
    assert.equal(expandBraces('{a,b}'.repeat(30)), undefined);
    assert.equal(expandBraces('{1..999999}'), undefined);
  });

  it('take no longer where they could match in more ways than anybody can try', () => {
    const stars = `${'*a'.repeat(100)}*b`;
    const folders = `${'**/a/'.repeat(100)}b`;
    const long = 'a'.repeat(255);
    const deep = Array(200).fill('a').join('/');
    const started = performance.now();
    assert.equal(globMatcher([stars])(long), false);
    assert.equal(globMatcher([folders])(deep), false);
    // A tenth of the time would do on any machine; trying all ways would take ages of the universe.
    assert.ok(performance.now() - started < 5000);
  });

  it('are not read from an ignore file that is a link', async () => {
    const fs = createMemoryFileSystem({ '/outside/rules': '*.csv\n', '/p/a.csv': 'a\n' });
    fs.link('/p/.gitignore', '/outside/rules');
    assert.deepEqual(await withRulesOf(fs, [], '/p'), []);
  });
});
