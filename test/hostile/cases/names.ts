import type { MakeCases } from '../case.ts';

/** Texts that mean something in SQL, in a terminal, in a file system or in Unicode. */
export const NASTY: readonly string[] = [
  "it's",
  'say "hi"',
  '"; drop table rows; --',
  "'); copy (select 1) to 'made.csv'; --",
  '-- comment',
  '/* comment',
  ';',
  '`tick`',
  '$1',
  '?',
  '{{ value }}',
  '%s',
  '\\',
  'a.b',
  'a,b',
  '[x]',
  'select',
  'rowid',
  '*',
  'null',
  'NULL',
  'caf\u00e9',
  'cafe\u0301',
  '\u202egnitirw',
  '\u{1f9ff}',
  '\ufeffmark',
  '\u0000nul',
  'line\nbreak',
  '\ttab',
  '__proto__',
  'constructor',
  'x'.repeat(10_000),
];

/** Words that SQL keeps for itself, and that are good names in the format. */
const WORDS = [
  'select',
  'from',
  'table',
  'group',
  'order',
  'union',
  'where',
  'user',
  'constructor',
  'valueof',
];

function csvCell(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** Names in every field that SQL would mind. The sum of a column is its place from 1, and so is that of a group. */
export const nameCases: MakeCases = () => {
  const headers = NASTY.filter((name) => !name.includes('\0'));
  const row = headers.map((_, index) => index + 1);
  const columns = headers.map((name, index) => `      c${index + 1}: { header: ${JSON.stringify(name)} }`);
  const sums = headers.map(
    (_, index) => `  sum_${index + 1}: { type: sum, source: headers, value: c${index + 1} }`,
  );
  const values = NASTY.filter((name) => !name.includes('\0'));
  const conditions = values
    .filter((name) => !/[\n\t]/.test(name) && name.length < 1000)
    .map((name) => name.replaceAll("'", "''"));
  const equals = conditions.map(
    (name, index) =>
      `  equal_${index + 1}: { type: count, source: cells, where: ${JSON.stringify(`name = '${name}'`)} }`,
  );
  const groups = NASTY.filter((name) => !/[\0\n]/.test(name) && name.length < 1000);
  const words = WORDS.map(
    (word) => `  ${word}: { type: sum, source: ${word}, value: ${word}, segments: [${word}] }`,
  );
  return [
    {
      title: 'headers',
      files: {
        'data/headers.csv': `${headers.map(csvCell).join(',')}\n${row.join(',')}\n`,
        'headers.metrics.yaml': `plumbline: 1\nsources:\n  headers:\n    data: data/headers.csv\n    columns:\n${columns.join('\n')}\nmetrics:\n${sums.join('\n')}\n`,
      },
      problems: [],
      values: Object.fromEntries(headers.map((_, index) => [`sum_${index + 1}`, index + 1])),
    },
    {
      title: 'cells, compared with texts of expressions, and as groups',
      files: {
        'data/cells.csv': `name,n\n${values.map((name) => `${csvCell(name)},1`).join('\n')}\n`,
        'cells.metrics.yaml': `plumbline: 1\nsources:\n  cells: { data: data/cells.csv }\nsegments:\n  by_name: { source: cells, by: name }\nmetrics:\n  cells: { type: count, source: cells, segments: [by_name] }\n${equals.join('\n')}\n`,
      },
      problems: [],
      values: Object.fromEntries([
        ['cells', values.length],
        ...conditions.map((_, index) => [`equal_${index + 1}`, 1]),
      ]),
    },
    {
      title: 'names of definitions that are words of SQL',
      files: {
        'data/words.csv': `${WORDS.join(',')}\n${WORDS.map((_, index) => index + 1).join(',')}\n`,
        'words.metrics.yaml': `plumbline: 1\nsources:\n${WORDS.map((word) => `  ${word}: { data: data/words.csv }`).join('\n')}\nsegments:\n${WORDS.map((word) => `  ${word}: { source: ${word}, by: ${word} }`).join('\n')}\nmetrics:\n${words.join('\n')}\n`,
      },
      problems: [],
      values: Object.fromEntries(WORDS.map((word, index) => [word, index + 1])),
    },
    {
      title: 'names of groups',
      files: {
        'groups.metrics.yaml': `plumbline: 1\nsegments:\n  grouped:\n    source: good\n    groups:\n${groups.map((name) => `      ${JSON.stringify(name)}: amount > 1`).join('\n')}\nmetrics:\n  beside_groups: { type: count, source: good }\n`,
      },
      problems: groups
        .filter((name) => !/^[a-z][a-z0-9_]*$/.test(name))
        .map((name) => ({
          code: 'wrong-name',
          file: 'groups.metrics.yaml',
          line: `      ${JSON.stringify(name)}: `,
        })),
      values: { beside_groups: 3 },
    },
    {
      title: 'names of files',
      files: {
        "data/it's; drop table x; --.csv": 'a\n1\n2\n',
        'data/say "hi" $1 {x}.csv': 'a\n1\n2\n',
        'files.metrics.yaml': `plumbline: 1\nsources:\n  quoted_file: { data: "data/it's; drop table x; --.csv" }\n  double_file: { data: 'data/say "hi" $1 {x}.csv' }\nmetrics:\n  quoted_file: { type: count, source: quoted_file }\n  double_file: { type: count, source: double_file }\n`,
      },
      problems: [],
      values: { quoted_file: 2, double_file: 2 },
    },
    {
      title: 'names that the format does not allow',
      files: {
        'bad-names.metrics.yaml':
          'plumbline: 1\nmetrics:\n  "x\'; drop table rows; --": { type: count, source: good }\n  __proto__: { type: count, source: good }\n  beside_bad_names: { type: count, source: good }\n',
      },
      problems: [
        { code: 'wrong-name', file: 'bad-names.metrics.yaml', line: '  "x' },
        { code: 'wrong-name', file: 'bad-names.metrics.yaml', line: '  __proto__' },
      ],
      values: { beside_bad_names: 3 },
    },
  ];
};
