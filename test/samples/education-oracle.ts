import type { Tables } from '../kit/csv-tables.ts';
import { learners } from './education-learners.ts';
import { distinctOf, fraction, grouped, inPeriod, meanOf, overQuarters } from './education-series.ts';
import { staff } from './education-staff.ts';
import {
  type ActionRow,
  daysAfter,
  type EducationTables,
  educationTables,
  type StepRow,
  type TestRow,
} from './education-tables.ts';
import type { OracleSeries, Period, Value } from './oracle-series.ts';

/** The series of `samples/education` that are computed here, metric by metric, from 2023-Q3 to 2025-Q2. */
export function educationOracle(tables: Tables): readonly OracleSeries[] {
  const prepared = educationTables(tables);
  return [
    ...admissions(prepared),
    ...learners(prepared),
    ...learning(prepared),
    ...attendance(prepared),
    ...participation(prepared),
    ...actionsOfEach(prepared),
    ...voices(prepared),
    ...staff(prepared),
  ];
}

/** The share of those who asked in a period who took the steps after it, in order and in time. */
function stepsTaken(steps: readonly StepRow[], names: readonly string[], days: number) {
  const leads = (row: StepRow, [next, ...rest]: readonly string[], until: string): boolean =>
    next === undefined ||
    steps.some(
      (later) =>
        later.person === row.person &&
        later.step === next &&
        later.day >= row.day &&
        later.day <= until &&
        leads(later, rest, until),
    );
  return (rows: readonly StepRow[], period: Period): Value => {
    const asked = inPeriod(rows, period);
    const done = asked.filter((row) => leads(row, names, daysAfter(row.day, days)));
    return fraction(
      distinctOf(done, ({ person }) => person),
      distinctOf(asked, ({ person }) => person),
    );
  };
}

function admissions({ people, steps }: EducationTables): readonly OracleSeries[] {
  const asked = steps.filter(({ step }) => step === 'enquiry');
  const all = ['application', 'offer', 'enrolment'];
  const count = (rows: readonly StepRow[], step: string) => rows.filter((row) => row.step === step).length;
  return [
    ...overQuarters({
      metric: 'enquiries',
      rows: people,
      value: (rows, period) => ({ value: inPeriod(rows, period).length }),
      by: ['age_band', 'funding'],
    }),
    ...overQuarters({
      metric: 'enrolment_rate',
      rows: asked,
      value: stepsTaken(steps, all, 90),
      by: ['mode', 'age_band'],
    }),
    ...overQuarters({
      metric: 'application_rate',
      rows: asked,
      value: stepsTaken(steps, ['application'], 14),
      by: ['mode'],
    }),
    ...overQuarters({
      metric: 'enrolment_yield',
      rows: steps,
      value: (rows, period) => {
        const own = inPeriod(rows, period);
        return fraction(count(own, 'enrolment'), count(own, 'offer'));
      },
      by: ['mode'],
    }),
  ];
}

/** What each learner gained in a term, of those who took both tests. */
function gains(rows: readonly TestRow[], period: Period): readonly number[] {
  return grouped(inPeriod(rows, period), ({ enrolment }) => enrolment).flatMap((own) => {
    const before = own.find(({ test }) => test === 'before');
    const after = own.find(({ test }) => test === 'after');
    return before === undefined || after === undefined ? [] : [after.score - before.score];
  });
}

function learning({ tests }: EducationTables): readonly OracleSeries[] {
  const after = tests.filter(({ test }) => test === 'after');
  return [
    ...overQuarters({
      metric: 'mean_score',
      rows: after,
      value: (rows, period) => meanOf(inPeriod(rows, period).map(({ score }) => score)),
      by: ['course_area', 'funding'],
    }),
    ...overQuarters({
      metric: 'pass_rate',
      rows: after,
      value: (rows, period) => {
        const own = inPeriod(rows, period);
        return fraction(own.filter(({ score, passMark }) => score >= passMark).length, own.length);
      },
      by: ['course_area', 'funding', 'first_language'],
    }),
    ...overQuarters({
      metric: 'learning_gain',
      rows: tests,
      value: (rows, period) => meanOf(gains(rows, period)),
      by: ['course_area', 'funding'],
    }),
    ...overQuarters({
      metric: 'improved_share',
      rows: tests,
      value: (rows, period) => {
        const all = gains(rows, period);
        return fraction(all.filter((gain) => gain >= 10).length, all.length);
      },
      by: ['course_area'],
    }),
    ...overQuarters({ metric: 'tested_twice', rows: tests, value: testedTwice, by: ['first_language'] }),
  ];
}

function attendance({ register }: EducationTables): readonly OracleSeries[] {
  const counted = register.filter(({ status }) => status !== 'excused');
  return [
    ...overQuarters({
      metric: 'attendance_rate',
      rows: counted,
      value: (rows, period) => {
        const own = inPeriod(rows, period);
        return fraction(own.filter(({ status }) => status !== 'absent').length, own.length);
      },
      by: ['mode', 'course_area'],
    }),
    ...overQuarters({
      metric: 'often_absent',
      rows: register,
      value: (rows, period) => {
        const each = grouped(inPeriod(rows, period), ({ enrolment }) => enrolment);
        const often = each.filter(
          (own) => own.filter(({ status }) => status === 'absent').length * 3 > own.length,
        );
        return fraction(often.length, each.length);
      },
      by: ['mode', 'first_language'],
    }),
  ];
}

function testedTwice(rows: readonly TestRow[], period: Period): Value {
  const own = inPeriod(rows, period);
  const taken = (test: string) =>
    new Set(own.filter((row) => row.test === test).map(({ enrolment }) => enrolment));
  const after = taken('after');
  const before = [...taken('before')];
  return fraction(before.filter((enrolment) => after.has(enrolment)).length, before.length);
}

const byPerson = (rows: readonly ActionRow[], period: Period) =>
  grouped(inPeriod(rows, period), ({ person }) => person);

function participation({ actions, spells }: EducationTables): readonly OracleSeries[] {
  // Both sides of a ratio as rows of one list, so that a group holds its part of each.
  const sides = [
    ...actions.map((row) => ({ ...row, spell: undefined })),
    ...spells.map((spell) => ({ ...spell, day: '', spell })),
  ];
  return [
    ...overQuarters({
      metric: 'active_learners',
      rows: actions,
      value: (rows, period) => ({ value: byPerson(rows, period).length }),
      by: ['age_band'],
    }),
    ...overQuarters({
      metric: 'participation',
      rows: sides,
      value: (rows, period) => {
        const enrolled = rows.flatMap(({ spell }) =>
          spell !== undefined && spell.start < period.end && spell.end > period.start ? [spell] : [],
        );
        return fraction(
          distinctOf(inPeriod(rows, period), ({ person }) => person),
          distinctOf(enrolled, ({ person }) => person),
        );
      },
      by: ['age_band', 'first_language'],
    }),
  ];
}

function actionsOfEach({ actions }: EducationTables): readonly OracleSeries[] {
  const number = (rows: typeof actions, kind: string) => rows.filter((row) => row.kind === kind).length;
  return [
    ...overQuarters({
      metric: 'actions_per_learner',
      rows: actions,
      value: (rows, period) => meanOf(byPerson(rows, period).map(({ length }) => length)),
      by: ['age_band'],
    }),
    ...overQuarters({
      metric: 'posts_per_learner',
      rows: actions,
      value: (rows, period) => meanOf(byPerson(rows, period).map((own) => number(own, 'post'))),
      by: ['age_band'],
    }),
    ...overQuarters({
      metric: 'interaction',
      rows: actions,
      value: (rows, period) => {
        const each = byPerson(rows, period);
        return fraction(each.filter((own) => number(own, 'reply') > 0).length, each.length);
      },
      by: ['age_band', 'first_language'],
    }),
  ];
}

function voices({ answers }: EducationTables): readonly OracleSeries[] {
  return [
    ...overQuarters({
      metric: 'learner_nps',
      // The scale ends at 10: one answer of 11 is not on it.
      rows: answers.filter(({ recommend }) => recommend <= 10),
      value: (rows, period) => {
        const own = inPeriod(rows, period);
        const promoters = own.filter(({ recommend }) => recommend >= 9).length;
        const detractors = own.filter(({ recommend }) => recommend <= 6).length;
        return fraction(100 * (promoters - detractors), own.length);
      },
      by: ['mode', 'age_band'],
    }),
    ...overQuarters({
      metric: 'course_csat',
      rows: answers,
      value: (rows, period) => {
        const own = inPeriod(rows, period);
        return fraction(own.filter(({ satisfaction }) => satisfaction >= 4).length, own.length);
      },
      by: ['course_area', 'mode'],
    }),
    ...overQuarters({
      metric: 'feedback_answered',
      rows: answers.filter(({ commented }) => commented),
      value: (rows, period) => {
        const own = inPeriod(rows, period);
        return fraction(own.filter(({ day, replied }) => replied <= daysAfter(day, 14)).length, own.length);
      },
      by: ['course_area'],
    }),
  ];
}
