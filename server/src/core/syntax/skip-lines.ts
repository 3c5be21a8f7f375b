/** The position behind a number of lines from `start` on, which end with CR LF, LF or CR; the end of the text where it has fewer. */
export function skipLines(text: string, count: number, start = 0): number {
  let at = start;
  for (let line = 0; line < count && at < text.length; line += 1) {
    const end = /\r\n|\n|\r/g;
    end.lastIndex = at;
    at = end.exec(text) === null ? text.length : end.lastIndex;
  }
  return at;
}
