import type { TakenNames } from './drafts.ts';
import { freeName } from './names.ts';

/** Answers of three months: enough for a value, a change and an interval, few enough to be read. */
const ROWS = [
  ['R01', 'A1', 9, '2025-01-08'],
  ['R02', 'A2', 6, '2025-01-15'],
  ['R03', 'A3', 10, '2025-01-23'],
  ['R04', 'A4', 7, '2025-01-30'],
  ['R05', 'A1', 10, '2025-02-06'],
  ['R06', 'A2', 8, '2025-02-13'],
  ['R07', 'A5', 3, '2025-02-19'],
  ['R08', 'A3', 9, '2025-02-27'],
  ['R09', 'A6', 10, '2025-03-05'],
  ['R10', 'A2', 9, '2025-03-14'],
  ['R11', 'A5', 7, '2025-03-21'],
  ['R12', 'A4', 9, '2025-03-31'],
] as const;

interface NewFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The files of a project to begin with, beside its settings: one source on a few answers to a survey, and a metric of each of the first
 * kinds that people ask for.
 *
 * @param start path of the metrics file
 * @param rows path of the data file
 * @param data the same from the folder of the project
 * @param taken names that are not free
 */
export function blankFiles(
  start: string,
  rows: string,
  data: string,
  taken: TakenNames,
): readonly [metrics: NewFile, rows: NewFile] {
  const source = freeName('survey_answers', taken.sources);
  const nps = freeName('nps', taken.metrics);
  const answers = freeName('answers', taken.metrics);
  const text = `plumbline: 1

# A project to begin with. Put your own data into ${data}, or name another file, and change what is written here.
# As you type, problems are shown where they are, and values beside the metrics.

sources:
  ${source}:
    description: One row per answer to the survey.
    data: ${data}
    key: answer_id
    # When a row happened: its metrics are counted by this.
    time: answered_on
    # sample: the answers are a part of what could have been answered, so that values carry an interval.
    coverage: sample
    columns:
      answer_id: { type: text, required: true }
      account_id: { type: text }
      score: { type: integer, min: 0, max: 10 }
      answered_on: { type: date, required: true }

metrics:
  # 100 × (share of 9 and 10 − share of 0 to 6).
  ${nps}:
    label: Net Promoter Score
    description: How likely customers are to recommend us.
    type: nps
    source: ${source}
    value: score
    # An example is a test of the metric: it is run in the Testing view and by "plumbline test".
    examples:
      - given:
          ${source}: [{ score: 10 }, { score: 9 }, { score: 3 }]
        expect: 33.33

  ${answers}:
    description: How many answers there are in each period.
    type: count
    source: ${source}
`;
  const lines = ['answer_id,account_id,score,answered_on', ...ROWS.map((row) => row.join(','))];
  return [
    { path: start, text },
    { path: rows, text: `${lines.join('\n')}\n` },
  ];
}
