import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { rulePages } from '../../server/src/core/rule-pages.ts';
import { fillMarkers, markersOf, type Render } from './fill-markers.ts';
import { functionTable } from './function-table.ts';
import { formTable, keyTable, type LinkTo, sharedKeyTable } from './key-table.ts';
import { headingsOf } from './markdown.ts';
import { type Definitions, readDefinitions } from './schema.ts';

/** A page with generated text: its path from the root of the repository, and its Markdown. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** Every page of `docs/` of which something is generated, as it should be. Reads the schemas and the pages of the repository. */
export function generatedPages(): readonly Page[] {
  const definitions = allDefinitions();
  const written = writtenPages();
  const filled = written.map((page) => ({ ...page, text: filledPage(page, written, definitions) }));
  return [...rulePages(), ...filled];
}

/** The keys of both schemas; the settings of a project are `project`, the sections of a metrics file `file`. */
export function allDefinitions(): Definitions {
  return new Map([
    ...readDefinitions('schemas/plumbline.schema.json', 'project'),
    ...readDefinitions('schemas/metrics.schema.json', 'file'),
  ]);
}

/** The pages that people write, which may hold generated parts. Those of rules are generated as a whole. */
export function writtenPages(): readonly Page[] {
  return readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .map((name) => join('docs', name))
    .filter((path) => path.endsWith('.md') && !path.startsWith(join('docs', 'rules')))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

function filledPage(page: Page, pages: readonly Page[], definitions: Definitions): string {
  const linkTo = linksFrom(page, pages);
  const renders = new Map<string, Render>([
    ['keys', (name) => keyTable(definitions, name, linkTo)],
    ['shared', () => sharedKeyTable(definitions, linkTo)],
    ['forms', (names) => formTable(definitions, names.split(' '))],
    ['functions', functionTable],
  ]);
  return fillMarkers(page.text, renders);
}

/** Definitions are explained below the nearest heading above the marker of their table. */
function linksFrom(from: Page, pages: readonly Page[]): LinkTo {
  const places = new Map<string, string>();
  for (const page of pages) {
    const path = page.path === from.path ? '' : relative(dirname(from.path), page.path);
    const headings = headingsOf(page.text);
    const link = (at: number): string =>
      `${path}#${headings.findLast((heading) => heading.at < at)?.anchor ?? ''}`;
    for (const { name, at } of markersOf(page.text, 'keys')) places.set(name, link(at));
    for (const { name, at } of markersOf(page.text, 'forms')) {
      for (const form of name.split(' ')) places.set(form, link(at));
    }
  }
  return (definition) => places.get(definition);
}
