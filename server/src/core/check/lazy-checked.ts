import type { Checked } from './checked.ts';

/** A checked project whose meaning is found when it is first asked for: its definitions and their names are there at once. */
export function lazyChecked(
  known: Pick<Checked, 'project' | 'kinds' | 'shapes'>,
  check: () => Checked,
): Checked {
  return {
    ...known,
    get columns() {
      return check().columns;
    },
    get problems() {
      return check().problems;
    },
    get needs() {
      return check().needs;
    },
    resolve: (word, source, metric) => check().resolve(word, source, metric),
    resolvePath: (text, source) => check().resolvePath(text, source),
    follow: (source, links) => check().follow(source, links),
    paths: (from, to) => check().paths(from, to),
    blocking: (metric) => check().blocking(metric),
  };
}
