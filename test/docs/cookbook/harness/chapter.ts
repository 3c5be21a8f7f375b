import { type Block, blocksOf } from '../../blocks.ts';
import { definitionsOf, type Files, startOf, withExample } from '../../page-project.ts';

/** The recipes of a page, put into the project that the page names. */
export interface Chapter {
  /** The folder of the project. */
  readonly folder: string;
  /** The project with every recipe as a file of its own; definitions of the same name give way to it. */
  readonly files: Files;
  /** The names of the recipes' files. */
  readonly recipes: readonly string[];
  /** The names of the metrics that recipes define. */
  readonly metrics: readonly string[];
  /** Those of them that stand below the heading `Variants`. */
  readonly variants: ReadonlySet<string>;
  /** What two recipes define, as `section.name`: only one of them would be tested. */
  readonly repeated: readonly string[];
}

/** Reads a chapter. Blocks that name a file or a rule are no recipes; the tests of all documents run them. */
export function chapterOf(markdown: string): Chapter {
  const folder = /<!-- project: (\S+) -->/.exec(markdown)?.[1];
  if (folder === undefined) throw new Error('A chapter names its project in <!-- project: FOLDER -->.');
  const blocks = blocksOf(markdown).filter(isRecipe);
  const defined = blocks.flatMap(({ text }) => [...definitionsOf(text)]);
  return {
    folder,
    files: blocks.reduce(
      (files, block) => withExample(files, block.text, fileOf(block)),
      startOf(markdown).named,
    ),
    recipes: blocks.map(fileOf),
    metrics: defined.flatMap(metricName),
    variants: new Set(
      blocks
        .filter(({ heading }) => heading === 'Variants')
        .flatMap(({ text }) => [...definitionsOf(text)].flatMap(metricName)),
    ),
    repeated: defined.filter((name, index) => defined.indexOf(name) !== index),
  };
}

function isRecipe({ language, words, notes }: Block): boolean {
  return language === 'yaml' && words.length === 0 && !notes.has('not run');
}

function fileOf({ line }: Block): string {
  return `recipe-in-line-${line}.metrics.yaml`;
}

function metricName(definition: string): readonly string[] {
  const [section, name] = definition.split('.');
  return section === 'metrics' && name !== undefined ? [name] : [];
}
