import type { ProblemKind } from '../base/problem.ts';

/** A key that the format does not know at its place. */
export const unknownKey: ProblemKind = {
  id: 'unknown-key',
  severity: 'error',
  summary: 'A key that the format does not know at this place.',
  documentation: `A key that is misspelt, or that belongs to another type of metric or another kind of definition, has no effect:
the metric would be computed as if it were not there. So it is an error.

\`\`\`yaml
metrics:
  recommend: { type: nps, source: survey, valeu: score }     # wrong: nobody reads valeu
  tickets: { type: count, source: tickets, scale: [1, 5] }   # wrong: a count has no scale
\`\`\`

\`\`\`yaml
metrics:
  recommend: { type: nps, source: survey, value: score }
  tickets: { type: count, source: tickets }
\`\`\`

**What to do:** take the proposed key, move the key to where it belongs, or remove it. Ask for completion on an empty
line to see the keys that may stand there.`,
};

/** A definition that lacks a key. */
export const missingKey: ProblemKind = {
  id: 'missing-key',
  severity: 'error',
  summary: 'A definition lacks a key without which it has no meaning.',
  documentation: `Some keys are needed: without them there is nothing to compute. The message names them, at the name of the
definition that lacks them.

\`\`\`yaml
targets:
  nps_2025: { metric: nps, due: 2025-Q4 }               # wrong: no goal
\`\`\`

\`\`\`yaml
targets:
  nps_2025: { metric: nps, at_least: 50, due: 2025-Q4 }
\`\`\`

**What to do:** write the key that is named.`,
};

/** A value that cannot stand where it stands. */
export const wrongValue: ProblemKind = {
  id: 'wrong-value',
  severity: 'error',
  summary: 'A value of the wrong form, or one that is not among those allowed.',
  documentation: `Every key takes values of one form: a word from a list, a period, a number, a list, and so on. A value of
another form is never guessed at.

\`\`\`yaml
metrics:
  orders: { type: count, source: orders, grain: monthly }  # wrong: the word is month
\`\`\`

\`\`\`yaml
metrics:
  orders: { type: count, source: orders, grain: month }
\`\`\`

**What to do:** the message says what may be written. Periods are written \`2025\`, \`2025-Q4\`, \`2025-05\`, \`2025-W05\`,
\`2025-05-31\` or \`all\`; lengths of time \`28 days\` or \`3 months\`; percentages \`42%\`.`,
};

/** A key whose value has still to be written. */
export const missingValue: ProblemKind = {
  id: 'missing-value',
  severity: 'error',
  summary: 'A key whose value has not been written yet.',
  documentation: `A key with nothing behind it says nothing. It is an error so that a half-written definition is not taken
for a finished one.

\`\`\`yaml
metrics:
  orders:
    type: count
    source: orders
    where:            # wrong: nothing follows
\`\`\`

\`\`\`yaml
metrics:
  orders:
    type: count
    source: orders
    where: amount > 0
\`\`\`

**What to do:** write the value, or remove the key.`,
};

/** Keys that exclude each other. */
export const conflictingKeys: ProblemKind = {
  id: 'conflicting-keys',
  severity: 'error',
  summary: 'Two keys that cannot stand together.',
  documentation: `Where a definition can be written in several ways, it is written in one of them: a target has one goal, a
source either \`data\` or \`union\`, a segment one of \`groups\`, \`by\` and \`where\`.

\`\`\`yaml
targets:
  nps_2025: { metric: nps, at_least: 50, at_most: 60, due: 2025-Q4 }   # wrong: two goals
\`\`\`

\`\`\`yaml
targets:
  nps_2025: { metric: nps, between: [50, 60], due: 2025-Q4 }
\`\`\`

**What to do:** keep the key that says what you mean and remove the other.`,
};

/** A name that breaks the rule for names. */
export const wrongName: ProblemKind = {
  id: 'wrong-name',
  severity: 'error',
  summary: 'A name that is not made of lower-case letters, digits and underscores.',
  documentation: `Names are what formulas, targets and history refer to, so they all follow one rule: lower-case letters, digits
and underscores, beginning with a letter.

\`\`\`yaml
metrics:
  Net Promoter Score: { type: nps, source: survey, value: score }   # wrong
\`\`\`

\`\`\`yaml
metrics:
  net_promoter_score: { label: Net Promoter Score, type: nps, source: survey, value: score }
\`\`\`

**What to do:** choose such a name and put the words for people into \`label\`.`,
};

/** The kinds of problem that this floor reports. */
export const schemaProblems: readonly ProblemKind[] = [
  unknownKey,
  missingKey,
  wrongValue,
  missingValue,
  conflictingKeys,
  wrongName,
];
