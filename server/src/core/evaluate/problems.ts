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
segment behind it. Rows whose own linking column is blank are not counted here.

To mend it, complete the data of the target, or correct the linking column.`,
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

/** The problem kinds of this floor. */
export const evaluateProblems: readonly ProblemKind[] = [
  exampleFails,
  rowsSetAside,
  duplicateKey,
  linkNotUnique,
  orphanLink,
  valueMisfit,
  valueOutside,
  valueMissing,
  nearlyFinished,
];
