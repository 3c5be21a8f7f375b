import { distinctOf, fraction, kept, overQuarters, thereAt } from './education-series.ts';
import { daysAfter, type EducationTables, type SpellRow } from './education-tables.ts';
import { type OracleSeries, type Period, QUARTERS, type Value, within } from './oracle-series.ts';

// Who is there at two moments: learners by their enrolments and by their actions.

const DATA_END = '2025-07-01';
const WITHDRAWN = ['not_back', 'work', 'family', 'money', 'level', 'health'];

const present = (spells: readonly SpellRow[], moment: string): ReadonlySet<string> =>
  new Set(thereAt(spells, moment).map(({ person }) => person));

const endedIn = (spells: readonly SpellRow[], period: Period) =>
  spells.filter(({ end }) => within(end, period));

const withdrawn = (spells: readonly SpellRow[], period: Period): number =>
  distinctOf(
    endedIn(spells, period).filter(({ reason }) => WITHDRAWN.includes(reason)),
    ({ person }) => person,
  );

const enrolledIn = (spells: readonly SpellRow[], period: Period): number =>
  distinctOf(
    spells.filter(({ start, end }) => start < period.end && end > period.start),
    ({ person }) => person,
  );

/** The day on which each entity is first seen. */
function firstDays<Row>(
  rows: readonly Row[],
  of: (row: Row) => { readonly who: string; readonly day: string },
) {
  const first = new Map<string, string>();
  for (const { who, day } of rows.map(of)) {
    const known = first.get(who);
    if (known === undefined || day < known) first.set(who, day);
  }
  return first;
}

/** Of those who came in a quarter, who is there on any day of the second one after it; not known before that has ended. */
function twoTermsLater(spells: readonly SpellRow[], period: Period): Value {
  const later = QUARTERS[QUARTERS.indexOf(period) + 2];
  if (later === undefined) return { value: null };
  const first = firstDays(spells, ({ person, start }) => ({ who: person, day: start }));
  const cohort = [...first].filter(([, day]) => within(day, period)).map(([person]) => person);
  const there = spells.filter(({ start, end }) => start < later.end && end > later.start);
  return kept(new Set(cohort), new Set(there.map(({ person }) => person)));
}

/** The series of `retention.metrics.yaml`, and of returning to the online classroom. */
export function learners(tables: EducationTables): readonly OracleSeries[] {
  return [...enrolled(tables), ...withdrawals(tables), ...arrivals(tables), ...returning(tables)];
}

function enrolled({ spells }: EducationTables): readonly OracleSeries[] {
  return [
    ...overQuarters({
      metric: 'learners',
      rows: spells,
      value: (rows, period) => ({ value: present(rows, period.end).size }),
      by: ['course_area', 'funding'],
    }),
    ...overQuarters({
      metric: 'student_retention',
      rows: spells,
      value: (rows, period) => kept(present(rows, period.start), present(rows, period.end)),
      by: ['first_language', 'age_band'],
    }),
  ];
}

function withdrawals({ spells }: EducationTables): readonly OracleSeries[] {
  const rate = overQuarters({
    metric: 'withdrawal_rate',
    rows: spells,
    value: (rows, period) => fraction(withdrawn(rows, period), enrolledIn(rows, period)),
    by: ['first_language', 'mode'],
  });
  return [
    ...overQuarters({
      metric: 'withdrawn_learners',
      rows: spells,
      value: (rows, period) => ({ value: withdrawn(rows, period) }),
      by: ['first_language'],
    }),
    ...rate,
    ...byReason(spells),
    ...rate
      .filter(({ group }) => !group?.startsWith('mode'))
      .map(({ group, points }) => ({
        metric: 'persistence',
        group,
        points: points.map(({ period, value }) => ({ period, value: value === null ? null : 1 - value })),
      })),
    ...completions(spells),
  ];
}

function arrivals({ spells }: EducationTables): readonly OracleSeries[] {
  return [
    ...overQuarters({
      metric: 'new_learners',
      rows: spells,
      value: (rows, period) => {
        const first = firstDays(rows, ({ person, start }) => ({ who: person, day: start }));
        const there = [...present(rows, period.end)];
        return { value: there.filter((person) => within(first.get(person) ?? '', period)).length };
      },
    }),
    ...overQuarters({
      metric: 'stayed_two_terms',
      rows: spells,
      value: twoTermsLater,
      by: ['first_language'],
    }),
  ];
}

/** Withdrawals for one reason over everybody enrolled. */
function byReason(spells: readonly SpellRow[]): readonly OracleSeries[] {
  return WITHDRAWN.map((reason) => ({
    metric: 'withdrawal_rate',
    group: `reason.${reason}`,
    points: QUARTERS.map((period) => {
      const own = spells.filter((spell) => spell.reason === reason);
      return { period: period.name, ...fraction(withdrawn(own, period), enrolledIn(spells, period)) };
    }),
  }));
}

function completions(spells: readonly SpellRow[]): readonly OracleSeries[] {
  const isComplete = ({ reason }: SpellRow) => reason === 'completed' || reason === 'progressed';
  return [
    ...overQuarters({
      metric: 'completion_rate',
      rows: spells.filter(({ reason }) => reason !== 'continued'),
      value: (rows, period) => {
        const own = endedIn(rows, period);
        return fraction(own.filter(isComplete).length, own.length);
      },
      by: ['course_area', 'mode', 'first_language'],
    }),
    ...overQuarters({
      metric: 'progression',
      rows: spells.filter(isComplete),
      value: (rows, period) => {
        const own = endedIn(rows, period);
        return fraction(own.filter(({ reason }) => reason === 'progressed').length, own.length);
      },
      by: ['course_area'],
    }),
  ];
}

function returning({ actions }: EducationTables): readonly OracleSeries[] {
  const active = (rows: typeof actions, period: Period | undefined): ReadonlySet<string> =>
    new Set(
      rows.filter(({ day }) => period !== undefined && within(day, period)).map(({ person }) => person),
    );
  return [
    ...overQuarters({
      metric: 'back_after_a_week',
      rows: actions,
      value: (rows, period) => {
        const first = firstDays(rows, ({ person, day }) => ({ who: person, day }));
        const cohort = [...first].filter(([, day]) => within(day, period) && daysAfter(day, 7) < DATA_END);
        const seen = new Set(rows.map(({ person, day }) => `${person} ${day}`));
        const back = cohort.filter(([person, day]) => seen.has(`${person} ${daysAfter(day, 7)}`));
        return fraction(back.length, cohort.length);
      },
      by: ['age_band'],
    }),
    ...overQuarters({
      metric: 'online_retention',
      rows: actions,
      value: (rows, period) =>
        kept(active(rows, QUARTERS[QUARTERS.indexOf(period) - 1]), active(rows, period)),
      by: ['age_band'],
    }),
  ];
}
