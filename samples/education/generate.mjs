#!/usr/bin/env node
// Writes the data of the sample college. The same options give the same bytes; the files in data/ are those of no
// options at all.
import { fileURLToPath } from 'node:url';
import { withCells, withRepeated } from '../generator/dirt.mjs';
import { randomStream } from '../generator/random.mjs';
import { runGenerator } from '../generator/write-files.mjs';
import { COURSE_COLUMNS, courseRows } from './generator/courses.mjs';
import { elevenOfTen, lostTime, strangersTraining, withBackwardEnrolment } from './generator/dirt.mjs';
import {
  EDUCATOR_ANSWER_COLUMNS,
  EDUCATOR_COLUMNS,
  educatorAnswerRows,
  educatorRows,
  makeEducators,
  TRAINING_COLUMNS,
  trainingRows,
} from './generator/educators.mjs';
import { ENROLMENT_COLUMNS, enrolmentRows, makeEnrolments } from './generator/enrolments.mjs';
import {
  ASSESSMENT_COLUMNS,
  ATTENDANCE_COLUMNS,
  assessmentRows,
  attendanceRows,
} from './generator/learning.mjs';
import { makePeople, PERSON_COLUMNS, personRows, STEP_COLUMNS, stepRows } from './generator/people.mjs';
import { ACTIVITY_COLUMNS, activityRows } from './generator/platform.mjs';
import { ANSWER_COLUMNS, answerRows } from './generator/voices.mjs';

const HELP = `Usage: node samples/education/generate.mjs [options]

Writes the CSV files of Wennick College, which does not exist, from 2023-07-01 to 2025-06-30.

  --seed N     other people with the same stories (default 1)
  --scale N    times as many people and educators (default 1: about 1,300 people)
  --out DIR    where to write (default: the folder data beside this program)
  --help       this text
`;

const MOST_SCALE = 200;

/** All files: name, columns, rows. */
function makeFiles({ seed, scale }) {
  const stream = (name) => randomStream(seed, name);
  const people = makePeople(stream('people'), scale);
  const educators = makeEducators(stream('educators'), scale);
  const spells = makeEnrolments(stream('enrolments'), people, educators);
  const training = trainingRows(stream('training'), educators);
  return [
    ['people.csv', PERSON_COLUMNS, personRows(people)],
    ['application_steps.csv', STEP_COLUMNS, stepRows(people)],
    ['courses.csv', COURSE_COLUMNS, courseRows()],
    ['enrolments.csv', ENROLMENT_COLUMNS, enrolmentRows(withBackwardEnrolment(spells))],
    ['attendance.csv', ATTENDANCE_COLUMNS, attendanceRows(stream('attendance'), spells)],
    ['assessments.csv', ASSESSMENT_COLUMNS, withRepeated(assessmentRows(stream('assessments'), spells), 900)],
    ['activity.csv', ACTIVITY_COLUMNS, withCells(activityRows(stream('activity'), spells), lostTime())],
    ['learner_answers.csv', ANSWER_COLUMNS, withCells(answerRows(stream('answers'), spells), elevenOfTen())],
    ['educators.csv', EDUCATOR_COLUMNS, educatorRows(educators)],
    [
      'educator_answers.csv',
      EDUCATOR_ANSWER_COLUMNS,
      educatorAnswerRows(stream('educator answers'), educators),
    ],
    ['training.csv', TRAINING_COLUMNS, withCells(training, strangersTraining())],
  ];
}

await runGenerator({
  help: HELP,
  folder: fileURLToPath(new URL('data', import.meta.url)),
  numbers: {
    seed: { default: 1, least: 0, most: Number.MAX_SAFE_INTEGER },
    scale: { default: 1, least: 0.2, most: MOST_SCALE, isWhole: false },
  },
  makeFiles,
});
