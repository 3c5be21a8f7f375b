import type { ProblemKind } from '../base/problem.ts';

/** What only the data, or an evaluation, can show. */

export const exampleFails: ProblemKind = {
  id: 'example-fails',
  severity: 'error',
  summary: 'An example computes another value than the one it expects.',
  documentation: `An example is executable documentation: the metric is computed on the rows under \`given\`, or on the linked data for a
\`period\`, and must give the value under \`expect\`, to the decimals written there.

Wrong: one promoter and one detractor balance each other.

\`\`\`yaml
metrics:
  nps:
    type: nps
    source: survey
    value: score
    examples:
      - given: { survey: [{ score: 10 }, { score: 3 }] }
        expect: 50
\`\`\`

Right:

\`\`\`yaml
metrics:
  nps:
    type: nps
    source: survey
    value: score
    examples:
      - given: { survey: [{ score: 10 }, { score: 3 }] }
        expect: 0
\`\`\`

The message names the computed value. Either the expectation is wrong, or the definition does not say what it is meant to say.`,
};

export const unguardedClause: ProblemKind = {
  id: 'unguarded-clause',
  severity: 'warning',
  summary: 'No example notices when a clause is taken away or weakened.',
  documentation: `\`plumbline test --mutate\` takes away or weakens one clause of a definition after the other, runs the examples that rest on it, and lists the
clauses whose loss none of them notices. Somebody who changes such a clause, by mistake or on purpose, is not told.

Wrong: with or without \`where\`, and with \`score > 9\`, the example gives 50 %.

\`\`\`yaml
metrics:
  promoters:
    type: share
    source: survey
    where: account_id <> 'internal'
    matching: score >= 9
    examples:
      - given: { survey: [{ account_id: A1, score: 10 }, { account_id: A2, score: 3 }] }
        expect: 50%
\`\`\`

Right: a row on each side of each condition.

\`\`\`yaml
metrics:
  promoters:
    type: share
    source: survey
    where: account_id <> 'internal'
    matching: score >= 9
    examples:
      - given:
          survey:
            - { account_id: A1, score: 9 }
            - { account_id: A2, score: 8 }
            - { account_id: internal, score: 9 }
        expect: 50%
\`\`\`

To mend it, add a row to an example that only this clause keeps out, or lets in. A clause that cannot change the value is best removed; where it has to stay, a comment on the line above
it says why: \`# plumbline-ignore unguarded-clause: the file never holds others\`. Above a definition the comment waives all of its clauses.`,
};

export const rowsSetAside: ProblemKind = {
  id: 'rows-set-aside',
  severity: 'warning',
  summary: 'Rows of the data take no part in any value.',
  documentation: `Some rows cannot count: exact duplicates of a row (where the source declares a \`key\`), rows without a time or a spell start, spells
that end before or when they start, rows after \`as_of\`, survey scores off the scale. They are set aside, never silently: the message
counts them and names up to three rows of the data.

To mend it, correct the data. Where the rows are as they should be, look at the declaration: a \`time\` that is often blank may be the wrong column.`,
};

export const duplicateKey: ProblemKind = {
  id: 'duplicate-key',
  severity: 'error',
  summary: 'Several rows that differ have one key.',
  documentation: `The \`key\` of a source says which columns tell its rows apart. Rows that are alike in every column are set aside as duplicates; rows with
one key and different content all count, and are reported here, since sums and counts over them may be too high.

To mend it, correct the data, or add the columns to \`key\` that tell the rows apart: \`key: [account_id, month]\`.`,
};

export const linkNotUnique: ProblemKind = {
  id: 'link-not-unique',
  severity: 'error',
  summary: 'A link arrives at more than one row.',
  documentation: `Links go from many rows to one. Where the columns named in \`using\` are not unique in the target, following the link would repeat rows and
count them several times, so that metrics which use the link are not evaluated.

To mend it, link by the columns that are unique in the target (usually its \`key\`), or correct the data.`,
};

export const orphanLink: ProblemKind = {
  id: 'orphan-link',
  severity: 'warning',
  summary: 'Rows have no match at the end of a link.',
  documentation: `Rows whose linked row does not exist are kept. What they reach through the link is null, so that they fall in the group \`(none)\` of a
segment behind it. Rows whose own linking column is blank are not counted here. A row of a \`union\` whose member links alike is told of there only.

To mend it, complete the data of the target, or correct the linking column.`,
};

export const notPlain: ProblemKind = {
  id: 'cells-not-plain',
  severity: 'warning',
  summary: 'Part of the data is not read as it stands.',
  documentation: `A column holds plain values. Some files hold more: an object or a list inside of a JSON object, which is read as its JSON text; an error such as
\`#DIV/0!\`, or a formula that was saved without its result, in a workbook, which is read as a blank cell; a key that first comes up far behind the
beginning of a large JSON file, where its columns are no longer looked for. The message counts them and shows up to three.

To mend it, write nested values as columns of their own (\`customer_name\` beside \`customer_country\`), correct the cells in the workbook, or declare the key under \`columns\`, which makes it a column.`,
};

export const valueMisfit: ProblemKind = {
  id: 'value-misfit',
  severity: 'error',
  summary: 'Cells are not of the declared type.',
  documentation: `A column with a declared \`type\` holds cells that cannot be read as that type. They are null in every computation. The message counts them
and shows up to three with their row.

To mend it, correct the data or the declared \`type\`; for dates in another form, give \`date_format\`.`,
};

export const valueOutside: ProblemKind = {
  id: 'value-outside',
  severity: 'error',
  summary: 'Cells lie outside the declared values or bounds of their column.',
  documentation: `\`columns\` is a contract with whoever delivers the data. A column that declares its \`values\`, \`min\` or \`max\` holds others. They count all
the same; the message says how many there are, and in which rows.

Wrong, where the file has the plan \`enterprise\`:

\`\`\`yaml
sources:
  accounts:
    data: accounts.csv
    key: account_id
    columns:
      plan: { type: text, values: [free, team] }
\`\`\`

Right:

\`\`\`yaml
sources:
  accounts:
    data: accounts.csv
    key: account_id
    columns:
      plan: { type: text, values: [free, team, enterprise] }
\`\`\`

To mend it, correct the data, or the contract where it is out of date.`,
};

export const valueMissing: ProblemKind = {
  id: 'value-missing',
  severity: 'error',
  summary: 'Cells of a required column are blank.',
  documentation: `A column that is declared \`required: true\` is blank in some rows. They count all the same; the message says how many there are, and which.

To mend it, correct the data, or drop \`required\` where blanks are allowed.`,
};

export const onePerTies: ProblemKind = {
  id: 'one-per-ties',
  severity: 'warning',
  summary: 'Several rows of one key come first together where one is to be kept.',
  documentation: `\`one_per\` keeps one row of each key: the first or the last by a column. Where several rows of a key are alike in that column, only
their order in the data decides which of them is used, and another export of the same data may give another number. The message counts
such keys, and names up to three of the rows that are used.

To mend it, order by a column that tells the rows apart, such as a time with seconds or a running number:

\`\`\`yaml
sources:
  latest_subscriptions:
    data: subscriptions.csv
    lifespan: { start: started_on, end: ended_on }
    one_per: { key: account_id, keep: last, by: subscription_id }
\`\`\``,
};

export const overlappingGroups: ProblemKind = {
  id: 'overlapping-groups',
  severity: 'warning',
  summary: 'Rows are in more than one group of a segment.',
  documentation: `The \`groups\` of a segment are conditions, and nothing keeps two of them from holding for one row. That is allowed: such a row counts in each
of its groups, and the total is computed from all rows and never from the groups. A reader who adds the groups up gets more than the total.

Wrong, where an account with exactly 300 employees is in both:

\`\`\`yaml
segments:
  size:
    source: accounts
    groups:
      small: employees <= 300
      large: employees >= 300
\`\`\`

Right:

\`\`\`yaml
segments:
  size:
    source: accounts
    groups:
      small: employees < 300
      large: employees >= 300
\`\`\`

Where the groups are meant to overlap, say so above the segment: \`# plumbline-ignore overlapping-groups: customers may use several products\`.`,
};

export const nearlyFinished: ProblemKind = {
  id: 'nearly-finished-period',
  severity: 'info',
  summary: 'The data end a few days before their last period does.',
  documentation: `Where neither the project nor the source sets \`as_of\`, the data are taken to end on the day of their latest row. When nothing happened on the last
days of a month, that month would count as partial, and would not be the headline.

To mend it, say how far the data go, in \`plumbline.yaml\` or at the source:

\`\`\`yaml
as_of: 2025-06-30
\`\`\`

Leave it as it is where rows of those days are still to come.`,
};

export const rowsLeftOut: ProblemKind = {
  id: 'rows-left-out',
  severity: 'info',
  summary: 'Rows are left out, as `one_per` keeps another row of their key.',
  documentation: `A source with \`one_per\` keeps the first or last row of each key. The others take no part in any value, which is what was asked for; the message
counts them, so that it can be seen whether they are as many as expected.

Where they are more, look at the \`key\`: columns that it lacks may tell the rows apart.`,
};

export const notComputed: ProblemKind = {
  id: 'not-computed',
  severity: 'error',
  summary: 'The engine could not compute something, within its limits or at all.',
  documentation: `Each query may take so much time and memory: 60 seconds, and a quarter of the machine's memory (at most 4 GB), unless \`--timeout\`,
\`--memory\` or the settings of the editor say otherwise. What is too much for the engine has no value, and this problem says why; everything else is
computed. After ten such queries an evaluation gives up on the rest.

To mend it, write the definition in a cheaper way (a \`like\` with many \`%\` and \`_\`, and texts joined to ever longer ones, cost most), look at less data, or
raise the limit: \`plumbline eval --timeout 300 --memory 8000\`.`,
};

export const baselineDiffers: ProblemKind = {
  id: 'baseline-differs',
  severity: 'info',
  summary: 'The baseline of a target is not what the metric is in that period.',
  documentation: `A \`baseline\` is written by hand, as it may come from before the data begin. Where the data know its period, in periods as long as the one that is due, the
value is compared with the metric's, to the decimals written. Where they differ, the metric or its data have changed since, or the number came from elsewhere;
the path to the goal then begins at a point where the metric never was.

To mend it, write the value that the message shows, or, where the written one is meant, say why above the target: \`# plumbline-ignore baseline-differs: …\`.`,
};

/** The problem kinds of this floor. */
export const evaluateProblems: readonly ProblemKind[] = [
  exampleFails,
  unguardedClause,
  rowsSetAside,
  duplicateKey,
  linkNotUnique,
  orphanLink,
  notPlain,
  valueMisfit,
  valueOutside,
  valueMissing,
  nearlyFinished,
  rowsLeftOut,
  onePerTies,
  overlappingGroups,
  baselineDiffers,
  notComputed,
];
