import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { headingsOf, withoutFences } from '../../scripts/docs/markdown.ts';

/** The documents of the repository, by path from its root. */
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'server/ARCHITECTURE.md',
  'samples/saas/README.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

interface Link {
  readonly from: string;
  readonly to: string;
  readonly anchor: string | undefined;
}

/** The relative links of a document; what stands in code is none. */
function linksOf(from: string): readonly Link[] {
  const text = withoutFences(readFileSync(from, 'utf8')).replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(([, path = '', anchor]) => ({
    from,
    to: path === '' ? from : normalize(join(dirname(from), path)),
    anchor,
  }));
}

describe('the links of the documents', () => {
  const links = DOCUMENTS.flatMap(linksOf);

  it('lead to files that are there', () => {
    assert.ok(links.length > 100);
    assert.deepEqual(
      links.filter(({ to }) => !existsSync(to)),
      [],
    );
  });

  it('lead to headings that are there', () => {
    const broken = links.filter(
      ({ to, anchor }) =>
        anchor !== undefined &&
        to.endsWith('.md') &&
        !headingsOf(readFileSync(to, 'utf8')).some((heading) => heading.anchor === anchor),
    );
    assert.deepEqual(broken, []);
  });

  it('reach every page from the index', () => {
    const reached = new Set(['docs/README.md']);
    for (const page of reached) {
      if (page.endsWith('.md') && existsSync(page)) for (const { to } of linksOf(page)) reached.add(to);
    }
    const pages = DOCUMENTS.filter((path) => path.startsWith('docs/'));
    assert.deepEqual(
      pages.filter((path) => !reached.has(path)),
      [],
    );
  });
});
