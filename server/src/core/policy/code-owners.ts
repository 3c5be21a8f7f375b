import { matchesParts, type Part, partsOf } from '../workspace/wildcards.ts';

/** Where GitHub (the first three) and GitLab (the last three) look, in their order: the first that is there counts. From the top of the repository. */
export const CODE_OWNERS_PATHS = [
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
  '.gitlab/CODEOWNERS',
] as const;

/** GitHub reads no `CODEOWNERS` of more bytes. */
export const LARGEST_CODE_OWNERS = 3 * 1024 * 1024;

/** Who owns the files of a repository. */
export interface CodeOwners {
  /** GitHub has one; of GitLab's each is looked up by itself. */
  readonly sections: readonly Section[];
}

/** The owners of a project's files, in the repository that it lies in. */
export interface ProjectCodeOwners {
  readonly owners: CodeOwners;
  /** The folder of the project, from the top of the repository; empty where it is the top. */
  readonly folder: string;
}

interface Section {
  readonly name: string;
  readonly entries: readonly Entry[];
}

interface Entry {
  /** A path is meant where it is what any of these says. */
  readonly patterns: readonly (readonly Part[])[];
  /** None: the files have no owner, whatever stands above. */
  readonly owners: readonly string[];
  /** GitLab's `!`: the section says nothing of such files, whatever else stands in it. */
  readonly excludes: boolean;
}

/** `github` has no negation, no character ranges and no escaped `#`; `gitlab` has sections. */
type Dialect = 'github' | 'gitlab';

/**
 * Reads a `CODEOWNERS` file as the server does in whose place it lies, else as GitLab does where it has sections, and as GitHub where it has none. As
 * there, what cannot be read is skipped: on GitHub the whole line.
 *
 * @param path where it lies, from the top of the repository
 */
export function parseCodeOwners(text: string, path: string): CodeOwners {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const dialect = dialectOf(path, lines);
  const sections = new Map<string, Entry[]>([['', []]]);
  let name = '';
  let byDefault: readonly string[] = [];
  for (const line of lines) {
    const heading = dialect === 'gitlab' ? HEADING.exec(line.trim()) : null;
    if (heading !== null) {
      // Names are the same in any case, and sections of the same name are one.
      name = (heading[1] ?? '').trim().toLowerCase();
      byDefault = ownersIn(wordsOf(heading[2] ?? ''));
      if (!sections.has(name)) sections.set(name, []);
    } else if (line.length <= MAX_LINE) {
      sections.get(name)?.push(...readEntry(line, dialect, byDefault));
    }
  }
  return { sections: [...sections].map(([name, entries]) => ({ name, entries })) };
}

/** The owners of a file, by its path from the top of the repository: of each section those of the last line that means it. */
export function codeOwnersOf({ sections }: CodeOwners, path: string): readonly string[] {
  const names = path.split('/');
  const owners = sections.flatMap(({ entries }) => {
    const matching = entries.filter(({ patterns }) =>
      patterns.some((parts) => matchesParts(parts, names, { hidden: true })),
    );
    return matching.some(({ excludes }) => excludes) ? [] : (matching.at(-1)?.owners ?? []);
  });
  return [...new Set(owners)];
}

/** `[Name]`, `^[Name]` where its approval is optional, `[Name][2]` with how many approve, each with owners of lines that name none. */
const HEADING = /^\^?\[([^\]]+)\](?:\[\d+\])?(?:\s+(.*))?$/;

/** Longer lines are none that anybody wrote. */
const MAX_LINE = 4096;

function dialectOf(path: string, lines: readonly string[]): Dialect {
  if (path.startsWith('.github/')) return 'github';
  return path.startsWith('.gitlab/') || lines.some((line) => HEADING.test(line.trim())) ? 'gitlab' : 'github';
}

function readEntry(line: string, dialect: Dialect, byDefault: readonly string[]): readonly Entry[] {
  const [written = '', ...words] = wordsOf(line);
  const owners = ownersIn(words);
  if (dialect === 'github') {
    const isWrong = /^[!#]|^\\#|\[|\*\*\*/.test(written) || owners.length < words.length;
    return isWrong ? [] : [{ patterns: githubPatterns(written), owners, excludes: false }];
  }
  const excludes = written.startsWith('!');
  const patterns = gitlabPatterns(excludes ? written.slice(1) : written);
  return [{ patterns, owners: words.length === 0 ? byDefault : owners, excludes }];
}

/** The words of a line up to a comment; a `\` takes the blank behind it into the word. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:\\.|[^\\\s])+/g) ?? [];
  const comment = words.findIndex((word, at) => at > 0 && word.startsWith('#'));
  return comment < 0 ? words : words.slice(0, comment);
}

/** Users, groups and roles by their names, and addresses. All else is left out: these words are said to people. */
function ownersIn(words: readonly string[]): readonly string[] {
  return words.filter(
    (word) =>
      word.length <= LONGEST_OWNER &&
      (/^@{1,2}[\w.-]+(\/[\w.-]+)*$/.test(word) || /^[\w.%+-]+@[\w-]+(\.[\w-]+)+$/.test(word)),
  );
}

/** Addresses can have so many characters (RFC 5321), and names have fewer. */
const LONGEST_OWNER = 254;

const ANYTHING: Part = [{ kind: 'some' }];
const isStar = (part: Part | undefined): boolean =>
  part !== undefined && part !== 'any folders' && part.length === 1 && part[0]?.kind === 'some';

/** As in a `.gitignore`, but for `folder/*`, which means the files in the folder and none in folders below it. */
function githubPatterns(written: string): readonly (readonly Part[])[] {
  const { parts, isFolder, isPlaced } = takenApart(written);
  if (parts.length === 0) return [];
  const placed: readonly Part[] = isPlaced ? parts : ['any folders', ...parts];
  const isAll = placed.at(-1) === 'any folders';
  // `folder/**` is all that lies in the folder, and not the folder itself.
  const meant: readonly Part[] = isAll ? [...placed, ANYTHING] : placed;
  const below: readonly Part[] = [...meant, 'any folders', ANYTHING];
  if (isFolder) return [below];
  return isAll || isStar(placed.at(-1)) ? [meant] : [meant, below];
}

/** Without a slash at its start a pattern is about any folder; only with one at its end about what lies in the folder. */
function gitlabPatterns(written: string): readonly (readonly Part[])[] {
  const { parts, isFolder } = takenApart(written);
  if (parts.length === 0) return [];
  const placed: readonly Part[] = written.startsWith('/') ? parts : ['any folders', ...parts];
  if (isFolder) return [[...placed, 'any folders', ANYTHING]];
  return [placed.at(-1) === 'any folders' ? [...placed, ANYTHING] : placed];
}

interface TakenApart {
  readonly parts: readonly Part[];
  readonly isFolder: boolean;
  /** Whether a slash before its end says from where it counts. */
  readonly isPlaced: boolean;
}

function takenApart(written: string): TakenApart {
  const isFolder = written.endsWith('/');
  const path = isFolder ? written.slice(0, -1) : written;
  const bare = path.startsWith('/') ? path.slice(1) : path;
  return { parts: bare === '' ? [] : partsOf(bare), isFolder, isPlaced: path.includes('/') };
}
