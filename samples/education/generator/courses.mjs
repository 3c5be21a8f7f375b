// What can be learned: the courses, none of which exists.

/** Courses by area and mode; `terms` is how many they last. */
export const COURSES = [
  ['Spoken English for work', 'languages', 'on_site', 'entry', 2, 50],
  ['Written English', 'languages', 'evening', 'one', 3, 50],
  ['English online', 'languages', 'online', 'one', 3, 50],
  ['British Sign Language', 'languages', 'evening', 'one', 2, 55],
  ['First steps at a computer', 'digital', 'on_site', 'entry', 1, 45],
  ['Spreadsheets for the office', 'digital', 'online', 'one', 2, 50],
  ['Web pages from scratch', 'digital', 'online', 'two', 3, 55],
  ['Looking after older people', 'care', 'on_site', 'two', 3, 55],
  ['First aid and safe lifting', 'care', 'evening', 'one', 1, 60],
  ['Childcare, the foundations', 'care', 'online', 'two', 3, 55],
  ['Bricklaying', 'trades', 'on_site', 'one', 3, 50],
  ['Domestic wiring', 'trades', 'evening', 'two', 4, 60],
  ['Reading a site plan', 'trades', 'online', 'one', 1, 50],
  ['Maths to grade 4', 'access', 'evening', 'two', 3, 50],
  ['Access to nursing', 'access', 'on_site', 'three', 4, 55],
  ['Study skills', 'access', 'online', 'one', 1, 45],
].map(([title, area, mode, level, terms, passMark], index) => ({
  id: `K${String(index + 1).padStart(2, '0')}`,
  title,
  area,
  mode,
  level,
  terms,
  passMark,
}));

export const COURSE_COLUMNS = ['course_id', 'title', 'area', 'mode', 'level', 'terms', 'pass_mark'];

export function* courseRows() {
  for (const { id, title, area, mode, level, terms, passMark } of COURSES)
    yield [id, title, area, mode, level, terms, passMark];
}
