import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { copyFile, link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { type Files, largeProject, metricName } from '../kit/projects.ts';
import { writeFiles } from '../kit/write-files.ts';

/** A change of a large project. */
export interface DiffCase {
  readonly name: string;
  /** The folder of the version after. */
  readonly after: string;
  /** How many metrics it can move; `undefined` where that hangs on how many there are. */
  readonly reached: number | undefined;
}

/** The source whose data lie in a file of their own, and so many formulas over one metric, and metrics by one segment. */
const [OWN, FORMULAS, BY_SEGMENT] = ['facts_05', 10, 20];

/** The metric that the formulas are about, and one that nothing is made of. */
const [SHARED, LEAF] = [metricName(3), metricName(1)];

/** Writes a project of so many metrics over files of so many rows, and four versions of it with a change each. */
export async function diffProjects(
  folder: string,
  metrics: number,
  rows: number,
): Promise<{ readonly before: string; readonly cases: readonly DiffCase[] }> {
  const before = join(folder, 'before');
  const files = projectFiles(metrics);
  await writeFiles(before, files);
  const facts = join(before, 'data', 'facts.csv');
  await writeFacts(facts, rows, () => true);
  await copyFile(facts, join(before, 'data', `${OWN}.csv`));
  const changes: readonly (readonly [name: string, reached: number | undefined, after: Files])[] = [
    ['one metric', 1, edited(files, LEAF, 'score between 0 and 10', 'score between 0 and 9')],
    [
      `a metric with ${FORMULAS + 1} dependants`,
      FORMULAS + 2,
      edited(files, SHARED, 'amount > 1000', 'amount > 900'),
    ],
    [`a segment of ${BY_SEGMENT} metrics`, BY_SEGMENT, edited(files, 'segment_08', 'size < 9', 'size < 30')],
    ['one file of data', undefined, files],
  ];
  const cases: DiffCase[] = [];
  for (const [index, [name, reached, after]] of changes.entries()) {
    const own = join(folder, `after-${index}`);
    await writeFiles(own, after);
    await mkdir(join(own, 'data'), { recursive: true });
    await link(facts, join(own, 'data', 'facts.csv'));
    const data = join(own, 'data', `${OWN}.csv`);
    if (after === files) await writeFacts(data, rows, (nth) => nth % 100 !== 0);
    else await link(facts, data);
    cases.push({ name, after: own, reached });
  }
  return { before, cases };
}

/** The texts of the project, and its small tables. */
function projectFiles(metrics: number): Files {
  const { 'data/facts.csv': _, ...files } = largeProject(metrics - FORMULAS, 20);
  const own = files['sources.metrics.yaml'] ?? '';
  const at = own.indexOf(`  ${OWN}:`);
  const sources = own.slice(0, at) + own.slice(at).replace('data/facts.csv', `data/${OWN}.csv`);
  const formulas = Array.from(
    { length: FORMULAS },
    (_, nth) =>
      `  formula_${nth}: { type: formula, formula: ${SHARED} * ${nth + 2} / 7, better: higher, owner: sales, why: For the board. }\n`,
  );
  return {
    ...withSegment(files),
    'sources.metrics.yaml': sources,
    'formulas.metrics.yaml': `plumbline: 1\nmetrics:\n${formulas.join('')}`,
  };
}

/** The first metrics of one source are broken down by a segment, too, that no other metric names. */
function withSegment(files: Files): Files {
  let left = BY_SEGMENT;
  const named = (text: string): string =>
    text.replaceAll(
      /(source: facts_04\n(?:(?! {2}\w).*\n)*? {4}segments: \[[^\]]*)\]/g,
      (all, list: string) => {
        left -= 1;
        return left < 0 ? all : `${list}, segment_08]`;
      },
    );
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, path.startsWith('metrics/') ? named(text) : text]),
  );
}

/** The text of one definition with other words in it. */
function edited(files: Files, name: string, from: string, to: string): Files {
  const found = Object.entries(files).find(([, text]) => text.includes(`  ${name}:`));
  if (found === undefined) throw new Error(`There is no ${name}.`);
  const [path, text] = found;
  const at = text.indexOf(`  ${name}:`);
  const after = text.slice(0, at) + text.slice(at).replace(from, to);
  if (after === text) throw new Error(`${name} does not say "${from}".`);
  return { ...files, [path]: after };
}

/** Events of half a year. */
async function writeFacts(path: string, rows: number, isKept: (nth: number) => boolean): Promise<void> {
  const out = createWriteStream(path);
  out.write('event_id,happened_at,amount,score,channel,accounts_id,products_id,agents_id\n');
  const channels = ['web', 'phone', 'shop'];
  let lines: string[] = [];
  for (let nth = 0; nth < rows; nth++) {
    if (!isKept(nth)) continue;
    const month = String(1 + (nth % 6)).padStart(2, '0');
    const day = String(1 + (nth % 28)).padStart(2, '0');
    const ids = `accounts${nth % 12},products${nth % 12},agents${nth % 12}`;
    lines.push(
      `e${nth},2025-${month}-${day},${(nth * 97) % 10_007},${nth % 11},${channels[nth % 3]},${ids}\n`,
    );
    if (lines.length < 10_000) continue;
    if (!out.write(lines.join(''))) await once(out, 'drain');
    lines = [];
  }
  out.end(lines.join(''));
  await finished(out);
}
