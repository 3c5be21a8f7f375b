import {
  blockMap,
  flowMap,
  renderEntry,
  renderText,
  written,
  type YamlEntry,
  type YamlValue,
} from '../ide/yaml-value.ts';
import type { ColumnDraft, LinkDraft, MetricDraft, SourceDraft } from './drafts.ts';
import type { Unread } from './read-table.ts';

/** All that a first metrics file says. */
export interface FileDraft {
  readonly sources: readonly SourceDraft[];
  /** By source. */
  readonly links: ReadonlyMap<string, readonly LinkDraft[]>;
  readonly metrics: readonly MetricDraft[];
  /** Files of which nothing is said, with their names from the folder of the project. */
  readonly unread: readonly Unread[];
}

/** The text of `plumbline.yaml`. Where its sources end on different days, it says so, and proposes one day for all. */
export function settingsText(name: string, sources: readonly SourceDraft[] = []): string {
  return `plumbline: 1

# How the project is called where it is shown.
name: ${renderText(name, false)}

# Days and periods are those of this time zone, such as Europe/London.
timezone: UTC

# The length of a period where a metric does not say its own: day, week, month, quarter or year.
grain: month

${asOfLines(sources)}# What money is counted in, for metrics with "unit: currency".
# currency: EUR
`;
}

/** The data of each source end with its last row, which need not be the day up to which they are known. */
function asOfLines(sources: readonly SourceDraft[]): string {
  const ends = sources.flatMap(({ name, time, lifespan, whole }) => {
    const moments = (time ?? lifespan?.start)?.moments ?? [];
    const last = moments.reduce<number>((latest, moment) => Math.max(latest, moment ?? latest), -Infinity);
    return whole && Number.isFinite(last) ? [{ name, day: new Date(last).toISOString().slice(0, 10) }] : [];
  });
  const days = ends.map(({ day }) => day).sort();
  const latest = days.at(-1);
  if (latest === undefined || days[0] === latest) return '';
  const told = ends.map(({ name, day }) => `${name} ${day}`).join(', ');
  return `# Data are known up to the last day of each source: ${oneLine(told)}.
# Where all were exported on one day, say so, so that all have the same periods.
# as_of: ${latest}

`;
}

/** The text of the first metrics file, with comments that say what to look at and change. */
export function metricsText({ sources, links, metrics, unread }: FileDraft): string {
  const explain = onceEach();
  return [
    'plumbline: 1',
    '',
    '# Proposed from the data files. Everything here may be changed: names, types, what a metric counts.',
    '# As you type, problems are shown where they are, and values beside the metrics.',
    ...unread.flatMap(({ path, reason }) => comment(`Left out: ${path}. ${reason}`, '')),
    '',
    'sources:',
    ...separated(sources.map((source) => sourceLines(source, links.get(source.name) ?? [], explain))),
    '',
    'metrics:',
    ...separated(metrics.map(metricLines)),
    '',
  ].join('\n');
}

function separated(blocks: readonly (readonly string[])[]): readonly string[] {
  return blocks.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

/** Says something about a key above it, but only where that key comes for the first time. */
type Explain = (text: string) => readonly string[];

function onceEach(): Explain {
  const said = new Set<string>();
  return (text) => {
    if (said.has(text)) return [];
    said.add(text);
    return comment(text, '    ');
  };
}

const LAYOUT = { indent: '    ', step: '  ', eol: '\n' } as const;

function entryLines(entry: YamlEntry): readonly string[] {
  return `    ${renderEntry(entry, LAYOUT)}`.split('\n');
}

function sourceLines(source: SourceDraft, links: readonly LinkDraft[], explain: Explain): readonly string[] {
  const { name, key, time, lifespan } = source;
  const moment = time ?? lifespan?.start;
  const file: YamlValue =
    source.delimiter === undefined
      ? source.data
      : flowMap([
          ['file', source.data],
          ['delimiter', written(JSON.stringify(source.delimiter))],
        ]);
  return [
    ...source.repeated.map(
      (header) =>
        `  # plumbline-ignore repeated-header: of the columns "${oneLine(header)}" the first is meant.`,
    ),
    `  ${name}:`,
    ...explain('What one row is, for those who read this later.'),
    ...entryLines(['description', `One row per line of ${source.data}.`]),
    ...entryLines(['data', file]),
    ...keyLines(key, explain),
    ...(time === undefined
      ? []
      : [...timeComment(time, explain), ...asideComment(source), ...entryLines(['time', time.name])]),
    ...(lifespan === undefined
      ? []
      : [
          ...explain(
            lifespan.endInclusive
              ? 'Each row is alive from its start until its end, that day included: spells here end the day before the next begins.'
              : 'Each row is alive from its start until just before its end, or still.',
          ),
          ...asideComment(source),
          ...entryLines([
            'lifespan',
            flowMap([
              ['start', lifespan.start.name],
              ['end', lifespan.end.name],
              ...(lifespan.endInclusive ? [['end_inclusive', true] as const] : []),
            ]),
          ]),
        ]),
    ...(moment === undefined
      ? explain('No column was found that says when a row happened. If there is one: time: its_name')
      : []),
    ...explain(
      'census: these are all rows there are. sample: a part of them, such as the answers of a survey.',
    ),
    ...entryLines(['coverage', isSurvey(source) ? 'sample' : 'census']),
    ...columnLines(source, explain),
    ...(links.length === 0
      ? []
      : [
          ...explain('Through a link its columns can be used here, such as in a segment.'),
          ...entryLines(['links', blockMap(links.map(linkEntry))]),
        ]),
  ];
}

function keyLines(key: readonly ColumnDraft[], explain: Explain): readonly string[] {
  const [only, ...others] = key.map(({ name }) => name);
  if (only === undefined)
    return explain('No column was found that identifies a row. If there is one: key: its_name');
  if (others.length === 0) return entryLines(['key', only]);
  return [
    ...explain(
      'No column identifies a row by itself; in these data these do together. Look whether they are meant to.',
    ),
    ...entryLines(['key', [only, ...others]]),
  ];
}

function timeComment({ ambiguous }: ColumnDraft, explain: Explain): readonly string[] {
  return [
    ...explain('When a row happened: its metrics are counted by this.'),
    ...(ambiguous
      ? comment(
          'Its days were read as day before month. If the month comes first, change date_format below.',
          '    ',
        )
      : []),
  ];
}

function asideComment({ setAside }: SourceDraft): readonly string[] {
  if (setAside === 0) return [];
  const rows = setAside === 1 ? '1 row has' : `${setAside} rows have`;
  return comment(`${rows} none, or one that cannot be: they are set aside, and reported here.`, '    ');
}

/** Answers are a part of what could have been answered. */
function isSurvey({ name, columns }: SourceDraft): boolean {
  return (
    /survey|answer|response|feedback|nps|csat/.test(name) ||
    columns.some((column) => /(?:^|_)(?:nps|csat|ces)(?:_|$)/.test(column.name))
  );
}

function columnLines(source: SourceDraft, explain: Explain): readonly string[] {
  const { columns } = source;
  if (!source.whole) {
    const isNamed = columns.some(({ name, header }) => name !== header);
    const note = 'The types of columns are found when the file is loaded. They can be declared here, too.';
    const named = columns.filter(({ name, header }) => name !== header);
    const entries = named.map((column): YamlEntry => [column.name, flowMap([['header', column.header]])]);
    return isNamed
      ? [...comment(note, '    '), ...entryLines(['columns', blockMap(entries)])]
      : comment(note, '    ');
  }
  const declared = columns
    .map((column) => columnEntry(source, column))
    .filter((entry) => entry !== undefined);
  if (declared.length === 0) return [];
  return [
    ...columns.filter(({ decimalComma }) => decimalComma).flatMap(commaComment),
    ...explain('A contract: what breaks it is reported, with the rows.'),
    ...entryLines(['columns', blockMap(declared)]),
  ];
}

/** How to count with numbers that are text only for their comma. */
function commaComment({ name, cells }: ColumnDraft): readonly string[] {
  const bare = cells.some((cell) => cell.includes('.')) ? `replace(${name}, '.', '')` : name;
  const text = `The numbers of ${name} have a decimal comma, so that they are text. To count with them, add: ${name}_number: { value: "cast(replace(${bare}, ',', '.') as number)" }`;
  return comment(text, '    ');
}

function columnEntry({ key, time, lifespan }: SourceDraft, column: ColumnDraft): YamlEntry | undefined {
  const { name, header, type, formats, values } = column;
  const isNeeded = key.includes(column) || column === time || column === lifespan?.start;
  const fields: YamlEntry[] = [
    ...(type === undefined ? [] : [['type', type] as const]),
    ...(name === header ? [] : [['header', header] as const]),
    ...(formats.length === 0
      ? []
      : [['date_format', formats.length === 1 ? (formats[0] ?? '') : formats] as const]),
    ...(values.length === 0 ? [] : [['values', values] as const]),
    ...(isNeeded && column.filled ? [['required', true] as const] : []),
  ];
  return fields.length === 0 ? undefined : [name, flowMap(fields)];
}

function linkEntry({ name, to, mine, theirs }: LinkDraft): YamlEntry {
  const using: YamlValue = mine === theirs ? mine : flowMap([[mine, theirs]]);
  return [
    name,
    flowMap([
      ['to', to],
      ['using', using],
    ]),
  ];
}

function metricLines({ name, comment: words, fields }: MetricDraft): readonly string[] {
  const entries = fields.map(([key, value]): YamlEntry => [key, value]);
  return [...comment(words, '  '), `  ${name}:`, ...entries.flatMap(entryLines)];
}

/** A comment of one line. What comes from files cannot end it. */
function comment(text: string, indent: string): readonly string[] {
  return [`${indent}# ${oneLine(text)}`];
}

function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\ufeff]+/gu, ' ').trim();
}
