// Every real export has a few rows that cannot be right. These put them in on purpose, so that there is something to set
// aside. All of them are listed in the README of the sample.

/** The rows with one of them, numbered from 1, exported twice: the same row, once more. */
export function* withRepeated(rows, repeated) {
  let number = 0;
  for (const row of rows) {
    number += 1;
    yield row;
    if (number === repeated) yield row;
  }
}

/**
 * The rows with single cells in another text. `edits` are `[index of the row, index of the cell, text]`, both from 0. An index that no
 * row has changes nothing, as in a sample of a smaller scale.
 */
export function* withCells(rows, edits) {
  let index = 0;
  for (const row of rows) {
    const own = edits.filter(([at]) => at === index);
    yield own.reduce((cells, [, column, text]) => cells.with(column, text), row);
    index += 1;
  }
}
