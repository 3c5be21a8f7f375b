import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Block } from './blocks.ts';

/** The files of the project that a page builds, by path from its root. */
export type Files = Readonly<Record<string, string>>;

/** Where a YAML block goes that names no file. */
export const EXAMPLE = 'example.metrics.yaml';

/** What a page has built so far. */
export interface PageProject {
  /** The files that blocks named, and those of the folder that the page is about. */
  readonly named: Files;
  /** The last YAML block that names no file. */
  readonly example: string | undefined;
}

/** The project of a page before its first block: the folder that it names in `<!-- project: … -->`, or nothing. */
export function startOf(markdown: string): PageProject {
  const folder = /<!-- project: (\S+) -->/.exec(markdown)?.[1];
  return { named: folder === undefined ? {} : readFolder(folder), example: undefined };
}

/**
 * The project with a block in it. A block that names a file is that file from there on. Other YAML is an example, which stands until the
 * next one.
 */
export function withBlock(project: PageProject, { language, words: [name], text }: Block): PageProject {
  if (name !== undefined && name !== 'reports') {
    return { ...project, named: { ...project.named, [name]: fileText(name, text) } };
  }
  return language === 'yaml' ? { ...project, example: text } : project;
}

/** The project after an edit of its example, or of its files, as a reader would make it. Throws where there is nothing to replace. */
export function replaced({ named, example }: PageProject, from: string, to: string): PageProject {
  const edited = Object.fromEntries(
    Object.entries(named).map(([path, text]) => [path, text.replace(from, to)]),
  );
  const changed = { named: edited, example: example?.replace(from, to) };
  if (JSON.stringify(changed) === JSON.stringify({ named, example }))
    throw new Error(`There is no "${from}" to replace.`);
  return changed;
}

/** All its files. What the example defines takes the place of the definitions of that name. */
export function filesOf({ named, example }: PageProject): Files {
  return example === undefined ? named : withExample(named, example);
}

/** The files of a folder of the repository. */
export function readFolder(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.[a-z]+$/.test(name) && !name.endsWith('.md'),
  );
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** The project with a text as its example, or as another metrics file of that name. */
export function withExample(files: Files, text: string, name: string = EXAMPLE): Files {
  const defined = definitionsOf(text);
  const others = Object.entries(files).filter(([path]) => path !== name);
  const kept = others.map(([path, other]) => [path, isMetrics(path) ? without(other, defined) : other]);
  return { ...Object.fromEntries(kept), [name]: fileText(name, text) };
}

function isMetrics(path: string): boolean {
  return path.endsWith('.metrics.yaml');
}

/** Fragments leave the version out, which every metrics file begins with. */
function fileText(path: string, text: string): string {
  return !isMetrics(path) || /^plumbline:/m.test(text) ? text : `plumbline: 1\n\n${text}`;
}

/** What a text in block style defines, as `section.name`. */
export function definitionsOf(text: string): ReadonlySet<string> {
  return new Set(linesOf(text).flatMap(({ definition }) => definition ?? []));
}

/** A text without these definitions, and without the sections that are empty then. */
function without(text: string, defined: ReadonlySet<string>): string {
  const kept = linesOf(text).filter(({ definition }) => definition === undefined || !defined.has(definition));
  const isEmpty = (index: number): boolean =>
    /^(sources|segments|metrics|targets|journeys):\s*$/.test(kept[index]?.line ?? '') &&
    !kept
      .slice(index + 1)
      .some(({ section, definition }) => section === kept[index]?.section && definition !== undefined);
  return kept
    .filter((_, index) => !isEmpty(index))
    .map(({ line }) => line)
    .join('\n');
}

interface Line {
  readonly line: string;
  readonly section: string;
  /** The definition that the line belongs to. */
  readonly definition: string | undefined;
}

function linesOf(text: string): readonly Line[] {
  let section = '';
  let definition: string | undefined;
  return text.split('\n').map((line) => {
    const top = /^([a-z]\w*):/.exec(line)?.[1];
    const name = /^ {2}([a-zA-Z][\w ]*):/.exec(line)?.[1];
    if (top !== undefined) {
      section = top;
      definition = undefined;
    }
    if (name !== undefined && section !== '') definition = `${section}.${name}`;
    return { line, section, definition };
  });
}
