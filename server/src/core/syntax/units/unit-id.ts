/** Stands between the path of a file and what tells its units apart: no path holds it. */
const MARK = '\u0000';

/** The id of the unit of a definition (the `nth` of that name in its file, from 1) or of the top level. */
export function unitId(path: string, section: string | undefined, name: string, nth: number): string {
  if (section === undefined) return `${path}${MARK}`;
  return `${path}${MARK}${section}.${name}${nth > 1 ? `#${nth}` : ''}`;
}

/** The path of the file that a unit is a part of; a path is its own. */
export function pathOf(unit: string): string {
  const at = unit.indexOf(MARK);
  return at < 0 ? unit : unit.slice(0, at);
}
