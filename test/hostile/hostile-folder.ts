import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { MakeCases, Places, Planted } from './case.ts';
import { dataCases } from './cases/data.ts';
import { nameCases } from './cases/names.ts';
import { pathCases } from './cases/paths.ts';
import { textCases } from './cases/texts.ts';

/** What stands in every file outside of the project: wherever it is seen, something was read that must not be. */
export const SECRET = 'canary-7f3a91';

/** What is sound, beside all that is not: three rows of 1, 2 and 4. */
const GOOD: Planted = {
  title: 'what is sound',
  files: {
    'plumbline.yaml': `plumbline: 1
name: hostile
rules: { same-metric: off }
files: ["**/*.metrics.yaml", "../outside/*.metrics.yaml", "{..,x}/**/*.metrics.yaml", "/**/*.metrics.yaml", "${'*a'.repeat(40)}*b"]
`,
    'good.csv': 'id,amount\n1,1\n2,2\n3,4\n',
    'good.metrics.yaml': `plumbline: 1
sources:
  good: { data: good.csv, key: id }
metrics:
  good_rows: { type: count, source: good }
  good_sum: { type: sum, source: good, value: amount }
`,
  },
  problems: [],
  values: { good_rows: 3, good_sum: 7 },
};

const AREAS: readonly MakeCases[] = [pathCases, textCases, dataCases, nameCases];

/** The hostile folder: where it is, and what was planted in it. */
export interface HostileFolder extends Places {
  /** Holds the project and the folder outside of it; to be removed. */
  readonly top: string;
  readonly planted: readonly Planted[];
}

/** Writes the hostile folder, and beside it the files that must not be read. */
export function writeHostileFolder(): HostileFolder {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'plumbline-hostile-')));
  const places = { project: join(top, 'project'), outside: join(top, 'outside') };
  write(places.outside, {
    'secret.csv': `id,amount\n1,${SECRET}\n`,
    'secret.metrics.yaml': `plumbline: 1\nmetrics:\n  ${SECRET}: { type: count }\n`,
    'plumbline.yaml': `plumbline: 1\nname: ${SECRET}\n`,
    gitignore: `# ${SECRET}\n*.csv\n`,
  });
  const planted = [GOOD, ...AREAS.flatMap((make) => make(places))];
  for (const { files, links = {} } of planted) {
    write(places.project, files);
    for (const [name, target] of Object.entries(links)) {
      const path = join(places.project, name);
      mkdirSync(dirname(path), { recursive: true });
      symlinkSync(target, path);
    }
  }
  return { top, ...places, planted };
}

function write(folder: string, files: Planted['files']): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}
