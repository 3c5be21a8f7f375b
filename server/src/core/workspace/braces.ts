/** A pattern that stands for more others than this is no pattern that anybody wrote by hand. */
const MAX_PATTERNS = 1000;

/**
 * The patterns that one with braces stands for: `{a,b}.csv` is `a.csv` and `b.csv`, `{1..3}` is `1`, `2` and `3`; braces may stand in
 * braces. A brace that is not closed, or holds no comma, stands for itself. `undefined` where there are more than 1,000.
 */
export function expandBraces(pattern: string): readonly string[] | undefined {
  let done: string[] = [];
  let open = [pattern];
  while (open.length > 0) {
    const next: string[] = [];
    for (const one of open) {
      const found = firstBraces(one);
      if (found === undefined) done = [...done, one];
      else {
        for (const choice of found.choices)
          next.push(one.slice(0, found.start) + choice + one.slice(found.end));
      }
      if (done.length + next.length > MAX_PATTERNS) return undefined;
    }
    open = next;
  }
  return done;
}

interface Braces {
  readonly start: number;
  /** Behind the closing brace. */
  readonly end: number;
  readonly choices: readonly string[];
}

/** The first braces of a pattern that offer a choice, the outermost ones. */
function firstBraces(pattern: string): Braces | undefined {
  const open: { start: number; commas: number[] }[] = [];
  let found: Braces | undefined;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at];
    if (character === '\\') at++;
    else if (character === '{') open.push({ start: at, commas: [] });
    else if (character === ',') open.at(-1)?.commas.push(at);
    else if (character === '}') {
      const closed = open.pop();
      const braces = closed && choicesOf(pattern, closed, at);
      // Those around it come later, and begin before it.
      if (braces !== undefined && (found === undefined || braces.start < found.start)) found = braces;
      if (open.length === 0 && found !== undefined) return found;
    }
  }
  return found;
}

function choicesOf(
  pattern: string,
  { start, commas }: { readonly start: number; readonly commas: readonly number[] },
  end: number,
): Braces | undefined {
  if (commas.length > 0) {
    const bounds = [start, ...commas, end];
    const choices = commas.concat(end).map((to, index) => pattern.slice((bounds[index] ?? 0) + 1, to));
    return { start, end: end + 1, choices };
  }
  const range = /^(-?\d{1,6})\.\.(-?\d{1,6})$/.exec(pattern.slice(start + 1, end));
  if (range === null) return undefined;
  const [low, high] = [Number(range[1]), Number(range[2])].sort((one, other) => one - other);
  const length = (high ?? 0) - (low ?? 0) + 1;
  // One more than there may be is enough to say that there are too many.
  const choices = Array.from(
    { length: Math.min(length, MAX_PATTERNS + 1) },
    (_, index) => `${(low ?? 0) + index}`,
  );
  return { start, end: end + 1, choices };
}
