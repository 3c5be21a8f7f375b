import type { ProblemKind } from '../base/problem.ts';

/** The problems found while a project's files, settings and data are looked up. */
export type ModelCode =
  | 'data-missing'
  | 'data-outside'
  | 'data-unreadable'
  | 'file-unreadable'
  | 'bad-setting-date'
  | 'unknown-timezone';

interface ModelProblem extends ProblemKind {
  readonly id: ModelCode;
}

const dataMissing: ModelProblem = {
  id: 'data-missing',
  severity: 'error',
  summary: 'The file that a source names as its data does not exist.',
  documentation: `\`data\` names a file, or a glob such as \`data/*.csv\`, relative to the folder of the metrics file that declares the
source. There is no such file, so no metric on this source has a value. Its column names are then not checked.

Wrong, where the file is called \`responses.csv\`:

\`\`\`yaml
sources:
  survey: { data: data/response.csv }
\`\`\`

Right:

\`\`\`yaml
sources:
  survey: { data: data/responses.csv }
\`\`\`

Correct the name, or put the file there. Upper and lower case count.`,
};

const dataOutside: ModelProblem = {
  id: 'data-outside',
  severity: 'error',
  summary: 'A source names data outside the folder of its project.',
  documentation: `Nothing in a definition can reach outside the declared data. A source reads only files inside the folder that holds
\`plumbline.yaml\`: no URL, no absolute path, no \`..\` that leads above that folder, and no symbolic link that leaves it.
A project can then be opened, reviewed and run anywhere, also when its author is not trusted.

Wrong:

\`\`\`yaml
sources:
  survey: { data: ../../exports/responses.csv }
\`\`\`

Right:

\`\`\`yaml
sources:
  survey: { data: data/responses.csv }
\`\`\`

Copy or export the data into the project's folder.`,
};

const dataUnreadable: ModelProblem = {
  id: 'data-unreadable',
  severity: 'error',
  summary: 'The data of a source cannot be read.',
  documentation: `The file exists, but cannot be read: it is of a format that is not read, empty, damaged or cut short, not of the encoding that
\`encoding\` says (UTF-8 where it says nothing), a workbook without the sheet that \`sheet\` names or with a password, or a text that is no valid
JSON. The message says which, and where in the file. CSV, TSV, JSON and NDJSON (all of them also packed, as \`.gz\`), Parquet and XLSX are read, by the
ending of the name. Everything that does not rest on this source is still evaluated.

Wrong:

\`\`\`yaml
sources:
  survey: { data: data/responses.xls }
\`\`\`

Right:

\`\`\`yaml
sources:
  survey: { data: data/responses.csv }
\`\`\`

Correct the file or the option, or export the data again in one of these formats.`,
};

const fileUnreadable: ModelProblem = {
  id: 'file-unreadable',
  severity: 'error',
  summary: 'A file of the project cannot be read.',
  documentation: `The project names this file, but it could not be opened: it may not be permitted to read it, or it was removed in this
moment. Its definitions are missing from the project, so that other files may report unknown names.

Wrong: a metrics file that only its owner may read, in a project that a build server checks.

Right: every file that \`files\` in \`plumbline.yaml\` matches can be read by everyone who checks the project.

Give read permission, or exclude the file: \`files: ["**/*.metrics.yaml", "!private/**"]\`.`,
};

const badSettingDate: ModelProblem = {
  id: 'bad-setting-date',
  severity: 'error',
  summary: 'The `as_of` in `plumbline.yaml` is not a date.',
  documentation: `\`as_of\` is the last day that the data covers, included. It is written year, month and day, and it must exist in the
calendar. Until it is mended, the project is read as if \`as_of\` were not set.

Wrong:

\`\`\`yaml
as_of: 2025-06-31
\`\`\`

Right:

\`\`\`yaml
as_of: 2025-06-30
\`\`\`

Write the date as \`YYYY-MM-DD\`, or remove it to use the date of each source's latest row.`,
};

const unknownTimezone: ModelProblem = {
  id: 'unknown-timezone',
  severity: 'error',
  summary: 'A `timezone` is not the name of a time zone.',
  documentation: `Periods begin at midnight in the project's time zone, and times without an offset are in their source's. Both are named
as in the IANA database, by region and city, because an offset such as \`+01:00\` knows no daylight saving. Until the name is mended,
UTC is used.

Wrong:

\`\`\`yaml
timezone: London
\`\`\`

Right:

\`\`\`yaml
timezone: Europe/London
\`\`\`

Look the name up in the list of tz database time zones, or remove it to use UTC.`,
};

const BY_CODE: Readonly<Record<ModelCode, ModelProblem>> = {
  'bad-setting-date': badSettingDate,
  'data-missing': dataMissing,
  'data-outside': dataOutside,
  'data-unreadable': dataUnreadable,
  'file-unreadable': fileUnreadable,
  'unknown-timezone': unknownTimezone,
};

/** Every problem kind of the model floor. */
export const modelProblems: readonly ProblemKind[] = Object.values(BY_CODE);

/** The kind of a code of this floor. */
export function modelProblem(code: ModelCode): ProblemKind {
  return BY_CODE[code];
}
