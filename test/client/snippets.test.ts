import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { kinds } from '../../server/src/core/kinds/index.ts';
import { projectOf } from '../kit/project.ts';
import { manifest } from './manifest.ts';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const [contributed] = manifest().contributes.snippets;
const snippets: Readonly<Record<string, Snippet>> = JSON.parse(readFileSync(contributed?.path ?? '', 'utf8'));

/** What the editor inserts when every placeholder is left as it is. */
function filled({ body }: Snippet): string {
  return body
    .join('\n')
    .replaceAll('$CURRENT_YEAR', '2026')
    .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll(/\$\d+/g, '');
}

/** The definitions that a snippet makes, in a file of their own. */
function fileWith(name: string, snippet: Snippet): string {
  const text = filled(snippet);
  if (text.startsWith('plumbline:')) return text;
  const kind = name.split(':')[0]?.toLowerCase() ?? '';
  const indented = (columns: number): string => text.replaceAll(/^(?=.)/gm, ' '.repeat(columns));
  if (kind === 'example')
    return `plumbline: 1\nmetrics:\n  m:\n    type: count\n    source: s\n    examples:\n${indented(6)}\n`;
  return `plumbline: 1\n${kind}s:\n${indented(2)}\n`;
}

describe('the snippets', () => {
  for (const [name, snippet] of Object.entries(snippets)) {
    it(`"${name}" has the form that the format asks for`, async () => {
      const text = fileWith(name, snippet);
      const { problems } = await projectOf({
        'a.metrics.yaml': text,
        'data/orders.csv': 'id,ordered_on\n1,2025-01-05\n',
      });
      assert.deepEqual(
        problems.map(({ code, message }) => `${code}: ${message}`),
        [],
        text,
      );
    });
  }

  it('begin a metric of each type', () => {
    const types = Object.values(snippets).flatMap(
      (snippet) => /^ {2}type: (\w+)$/m.exec(filled(snippet))?.[1] ?? [],
    );
    assert.deepEqual(new Set(types), new Set(kinds.keys()));
  });

  it('begin a definition of each kind', () => {
    const begun = new Set(Object.keys(snippets).map((name) => name.split(':')[0]));
    for (const kind of ['Source', 'Segment', 'Metric', 'Target', 'Journey']) assert.ok(begun.has(kind), kind);
  });

  it('are told apart by what is typed, and do not crowd out the names of types', () => {
    const prefixes = Object.values(snippets).map(({ prefix }) => prefix);
    assert.equal(new Set(prefixes).size, prefixes.length);
    assert.deepEqual(
      prefixes.filter((prefix) => kinds.has(prefix)),
      [],
    );
  });

  it('have placeholders that are numbered from 1 and a place to end', () => {
    for (const [name, { body }] of Object.entries(snippets)) {
      const numbers = [...body.join('\n').matchAll(/\$\{?(\d+)/g)].map(([, number]) => Number(number));
      const most = Math.max(...numbers);
      assert.deepEqual(
        new Set(numbers),
        new Set(Array.from({ length: most + 1 }, (_, index) => index)),
        name,
      );
    }
  });
});
