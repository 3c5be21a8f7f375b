// The rows of this sample that cannot be right. All of them are listed in its README.

/** One enrolment ends before it begins, as two dates typed in the wrong order do. It has no other rows. */
export function withBackwardEnrolment(spells) {
  const place = Math.floor(spells.length / 2);
  const model = spells[place];
  const wrong = { ...model, end: model.start - 12, reason: 'work', number: spells.length + 1 };
  return spells.toSpliced(place, 0, wrong);
}

/** One action has lost its time: `[row, cell, text]`. */
export function lostTime() {
  return [[1499, 3, '']];
}

/** One learner found 10 too low a score for recommending the college. */
export function elevenOfTen() {
  return [[399, 4, '11']];
}

/** One training record belongs to somebody who never taught here. */
export function strangersTraining() {
  return [[59, 1, 'E999']];
}
