import { parse, stringify } from 'yaml';
import { changed } from './random-change.ts';
import { respell } from './respell.ts';

type Files = Readonly<Record<string, string>>;
type Definitions = Record<string, Record<string, unknown>>;

/** What a commit does to a project, as people would say it. */
export const COMMIT_KINDS = [
  'meaning',
  'row',
  'rename',
  'meaning',
  'definition',
  'spelling',
  'meaning and data',
  'number',
  'meaning',
  'cell',
  'move',
  'meaning',
  'settings',
  'words',
] as const;
export type CommitKind = (typeof COMMIT_KINDS)[number];

/** The files of a project as a commit of some kind leaves them, any of its size; they may break it. */
export function randomCommit(files: Files, kind: CommitKind, random: () => number): Files {
  const below = (limit: number): number => Math.floor(random() * limit);
  switch (kind) {
    case 'words':
      return withDefinition(files, below);
    case 'definition':
      return aboutNumbers(files, () => withDefinition(files, below));
    case 'row':
      return changed(files, 'data', below(1_000_000));
    case 'cell':
      return withCell(files, below);
    case 'rename':
      return renamed(files, below);
    case 'spelling': {
      const path = pickedFile(files, below);
      return { ...files, [path]: respell(jsonOf(files, path), random) };
    }
    case 'number':
      return withNumber(files, below);
    case 'meaning':
      return withOtherMeaning(files, below);
    case 'meaning and data':
      return withCell(withOtherMeaning(files, below), below);
    case 'move':
      return moved(files, below);
    case 'settings': {
      const path = 'plumbline.yaml';
      const after = changed({ [path]: jsonOf(files, path) }, 'settings', below(1_000_000));
      return { ...files, [path]: stringify(JSON.parse(after[path] ?? '')) };
    }
  }
}

type Below = (limit: number) => number;

function pickedFile(files: Files, below: Below): string {
  const paths = Object.keys(files).filter((path) => path.endsWith('.metrics.yaml'));
  return paths[below(paths.length)] ?? '';
}

function jsonOf(files: Files, path: string): string {
  return JSON.stringify(parse(files[path] ?? ''));
}

function withDefinition(files: Files, below: Below): Files {
  const path = pickedFile(files, below);
  const name = 'all.metrics.yaml';
  const after = changed({ [name]: jsonOf(files, path) }, 'definitions', below(1_000_000));
  return { ...files, [path]: stringify(JSON.parse(after[name] ?? '')) };
}

/** Something that rows are counted by says something else, which most often can be computed as before. */
function withOtherMeaning(files: Files, below: Below): Files {
  const path = pickedFile(files, below);
  const json: unknown = parse(files[path] ?? '');
  const edits = meaningsIn(json);
  edits[below(edits.length)]?.(below(2) === 0);
  return { ...files, [path]: stringify(json) };
}

/** A change of each condition, formula and amount in a file; that of some conditions is of two ways. */
function meaningsIn(node: unknown, holder = ''): readonly ((isOneWay: boolean) => void)[] {
  if (Array.isArray(node)) return node.flatMap((item) => meaningsIn(item));
  if (!isMap(node)) return [];
  return Object.entries(node).flatMap(([key, value]): ReturnType<typeof meaningsIn> => {
    if (key === 'examples') return [];
    const isCondition = key === 'where' || key === 'matching' || holder === 'groups';
    const isAmount = key === 'formula' || (key === 'value' && AMOUNTS.has(String(node.type ?? 'column')));
    const other = otherMeaning(value, isCondition, isAmount);
    if (other === undefined) return meaningsIn(value, key);
    return [
      (isOneWay) => {
        if (isOneWay && key === 'where' && !Array.isArray(value)) delete node[key];
        else node[key] = other;
      },
    ];
  });
}

/** Of a list of conditions all but one, of one condition what it leaves out, of an amount the double. */
function otherMeaning(value: unknown, isCondition: boolean, isAmount: boolean): unknown {
  if (isCondition && Array.isArray(value) && value.length > 1) return value.slice(1);
  if (typeof value !== 'string') return undefined;
  if (isCondition) return `not (${value})`;
  return isAmount ? `(${value}) * 2` : undefined;
}

/** The types of metrics whose value is a number, and a column that is computed. */
const AMOUNTS = new Set(['sum', 'average', 'median', 'percentile', 'max', 'lifetime_value', 'column']);

function isMap(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null;
}

/** Keys whose text no number hangs on. */
const WORDS = new Set(
  'label description why owner tags better if_missed note persona citation version changes examples benchmarks aliases'.split(
    ' ',
  ),
);

/** The first of some changes that is about more than words. */
function aboutNumbers(files: Files, change: () => Files): Files {
  const bare = (text = ''): string =>
    JSON.stringify(parse(text), (key, value) => (WORDS.has(key) ? undefined : value));
  for (let tries = 0; tries < 20; tries++) {
    const after = change();
    const path = Object.keys(after).find((one) => after[one] !== files[one]);
    if (path !== undefined && bare(after[path]) !== bare(files[path])) return after;
  }
  return files;
}

/** A cell of the data says what the cell of another row says. */
function withCell(files: Files, below: Below): Files {
  const tables = Object.keys(files).filter((path) => path.endsWith('.csv'));
  const path = tables[below(tables.length)] ?? '';
  const rows = (files[path] ?? '')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const column = below(rows[0]?.length ?? 0);
  const [row, other] = [rows[1 + below(rows.length - 1)], rows[1 + below(rows.length - 1)]];
  // Cells in quotes may hold commas.
  const isPlain = [row, other].every((cells) => cells?.length === rows[0]?.length);
  if (row !== undefined && isPlain) row[column] = other?.[column] ?? '';
  return { ...files, [path]: `${rows.map((cells) => cells.join(',')).join('\n')}\n` };
}

/** A definition has another name, in all files. */
function renamed(files: Files, below: Below): Files {
  const columns = new Set(
    Object.entries(files).flatMap(([path, text]) =>
      path.endsWith('.csv') ? (text.split('\n')[0] ?? '').split(',') : [],
    ),
  );
  const names = Object.keys(files).flatMap((path) => {
    if (!path.endsWith('.metrics.yaml')) return [];
    const json: Definitions = parse(files[path] ?? '');
    return ['metrics', 'segments', 'sources', 'targets'].flatMap((section) =>
      Object.keys(json[section] ?? {}),
    );
  });
  const free = names.filter((name) => !columns.has(name));
  const name = free[below(free.length)] ?? '';
  const away = name.endsWith('_again') ? name.slice(0, -'_again'.length) : `${name}_again`;
  // Names of files stay.
  const word = new RegExp(`(?<![\\w/])${name}(?![\\w]|\\.csv)`, 'g');
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      path.endsWith('.yaml') ? text.replaceAll(word, away) : text,
    ]),
  );
}

/** A number in a condition, formula, goal or length of time is another. */
function withNumber(files: Files, below: Below): Files {
  const path = pickedFile(files, below);
  const lines = (files[path] ?? '').split('\n');
  const told = /[<>=*/]|between|after|within|window|horizon|at_least|at_most|tolerance|steps/;
  const numbered = lines.flatMap((line, index) => (told.test(line) && /\b\d+\b/.test(line) ? [index] : []));
  const at = numbered[below(numbered.length)] ?? 0;
  lines[at] = (lines[at] ?? '').replace(/\b\d+\b/, (text) => String(Number(text) + 1 + below(3)));
  return { ...files, [path]: lines.join('\n') };
}

/** A metric or segment stands in another file, where other defaults may hold. */
function moved(files: Files, below: Below): Files {
  const [from, to] = [pickedFile(files, below), pickedFile(files, below)];
  const [one, other]: Definitions[] = [parse(files[from] ?? ''), parse(files[to] ?? '')];
  const section = ['metrics', 'segments', 'targets'].find((key) => Object.keys(one?.[key] ?? {}).length > 1);
  if (from === to || one === undefined || other === undefined || section === undefined) return files;
  const names = Object.keys(one[section] ?? {});
  const name = names[below(names.length)] ?? '';
  other[section] = { ...other[section], [name]: one[section]?.[name] };
  delete one[section]?.[name];
  return { ...files, [from]: stringify(one), [to]: stringify(other) };
}
