import { type CsvRow, cell, type Tables } from '../kit/csv-tables.ts';
import { londonDay } from './london-day.ts';

/** The groups of a row, by segment. */
export type Groups = Readonly<Record<string, string>>;

/** A row with the groups that it is in, `(none)` where it links to nothing. */
interface Grouped {
  readonly groups: Groups;
}

export interface PersonRow extends Grouped {
  readonly person: string;
  readonly day: string;
}

export interface StepRow extends Grouped {
  readonly person: string;
  readonly step: string;
  readonly day: string;
}

/** `end` is the first day without it. */
export interface SpellRow extends Grouped {
  readonly enrolment: string;
  readonly person: string;
  readonly educator: string;
  readonly start: string;
  readonly end: string;
  readonly reason: string;
}

export interface RegisterRow extends Grouped {
  readonly enrolment: string;
  readonly day: string;
  readonly status: string;
}

export interface TestRow extends Grouped {
  readonly enrolment: string;
  readonly test: string;
  readonly day: string;
  readonly score: number;
  readonly passMark: number;
}

/** `day` is that of London. */
export interface ActionRow extends Grouped {
  readonly person: string;
  readonly kind: string;
  readonly day: string;
}

/** `replied` is later than every date where nobody answered. */
export interface AnswerRow extends Grouped {
  readonly recommend: number;
  readonly satisfaction: number;
  readonly commented: boolean;
  readonly day: string;
  readonly replied: string;
}

/** `end` is the first day without them, and later than every date for those who teach. */
export interface EducatorRow extends Grouped {
  readonly educator: string;
  readonly start: string;
  readonly end: string;
}

export interface EducatorAnswerRow extends Grouped {
  readonly day: string;
  readonly satisfaction: number;
  readonly stays: boolean;
}

/** `isKnown` says whether there is such an educator. */
export interface TrainingRow extends Grouped {
  readonly educator: string;
  readonly isKnown: boolean;
  readonly day: string;
  readonly hours: number;
}

/**
 * The tables of `samples/education`, prepared with nothing of Plumbline: rows set aside by the format's rules (exact duplicates, missing
 * times, spells that end before they start) are left out here by hand, and days are those of London.
 */
export interface EducationTables {
  readonly people: readonly PersonRow[];
  readonly steps: readonly StepRow[];
  readonly spells: readonly SpellRow[];
  readonly register: readonly RegisterRow[];
  readonly tests: readonly TestRow[];
  readonly actions: readonly ActionRow[];
  readonly answers: readonly AnswerRow[];
  readonly educators: readonly EducatorRow[];
  readonly educatorAnswers: readonly EducatorAnswerRow[];
  readonly training: readonly TrainingRow[];
}

const NEVER = '9999-12-31';

/** Prepares the tables. A missing table or column throws, as the tests cannot go on without it. */
export function educationTables(tables: Tables): EducationTables {
  const find = finderOf(tables);
  return {
    ...tablesOfPeople(tables, find),
    ...tablesOfEnrolments(tables, find),
    ...tablesOfEducators(tables, find),
  };
}

/** What a row links to. */
interface Finder {
  /** The groups of a row by its own columns. */
  groupsOf(row: CsvRow): Groups;
  /** The enrolment of a row. */
  enrolmentOf(row: CsvRow): CsvRow;
  /** The mark to pass in the course of an enrolment. */
  passMarkOf(enrolment: CsvRow): number;
  isEducator(id: string): boolean;
}

function finderOf(tables: Tables): Finder {
  const people = byKey(tables('people'), 'person_id');
  const courses = byKey(tables('courses'), 'course_id');
  const educators = byKey(tables('educators'), 'educator_id');
  const enrolments = byKey(tables('enrolments'), 'enrolment_id');
  return {
    groupsOf: (row) => ({
      ...personGroups(people.get(row.person_id ?? '')),
      ...courseGroups(courses.get(row.course_id ?? '')),
      ...educatorGroups(educators.get(row.educator_id ?? '')),
    }),
    enrolmentOf: (row) => enrolments.get(cell(row, 'enrolment_id')) ?? {},
    passMarkOf: (enrolment) => Number(courses.get(enrolment.course_id ?? '')?.pass_mark),
    isEducator: (id) => educators.has(id),
  };
}

function tablesOfPeople(tables: Tables, { groupsOf }: Finder) {
  return {
    people: tables('people').map((row) => ({
      person: cell(row, 'person_id'),
      day: cell(row, 'enquired_on'),
      groups: groupsOf(row),
    })),
    steps: tables('application_steps').map((row) => ({
      person: cell(row, 'person_id'),
      step: cell(row, 'step'),
      day: cell(row, 'happened_on'),
      groups: groupsOf(row),
    })),
    actions: tables('activity')
      .filter((row) => cell(row, 'done_at') !== '')
      .map((row) => ({
        person: cell(row, 'person_id'),
        kind: cell(row, 'kind'),
        day: londonDay(cell(row, 'done_at')),
        groups: groupsOf(row),
      })),
    answers: tables('learner_answers').map((row) => ({ ...answerOf(row), groups: groupsOf(row) })),
  };
}

function tablesOfEnrolments(tables: Tables, { groupsOf, enrolmentOf, passMarkOf }: Finder) {
  return {
    spells: tables('enrolments')
      .map((row) => ({ ...spellOf(row), groups: { ...groupsOf(row), reason: cell(row, 'ended_because') } }))
      .filter(({ start, end }) => end > start),
    register: tables('attendance').map((row) => ({
      enrolment: cell(row, 'enrolment_id'),
      day: cell(row, 'held_on'),
      status: cell(row, 'status'),
      groups: groupsOf(enrolmentOf(row)),
    })),
    tests: tables('assessments').map((row) => ({
      enrolment: cell(row, 'enrolment_id'),
      test: cell(row, 'test'),
      day: cell(row, 'taken_on'),
      score: Number(cell(row, 'score')),
      passMark: passMarkOf(enrolmentOf(row)),
      groups: groupsOf(enrolmentOf(row)),
    })),
  };
}

function tablesOfEducators(tables: Tables, { groupsOf, isEducator }: Finder) {
  return {
    educators: tables('educators').map((row) => ({
      educator: cell(row, 'educator_id'),
      start: cell(row, 'joined_on'),
      end: cell(row, 'left_on') || NEVER,
      groups: groupsOf(row),
    })),
    educatorAnswers: tables('educator_answers').map((row) => ({
      day: cell(row, 'answered_on'),
      satisfaction: Number(cell(row, 'satisfaction')),
      stays: cell(row, 'intends_to_stay') === 'true',
      groups: groupsOf(row),
    })),
    training: tables('training').map((row) => ({
      educator: cell(row, 'educator_id'),
      isKnown: isEducator(cell(row, 'educator_id')),
      day: cell(row, 'completed_on'),
      hours: Number(cell(row, 'hours')),
      groups: groupsOf(row),
    })),
  };
}

function byKey(rows: readonly CsvRow[], column: string): ReadonlyMap<string, CsvRow> {
  return new Map(rows.map((row) => [cell(row, column), row]));
}

function personGroups(row: CsvRow | undefined): Groups {
  if (row === undefined) return { age_band: '(none)', first_language: '(none)', funding: '(none)' };
  return {
    age_band: ageBand(Number(cell(row, 'age'))),
    first_language: cell(row, 'first_language') === 'English' ? 'english' : 'another',
    funding: cell(row, 'funding'),
  };
}

function ageBand(age: number): string {
  if (age < 25) return 'under_25';
  if (age < 40) return 'from_25_to_39';
  return age < 60 ? 'from_40_to_59' : 'over_59';
}

function courseGroups(row: CsvRow | undefined): Groups {
  return { course_area: row?.area ?? '(none)', mode: row?.mode ?? '(none)' };
}

function educatorGroups(row: CsvRow | undefined): Groups {
  return { team: row?.area ?? '(none)', contract: row?.contract ?? '(none)' };
}

function spellOf(row: CsvRow) {
  const last = cell(row, 'enrolled_to');
  return {
    enrolment: cell(row, 'enrolment_id'),
    person: cell(row, 'person_id'),
    educator: cell(row, 'educator_id'),
    start: cell(row, 'enrolled_from'),
    end: last === '' ? NEVER : daysAfter(last, 1),
    reason: cell(row, 'ended_because'),
  };
}

function answerOf(row: CsvRow) {
  return {
    recommend: Number(cell(row, 'recommend')),
    satisfaction: Number(cell(row, 'satisfaction')),
    commented: cell(row, 'commented') === 'true',
    day: cell(row, 'answered_on'),
    replied: cell(row, 'replied_on') || NEVER,
  };
}

/** The date so many days after another. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
