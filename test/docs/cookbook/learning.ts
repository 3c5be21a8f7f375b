import type { Tables } from '../../kit/csv-tables.ts';
import { educationOracle } from '../../samples/education-oracle.ts';
import {
  distinctOf,
  fraction,
  grouped,
  inPeriod,
  meanOf,
  overQuarters,
} from '../../samples/education-series.ts';
import { type EducationTables, educationTables, type TestRow } from '../../samples/education-tables.ts';
import { type OracleSeries, type Period, quantile } from '../../samples/oracle-series.ts';
import type { Expectation, Expectations } from './expectations.ts';

/** The recipes of `docs/cookbook/learning.md`: those of the sample itself, and variants that it does not have. */
export const learning: Expectations = {
  ...Object.fromEntries(
    [
      'enrolment_rate',
      'application_rate',
      'enrolment_yield',
      'student_retention',
      'withdrawal_rate',
      'persistence',
      'completion_rate',
      'stayed_two_terms',
      'mean_score',
      'pass_rate',
      'learning_gain',
      'improved_share',
      'tested_twice',
      'participation',
      'actions_per_learner',
      'interaction',
      'posts_per_learner',
      'back_after_a_week',
      'online_retention',
      'attendance_rate',
      'often_absent',
      'educator_satisfaction',
      'intention_to_stay',
      'learners_per_educator',
      'educators_after_two_years',
      'training_participation',
      'feedback_answered',
    ].map((metric) => [metric, ofSample(metric)]),
  ),
  normalised_gain: points(({ tests }) =>
    overQuarters({ metric: 'normalised_gain', rows: tests, value: normalisedGain, by: ['funding'] }),
  ),
  median_score: points(({ tests }) =>
    overQuarters({
      metric: 'median_score',
      rows: tests.filter(({ test }) => test === 'after'),
      value: (rows, period) => quantile(({ score }: TestRow) => score, 0.5)(inPeriod(rows, period)),
      by: ['course_area'],
    }),
  ),
  reply_share: points(({ actions }) =>
    overQuarters({
      metric: 'reply_share',
      rows: actions,
      value: (rows, period) => {
        const own = inPeriod(rows, period);
        return fraction(own.filter(({ kind }) => kind === 'reply').length, own.length);
      },
      by: ['age_band'],
    }),
  ),
  attendance_of_learners: points(({ register }) =>
    overQuarters({
      metric: 'attendance_of_learners',
      rows: register.filter(({ status }) => status !== 'excused'),
      value: (rows, period) =>
        meanOf(
          grouped(inPeriod(rows, period), ({ enrolment }) => enrolment).map(
            (own) => own.filter(({ status }) => status !== 'absent').length / own.length,
          ),
        ),
      by: ['mode'],
    }),
  ),
  trained_within_a_year: points((tables) => perEducator(tables, 'trained_within_a_year', yearUpTo, trained)),
  training_hours_per_educator: points((tables) =>
    perEducator(
      tables,
      'training_hours_per_educator',
      (period) => period,
      (rows) => rows.reduce((sum, { hours }) => sum + hours, 0),
    ),
  ),
};

const known = new WeakMap<Tables, readonly OracleSeries[]>();

/** The values of a metric of the sample, as its own tests compute them. */
function ofSample(metric: string): Expectation {
  return (tables) => {
    const oracle = known.get(tables) ?? educationOracle(tables);
    known.set(tables, oracle);
    return pointsOf(oracle.filter((series) => series.metric === metric));
  };
}

function points(seriesFrom: (tables: EducationTables) => readonly OracleSeries[]): Expectation {
  return (tables) => pointsOf(seriesFrom(educationTables(tables)));
}

function pointsOf(series: readonly OracleSeries[]) {
  return series.flatMap(({ group, points: own }) => own.map((point) => ({ ...point, group })));
}

/** Of each learner the gain over what was missing, of those who took both tests and did not begin with everything. */
function normalisedGain(rows: readonly TestRow[], period: Period) {
  return meanOf(
    grouped(inPeriod(rows, period), ({ enrolment }) => enrolment).flatMap((own) => {
      const before = own.find(({ test }) => test === 'before')?.score ?? 100;
      const after = own.find(({ test }) => test === 'after')?.score;
      return after === undefined || before === 100 ? [] : [(after - before) / (100 - before)];
    }),
  );
}

type Training = EducationTables['training'];

function trained(rows: Training): number {
  return distinctOf(
    rows.filter(({ isKnown }) => isKnown),
    ({ educator }) => educator,
  );
}

function yearUpTo({ name, end }: Period): Period {
  return { name, start: `${Number(end.slice(0, 4)) - 1}${end.slice(4)}`, end };
}

/** Something of the training of a time over all educators who were here in it; no record is older than the first term. */
function perEducator(
  { training, educators }: EducationTables,
  metric: string,
  timeOf: (period: Period) => Period,
  above: (rows: Training) => number,
): readonly OracleSeries[] {
  const sides = [
    ...educators.map((educator) => ({ groups: educator.groups, educator, record: undefined })),
    ...training.map((record) => ({ groups: record.groups, educator: undefined, record })),
  ];
  return overQuarters({
    metric,
    rows: sides,
    value: (rows, period) => {
      const { start, end } = timeOf(period);
      const records = rows.flatMap(({ record }) =>
        record !== undefined && record.day >= start && record.day < end ? [record] : [],
      );
      const here = rows.flatMap(({ educator }) =>
        // The source begins with the first day of the data: who left before is not in it.
        educator !== undefined && educator.start < end && educator.end > start && educator.end > '2023-07-01'
          ? [educator]
          : [],
      );
      return fraction(above(records), here.length);
    },
    by: ['contract', 'team'],
  });
}
