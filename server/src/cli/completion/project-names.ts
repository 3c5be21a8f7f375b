import { kinds } from '../../core/kinds/index.ts';
import type { Project } from '../../core/model/project.ts';
import { problemKinds } from '../../core/registry.ts';
import { assemble, findRoot, readTexts } from '../../core/workspace.ts';
import { findRepository, refsOf } from '../../hosts/git/repository.ts';
import { GitProblem } from '../../hosts/git/run-git.ts';
import { UsageError } from '../exit-code.ts';
import type { Host } from '../host.ts';
import { absolutePath } from '../paths.ts';
import type { Candidate, Names } from './complete-words.ts';

/** Names of the format. Others may stand in files of strangers, and are nothing that a shell should be handed. */
const NAME = /^[a-z][a-z0-9_]*$/;

/** The names that complete: those of a project's definitions, read from its files without its data, and those of the rules. */
export function projectNames(host: Host, year: number): Names {
  return {
    metrics: async (folder) => named((await projectIn(host, folder)).metrics.values()),
    segments: async (folder) => named((await projectIn(host, folder)).segments.values()),
    periods: async (folder, typed) => periodsLike(typed, lastYear(await projectIn(host, folder)) ?? year),
    commits: (folder) => commitNames(host, folder),
    rules: () => problemKinds.map(({ id, summary }) => ({ value: id, description: summary })),
  };
}

/** Branches and tags that a shell can be handed; none where there is no repository, or no git. */
async function commitNames({ cwd, env }: Host, folder: string): Promise<readonly Candidate[]> {
  try {
    const repository = await findRepository(absolutePath(cwd, folder), env);
    const names = repository === undefined ? [] : (await refsOf(repository)).map(({ name }) => name);
    return names.filter((name) => REF.test(name)).map((value) => ({ value, description: '' }));
  } catch (error) {
    if (error instanceof GitProblem) return [];
    throw error;
  }
}

const REF = /^[A-Za-z0-9][A-Za-z0-9._/-]*$/;

async function projectIn({ fs, cwd }: Host, folder: string): Promise<Project> {
  const path = absolutePath(cwd, folder);
  if ((await fs.stat(path)) === undefined) throw new UsageError(`There is no folder ${folder}.`);
  const root = await findRoot(fs, path);
  return assemble(await readTexts(fs, root), new Map(), kinds).project;
}

function named(
  definitions: Iterable<{ readonly name: string; readonly label: string | undefined }>,
): readonly Candidate[] {
  return [...definitions]
    .filter(({ name }) => NAME.test(name))
    .map(({ name, label }) => ({ value: name, description: label ?? '' }));
}

/** The year in which the data of a project end, where it says so. */
function lastYear({ settings, sources }: Project): number | undefined {
  const written = [settings.asOf, ...[...sources.values()].map(({ asOf }) => asOf?.text)];
  const years = written.flatMap((day) => (day === undefined ? [] : [Number(String(day).slice(0, 4))]));
  return years.length === 0 ? undefined : Math.max(...years);
}

/** Years offered where none is typed. */
const YEARS = 5;

/** Years, and of the year that is typed its quarters, months and weeks; days once a month is typed. */
function periodsLike(typed: string, last: number): readonly Candidate[] {
  const year = /^\d{4}/.exec(typed)?.[0];
  if (year === undefined) {
    return Array.from({ length: YEARS }, (_, index) => ({
      value: String(last - index),
      description: 'year',
    }));
  }
  const numbered = (count: number, write: (number: string) => string, description: string): Candidate[] =>
    Array.from({ length: count }, (_, index) => ({
      value: write(String(index + 1).padStart(2, '0')),
      description,
    }));
  const month = /^\d{4}-(\d{2})-/.exec(typed)?.[1];
  if (month !== undefined) {
    const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
    return numbered(days, (day) => `${year}-${month}-${day}`, 'day');
  }
  const weeks = typed.startsWith(`${year}-W`) ? numbered(53, (week) => `${year}-W${week}`, 'week') : [];
  return [
    { value: year, description: 'year' },
    ...numbered(4, (quarter) => `${year}-Q${Number(quarter)}`, 'quarter'),
    ...numbered(12, (number) => `${year}-${number}`, 'month'),
    ...weeks,
  ];
}
