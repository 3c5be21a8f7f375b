import type { ProblemKind } from '../base/problem.ts';

/** The problems that reading YAML can find. */
export type SyntaxCode =
  | 'yaml-syntax'
  | 'yaml-indentation'
  | 'yaml-conflict-marker'
  | 'yaml-control-character'
  | 'yaml-alias'
  | 'yaml-duplicate-anchor'
  | 'yaml-unsupported';

interface SyntaxProblem extends ProblemKind {
  readonly id: SyntaxCode;
}

const syntax: SyntaxProblem = {
  id: 'yaml-syntax',
  severity: 'error',
  summary: 'The text is not valid YAML here.',
  documentation: `A bracket or quote is not closed, a \`:\` is missing or stands where none may stand, or a text starts with a
character that means something to YAML. The rest of the file is still read; only this entry is affected.

Most often a text needs quotes. These must be quoted: texts that contain \`: \` or \` #\`, and texts that start with
one of \`@ \` % & * ! | > [ { ' "\`.

Wrong:

\`\`\`yaml
metrics:
  nps:
    label: NPS: would they recommend us?
    type: nps
    source: survey
    value: score
\`\`\`

Right:

\`\`\`yaml
metrics:
  nps:
    label: "NPS: would they recommend us?"
    type: nps
    source: survey
    value: score
\`\`\``,
};

const indentation: SyntaxProblem = {
  id: 'yaml-indentation',
  severity: 'error',
  summary: 'A line does not line up with those it belongs to, or is indented with a tab.',
  documentation: `YAML reads from the indentation what belongs to what. All entries of one block must begin in the same column,
and only spaces may indent: a tab has no agreed width.

Wrong:

\`\`\`yaml
metrics:
  nps:
    type: nps
   source: survey
    value: score
\`\`\`

Right:

\`\`\`yaml
metrics:
  nps:
    type: nps
    source: survey
    value: score
\`\`\`

Line the entry up with its neighbours. In an editor, set "insert spaces" for YAML files.`,
};

const conflictMarker: SyntaxProblem = {
  id: 'yaml-conflict-marker',
  severity: 'error',
  summary: 'A merge conflict has not been resolved.',
  documentation: `Git leaves \`<<<<<<<\`, \`=======\` and \`>>>>>>>\` lines where two branches changed the same lines. Until a person
chooses, nobody can say which definition holds. Both sides are read, so that the rest of the file can be checked.

Wrong:

\`\`\`yaml
metrics:
  nps:
    type: nps
    source: survey
    value: score
<<<<<<< HEAD
    where: account.status = 'active'
=======
    where: account.plan <> 'free'
>>>>>>> trials
\`\`\`

Right:

\`\`\`yaml
metrics:
  nps:
    type: nps
    source: survey
    value: score
    where: [account.status = 'active', account.plan <> 'free']
\`\`\`

Keep the lines that are right and remove the marker lines.`,
};

const controlCharacter: SyntaxProblem = {
  id: 'yaml-control-character',
  severity: 'error',
  summary: 'The text contains an invisible control character.',
  documentation:
    `Control characters (such as NUL) cannot be seen, and YAML does not allow them. They come from copying out of other
programs, or from a file that is not text or not UTF-8. Remove the character. In a text where it is really
needed, write it as an escape in double quotes.

Wrong: a raw escape character within \`label: Plan\`

Right:

\`\`\`yaml
metrics:
  plans: { label: "Plan \\\\x1b", type: count_distinct, source: accounts, value: plan }
\`\`\``.replace('\\\\x', '\\x'),
};

const alias: SyntaxProblem = {
  id: 'yaml-alias',
  severity: 'error',
  summary: 'An alias or merge key cannot be resolved.',
  documentation: `\`*name\` repeats what was marked with \`&name\` earlier in the same file, and \`<<: *name\` takes over the entries of
a map marked so. The mark must stand before its use, a node cannot contain itself, only maps can be merged, and
all aliases of a file together may repeat at most 20,000 nodes.

Wrong:

\`\`\`yaml
sources:
  orders: *common
  refunds: &common { data: refunds.csv }
\`\`\`

Right:

\`\`\`yaml
sources:
  refunds: &common { data: refunds.csv }
  orders: { <<: *common, data: orders.csv }
\`\`\`

Correct the name, move the anchored text up, or write the values out.`,
};

const duplicateAnchor: SyntaxProblem = {
  id: 'yaml-duplicate-anchor',
  severity: 'warning',
  summary: 'An anchor name is used twice in one file.',
  documentation: `YAML allows an anchor name to be used again; each alias then means the nearest one above it. A reader who looks the
name up finds the first one, and moving a line changes what an alias means.

Wrong:

\`\`\`yaml
metrics:
  nps: { type: nps, source: survey, value: score, owner: &owner cx }
  revenue: { type: sum, source: orders, value: amount, owner: &owner finance }
  orders: { type: count, source: orders, owner: *owner }
\`\`\`

Right:

\`\`\`yaml
metrics:
  nps: { type: nps, source: survey, value: score, owner: &cx_owner cx }
  revenue: { type: sum, source: orders, value: amount, owner: &finance_owner finance }
  orders: { type: count, source: orders, owner: *finance_owner }
\`\`\`

Give each anchor a name of its own.`,
};

const unsupported: SyntaxProblem = {
  id: 'yaml-unsupported',
  severity: 'error',
  summary: 'YAML allows this, but metrics files do not use it.',
  documentation: `Metrics files keep to the part of YAML that every reader knows. Not used are: several documents in one file (\`---\`),
tags (\`!name\`), directives (\`%YAML 1.1\`), lists or maps as keys, and nesting of more than ${200} levels.

Wrong:

\`\`\`yaml
metrics: {}
---
targets: {}
\`\`\`

Right:

\`\`\`yaml
metrics: {}
targets: {}
\`\`\`

Use one document for each file, and quote a text that starts with \`!\` or \`%\`.`,
};

/** Every problem kind of the syntax floor. */
export const syntaxProblems: readonly ProblemKind[] = [
  syntax,
  indentation,
  conflictMarker,
  controlCharacter,
  alias,
  duplicateAnchor,
  unsupported,
];
