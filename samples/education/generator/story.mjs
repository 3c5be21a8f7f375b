// Every number that shapes the story of Wennick College, in one place. Lists run over the eight terms from summer 2023.

/** Terms in the data, and the weeks in which each is taught. */
export const TERMS = 8;
export const WEEKS = 10;

/** Who asks about a place, by mode of study and the term asked about; the ninth begins after the data ends. */
export const ENQUIRIES = {
  on_site: [62, 48, 50, 50, 50, 48, 50, 50, 50],
  evening: [50, 42, 44, 42, 44, 42, 42, 44, 42],
  online: [16, 18, 22, 26, 34, 62, 84, 98, 104],
};

/** The share that takes each step after the one before. They hardly move; what moves is how many ask about online courses. */
export const STEPS = {
  on_site: { application: 0.8, offer: 0.94, enrolment: 0.9 },
  evening: { application: 0.76, offer: 0.93, enrolment: 0.88 },
  online: { application: 0.56, offer: 0.9, enrolment: 0.7 },
};

export const TOWNS = { Wennick: 42, Harsby: 24, 'Colder Green': 20, 'St Brannoc': 14 };
export const LANGUAGES = {
  English: 64,
  Polish: 9,
  Urdu: 8,
  Romanian: 6,
  Arabic: 6,
  Portuguese: 4,
  Tigrinya: 3,
};

/** Who pays. From autumn 2024 on more come on their employer's word, and these know more already. */
export const FUNDING = { grant: 46, self: 36, employer: 18 };
export const FUNDING_LATER = { grant: 28, self: 22, employer: 50 };
export const EMPLOYERS_COME = 5;

/**
 * Withdrawals in a term per learner enrolled. Learners of other first languages left at twice the rate of the others, until
 * language mentors began in autumn 2024.
 */
export function withdrawalRate(isEnglish, term) {
  if (isEnglish) return 0.085;
  return term >= MENTORS ? 0.085 : 0.19;
}
export const MENTORS = 5;
export const WITHDRAWN = { work: 30, family: 22, money: 16, level: 20, health: 12 };
/** Learners whose course goes on and who do not come back, and those who take up another course after the last term. */
export const NOT_BACK = 0.07;
export const PROGRESS = 0.34;

/** Sessions are registered every other week. */
export const REGISTERED = [1, 3, 5, 7, 9];
export const ATTENDED = { on_site: 0.89, evening: 0.83, online: 0.75 };
export const EXCUSED = 0.04;
export const LATE = 0.09;

/** Scores out of 100. Employers send people who start higher; what everybody gains stays the same. */
export const BEFORE = { grant: 42, self: 44, employer: 60 };
export const GAIN = { grant: 16, self: 15, employer: 13 };
export const TESTED_BEFORE = 0.95;
export const TESTED_AFTER = 0.9;

/** Actions in the online classroom: the chance that a learner comes in week 0, 1, 2 …, and what they do then. */
export const COMES = [0.86, 0.6, 0.52, 0.48, 0.44, 0.42, 0.4, 0.38, 0.36, 0.34];
export const ACTIONS = { lesson: 58, quiz: 26, post: 9, reply: 7 };
/** Since winter 2025 a post a fortnight is part of the mark. */
export const ACTIONS_GRADED = { lesson: 44, quiz: 20, post: 30, reply: 6 };
export const GRADED = 6;

/** What learners say: answers per learner and term, the score they add up to, and how many comments are answered in time. */
export const ANSWERS = 0.42;
export const RECOMMEND = [34, 36, 35, 38, 37, 30, 22, 16];
export const SATISFIED = [0.82, 0.83, 0.82, 0.84, 0.83, 0.79, 0.75, 0.72];
export const COMMENTED = 0.4;
export const ANSWERED = [0.84, 0.86, 0.85, 0.86, 0.8, 0.62, 0.5, 0.46];

/** No educator who leaves is replaced from October 2024 on. Until then there are so many in each area. */
export const STAFF = { languages: 5, digital: 4, care: 4, trades: 3, access: 3 };
export const FREEZE = 15;
/** Departures per educator and month, before and since. */
export const LEAVING = 0.011;
export const LEAVING_SINCE = 0.026;

/** What educators say each term, and the share of them who took part in any training. */
export const EDUCATORS_SATISFIED = [0.8, 0.8, 0.82, 0.8, 0.78, 0.62, 0.5, 0.44];
export const STAYING = [0.88, 0.88, 0.9, 0.88, 0.86, 0.76, 0.66, 0.6];
export const EDUCATORS_ANSWER = 0.86;
export const TRAINED = [0.6, 0.64, 0.62, 0.66, 0.62, 0.46, 0.34, 0.3];
