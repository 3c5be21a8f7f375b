import assert from 'node:assert/strict';
import fc from 'fast-check';
import ignore from 'ignore';
import { codeOwnersOf, parseCodeOwners } from '../../../server/src/core/policy/code-owners.ts';
import { readCodeOwners } from '../../../server/src/core/policy/read-code-owners.ts';

/** The owners of a path, by the lines of a file at the top of the repository, or elsewhere. */
function ownersOf(lines: readonly string[], path: string, at = 'CODEOWNERS'): readonly string[] {
  return codeOwnersOf(parseCodeOwners(lines.join('\n'), at), path);
}

interface Case {
  readonly says: string;
  readonly lines: readonly string[];
  /** Paths with their owners; none where there are none. */
  readonly owners: Readonly<Record<string, string>>;
}

/**
 * The example and the rules of "About code owners" in the documentation of GitHub, sentence by sentence; the paths are those that the sentences
 * name, and others of the kind.
 */
const GITHUB: readonly Case[] = [
  {
    says: 'default owners own everything, unless a later match takes precedence',
    lines: ['*       @global-owner1 @global-owner2', '*.js    @js-owner #This is an inline comment.'],
    owners: {
      'a.rb': '@global-owner1 @global-owner2',
      'lib/deep/a.rb': '@global-owner1 @global-owner2',
      'a.js': '@js-owner',
      'lib/deep/a.js': '@js-owner',
    },
  },
  {
    says: 'order is important: the last matching pattern counts',
    lines: ['*.js @js-owner', '* @global-owner1'],
    owners: { 'a.js': '@global-owner1' },
  },
  {
    says: 'addresses and teams own files',
    lines: ['*.go docs@example.com', '*.txt @octo-org/octocats'],
    owners: { 'a.go': 'docs@example.com', 'x/a.txt': '@octo-org/octocats', 'a.md': '' },
  },
  {
    says: 'a folder at the root with all below it',
    lines: ['/build/logs/ @doctocat'],
    owners: {
      'build/logs/a.log': '@doctocat',
      'build/logs/x/y/a.log': '@doctocat',
      'build/logs': '',
      'src/build/logs/a.log': '',
    },
  },
  {
    says: 'docs/* matches files in it, and no files nested further',
    lines: ['docs/*  docs@example.com'],
    owners: {
      'docs/getting-started.md': 'docs@example.com',
      'docs/build-app/troubleshooting.md': '',
      'src/docs/a.md': '',
    },
  },
  {
    says: 'a folder anywhere in the repository',
    lines: ['apps/ @octocat'],
    owners: { 'apps/a.js': '@octocat', 'x/apps/y/a.js': '@octocat', 'my-apps/a.js': '' },
  },
  {
    says: 'several owners stand on one line; of two lines the last counts',
    lines: ['/scripts/ @doctocat @octocat', '/apps/ @doctocat', '/apps/ @octocat'],
    owners: { 'scripts/a.sh': '@doctocat @octocat', 'apps/a.js': '@octocat' },
  },
  {
    says: '**/logs is any such folder, such as /build/logs, /scripts/logs and /deeply/nested/logs',
    lines: ['**/logs @octocat'],
    owners: {
      'build/logs/a': '@octocat',
      'scripts/logs/a': '@octocat',
      'deeply/nested/logs/a': '@octocat',
      'logs/a': '@octocat',
      'logs2/a': '',
    },
  },
  {
    says: 'owners that are left empty take the folder out',
    lines: ['/apps/ @octocat', '/apps/github'],
    owners: { 'apps/a.js': '@octocat', 'apps/github/a.js': '', 'apps/githubs/a.js': '@octocat' },
  },
  {
    says: 'another owner may stand there',
    lines: ['/apps/ @octocat', '/apps/github @doctocat'],
    owners: { 'apps/a.js': '@octocat', 'apps/github/a.js': '@doctocat' },
  },
  {
    says: 'comments, empty lines and a line end of Windows say nothing',
    lines: ['# * @comment', '', '\t', '*\t@octocat\r'],
    owners: { a: '@octocat' },
  },
  {
    says: 'negation, character ranges and an escaped # do not work: the line is skipped',
    lines: ['* @octocat', '!a.js @doctocat', '[ab].js @doctocat', '\\#a.js @doctocat'],
    owners: { 'a.js': '@octocat', 'b.js': '@octocat', '#a.js': '@octocat', '!a.js': '@octocat' },
  },
  {
    says: 'paths are case sensitive',
    lines: ['/Docs/ @octocat'],
    owners: { 'Docs/a': '@octocat', 'docs/a': '' },
  },
  {
    says: 'a line with something that is no owner is skipped as a whole',
    lines: ['* @octocat', '*.js @doctocat owner', '*.md <img src=x>', '*.go @a/b @'],
    owners: { 'a.js': '@octocat', 'a.md': '@octocat', 'a.go': '@octocat' },
  },
  {
    says: 'a blank in a path is escaped',
    lines: ['/my\\ docs/ @octocat'],
    owners: { 'my docs/a': '@octocat', 'my/a': '' },
  },
];

/** Examples of the pages "Syntax of CODEOWNERS file" and "Advanced CODEOWNERS configuration" of GitLab, with what they say of them. */
const GITLAB: readonly Case[] = [
  {
    says: 'entries without a section are as in a section of their own, and each section has its say',
    lines: [
      '# Required for all files',
      '* @general-approvers',
      '',
      '[Documentation] @docs-team',
      'docs/',
      'README.md',
      '*.txt',
      '',
      '[Database] @database-team',
      'model/db/',
      'config/db/database-setup.md @docs-team',
    ],
    owners: {
      'a.rb': '@general-approvers',
      'README.md': '@general-approvers @docs-team',
      'docs/a/b.rb': '@general-approvers @docs-team',
      'notes.txt': '@general-approvers @docs-team',
      'model/db/a.rb': '@general-approvers @database-team',
      'config/db/database-setup.md': '@general-approvers @docs-team',
    },
  },
  {
    says: 'sections are optional or ask for several approvals, and those of one name are one',
    lines: [
      '[Documentation][2] @docs-team',
      'docs/',
      '^[Database] @database-team',
      'model/',
      '[DOCUMENTATION] @second',
      'docs/b',
    ],
    owners: { 'docs/a': '@docs-team', 'docs/b': '@second', 'model/a': '@database-team' },
  },
  {
    says: 'patterns of folders, and of files in any folder below',
    lines: [
      '[a]',
      '/docs/ @all-docs',
      '/docs/* @root-docs',
      '/docs/**/*.md @markdown-docs',
      '/db/**/index.md @index-docs',
    ],
    owners: {
      'docs/a/b.txt': '@all-docs',
      'docs/b.txt': '@root-docs',
      'docs/a/b.md': '@markdown-docs',
      'db/x/y/index.md': '@index-docs',
    },
  },
  {
    says: 'without a slash at its start a path lies anywhere, and without one at its end it is a file',
    lines: ['[a]', 'internal/README.md @octo', '/lib @lib'],
    owners: { 'x/internal/README.md': '@octo', 'lib/a.rb': '', lib: '@lib' },
  },
  {
    says: 'groups, nested groups, roles, addresses, an escaped # and escaped blanks',
    lines: [
      '[a]',
      'README @group @group/with-nested/subgroup',
      '/config/ @@maintainer',
      'LICENSE @legal janedoe@gitlab.com',
      '\\#file @pound',
      'path\\ with\\ spaces/ @space-owner',
    ],
    owners: {
      README: '@group @group/with-nested/subgroup',
      'config/a': '@@maintainer',
      LICENSE: '@legal janedoe@gitlab.com',
      '#file': '@pound',
      'path with spaces/a': '@space-owner',
    },
  },
  {
    says: 'an exclusion takes files out of its section, and they do not come back',
    lines: [
      '[Ruby]',
      '*.rb @ruby-team',
      '!/config/**/*.rb',
      '/config/routes.rb @ops',
      '[All]',
      '* @everyone',
    ],
    owners: { 'a.rb': '@ruby-team @everyone', 'config/a.rb': '@everyone', 'config/routes.rb': '@everyone' },
  },
];

describe('the owners that CODEOWNERS names', () => {
  for (const { says, lines, owners } of GITHUB) {
    it(`are those of GitHub: ${says}`, () => {
      for (const at of ['CODEOWNERS', '.github/CODEOWNERS']) {
        const found = Object.keys(owners).map((path) => [path, ownersOf(lines, path, at).join(' ')]);
        assert.deepEqual(Object.fromEntries(found), owners);
      }
    });
  }

  for (const { says, lines, owners } of GITLAB) {
    it(`are those of GitLab: ${says}`, () => {
      for (const at of ['CODEOWNERS', '.gitlab/CODEOWNERS']) {
        const found = Object.keys(owners).map((path) => [path, ownersOf(lines, path, at).join(' ')]);
        assert.deepEqual(Object.fromEntries(found), owners);
      }
    });
  }

  it('are, where GitHub reads, those of no section', () => {
    assert.deepEqual(ownersOf(['* @a', '[Docs] @b', '*.md'], 'a.md', '.github/CODEOWNERS'), []);
    assert.deepEqual(ownersOf(['* @a', '[Docs] @b', '*.js @c'], 'a.md', '.github/CODEOWNERS'), ['@a']);
  });

  it('match as a second implementation of the patterns of .gitignore does', () => {
    const piece = fc.constantFrom('a', 'b', '.', '-', '*', '?', 'a*', '*b');
    const part = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join('')),
      },
      { weight: 1, arbitrary: fc.constant('**') },
    );
    const pattern = fc
      .tuple(fc.boolean(), fc.array(part, { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([placed, parts, folder]) => `${placed ? '/' : ''}${parts.join('/')}${folder ? '/' : ''}`)
      .filter((text) => text.split('/').every((one) => one === '**' || !one.includes('**')))
      .filter((text) => !/(^|\/)\.{1,2}(\/|$)/.test(text))
      // Here the two differ: `folder/*` does not go into folders for code owners.
      .filter((text) => !/\/\*$/.test(text));
    const name = fc
      .array(fc.constantFrom('a', 'b', '.', '-'), { minLength: 1, maxLength: 3 })
      .map((letters) => letters.join(''))
      .filter((one) => one !== '.' && one !== '..');
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
    fc.assert(
      fc.property(pattern, path, (glob, file) => {
        assert.equal(
          ownersOf([`${glob} @a`], file).length === 1,
          ignore({ ignorecase: false }).add(glob).ignores(file),
          `${glob} on ${file}`,
        );
      }),
      { numRuns: 3000 },
    );
  });

  it('are names and addresses, whatever stands there', () => {
    const words = [
      '@a<img>',
      '@a\u202eb',
      '[x](https://evil.example)',
      '::error::x',
      '@a\u001b[31m',
      `@${'a'.repeat(300)}`,
    ];
    for (const word of words) {
      assert.deepEqual(ownersOf([`* ${word}`], 'a'), [], word);
      assert.deepEqual(ownersOf(['[s]', `* @b ${word}`], 'a'), ['@b'], word);
    }
  });

  it('take no longer for a pattern that is made to take long', () => {
    const line = `/${'a*'.repeat(1000)}b @x`;
    assert.deepEqual(ownersOf([line], 'a'.repeat(4000)), []);
    assert.deepEqual(ownersOf([`${'**/'.repeat(500)}x @x`], `${'a/'.repeat(500)}b`), []);
  });

  it('are those of the first file that the servers look at', async () => {
    const found = async (files: Readonly<Record<string, string>>): Promise<readonly string[] | undefined> => {
      const known = await readCodeOwners({ folder: 'metrics', readText: async (path) => files[path] });
      assert.equal(known?.folder ?? 'metrics', 'metrics');
      return known && codeOwnersOf(known.owners, 'a');
    };
    const all = {
      '.github/CODEOWNERS': '* @1',
      CODEOWNERS: '* @2',
      'docs/CODEOWNERS': '* @3',
      '.gitlab/CODEOWNERS': '* @4',
    };
    const { '.github/CODEOWNERS': _one, ...three } = all;
    const { CODEOWNERS: _two, ...two } = three;
    const { 'docs/CODEOWNERS': _three, ...last } = two;
    assert.deepEqual(await Promise.all([all, three, two, last, {}].map(found)), [
      ['@1'],
      ['@2'],
      ['@3'],
      ['@4'],
      undefined,
    ]);
  });
});
