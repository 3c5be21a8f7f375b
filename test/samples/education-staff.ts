import { distinctOf, fraction, inPeriod, kept, overQuarters, thereAt } from './education-series.ts';
import type { EducationTables, EducatorRow } from './education-tables.ts';
import type { OracleSeries, Period, Value } from './oracle-series.ts';

/** The series of `educators.metrics.yaml`. */
export function staff(tables: EducationTables): readonly OracleSeries[] {
  return [...teaching(tables), ...educatorVoices(tables), ...training(tables), ...leaving(tables)];
}

function teaching({ educators, spells }: EducationTables): readonly OracleSeries[] {
  return [
    ...overQuarters({
      metric: 'educators',
      rows: educators,
      value: (rows, period) => ({ value: thereAt(rows, period.end).length }),
      by: ['team', 'contract'],
    }),
    ...overQuarters({
      metric: 'learners_per_educator',
      rows: spells,
      value: (rows, period) => {
        const own = thereAt(rows, period.end);
        return fraction(
          distinctOf(own, ({ person }) => person),
          distinctOf(own, ({ educator }) => educator),
        );
      },
      by: ['course_area'],
    }),
  ];
}

function educatorVoices({ educatorAnswers }: EducationTables): readonly OracleSeries[] {
  return [
    ...overQuarters({
      metric: 'educator_satisfaction',
      rows: educatorAnswers,
      value: (rows, period) => {
        const own = inPeriod(rows, period);
        return fraction(own.filter(({ satisfaction }) => satisfaction >= 4).length, own.length);
      },
      by: ['team', 'contract'],
    }),
    ...overQuarters({
      metric: 'intention_to_stay',
      rows: educatorAnswers,
      value: (rows, period) => {
        const own = inPeriod(rows, period);
        return fraction(own.filter(({ stays }) => stays).length, own.length);
      },
      by: ['contract'],
    }),
  ];
}

function training({ educators, training: records }: EducationTables): readonly OracleSeries[] {
  const sides = [
    ...records.filter(({ isKnown }) => isKnown).map((row) => ({ ...row, start: '9999', end: '' })),
    ...educators.map((row) => ({ ...row, day: '' })),
  ];
  return [
    ...overQuarters({
      metric: 'training_participation',
      rows: sides,
      value: (rows, period) => {
        const here = rows.filter(({ start, end }) => start < period.end && end > period.start);
        return fraction(
          distinctOf(inPeriod(rows, period), ({ educator }) => educator),
          distinctOf(here, ({ educator }) => educator),
        );
      },
      by: ['team', 'contract'],
    }),
    ...overQuarters({
      metric: 'training_hours',
      rows: records,
      value: (rows, period) => ({ value: inPeriod(rows, period).reduce((sum, { hours }) => sum + hours, 0) }),
      by: ['team'],
    }),
  ];
}

const aYearBefore = (day: string): string => `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`;
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

function leaving({ educators }: EducationTables): readonly OracleSeries[] {
  const here = (rows: readonly EducatorRow[], moment: string): ReadonlySet<string> =>
    new Set(thereAt(rows, moment).map(({ educator }) => educator));
  return [
    ...overQuarters({
      metric: 'educator_turnover',
      rows: educators,
      value: (rows, period) => {
        const { value, n = 0 } = kept(here(rows, aYearBefore(period.end)), here(rows, period.end));
        return { value: value === null ? null : 1 - value, n };
      },
      by: ['contract'],
    }),
    ...overQuarters({
      metric: 'educators_after_two_years',
      rows: educators,
      value: twoYears,
      by: ['contract'],
    }),
  ];
}

/** The product of the shares that stayed, over all days on which somebody left within 24 months of 30.4375 days. */
function twoYears(rows: readonly EducatorRow[], { end: close }: Period): Value {
  const seen = rows
    .filter(({ start }) => start < close)
    .map(({ start, end }) => ({ age: daysBetween(start, end < close ? end : close), gone: end < close }));
  const ages = new Set(seen.filter(({ gone, age }) => gone && age <= 24 * 30.4375).map(({ age }) => age));
  const left = [...ages].reduce((share, age) => {
    const risk = seen.filter((one) => one.age >= age).length;
    return share * (1 - seen.filter((one) => one.gone && one.age === age).length / risk);
  }, 1);
  return { value: left, n: seen.length };
}
