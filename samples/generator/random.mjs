// Chance that can be repeated: the same seed and the same name give the same numbers on every machine.
// Nothing here uses Math.exp, Math.log or Math.pow, whose last digit may differ between JavaScript engines.

/** A stream of numbers in [0, 1) (mulberry32). Every file has its own stream, so one file's size never moves another's rows. */
export function randomStream(seed, name) {
  let state = hash(`${seed}:${name}`);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** FNV-1a over the UTF-16 units of a text. */
function hash(text) {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value | 0;
}

/** A whole number from `low` to `high`, both included. */
export function between(random, low, high) {
  return low + Math.floor(random() * (high - low + 1));
}

/** One member of a list, each as likely as the next. */
export function pick(random, list) {
  return list[Math.floor(random() * list.length)];
}

/** One key of `{ key: weight }`, by weight. The weights need no particular sum. */
export function pickWeighted(random, weights) {
  const entries = Object.entries(weights);
  let left = random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [key, weight] of entries) {
    left -= weight;
    if (left < 0) return key;
  }
  return entries[entries.length - 1][0];
}

/** A draw from a distribution given by points `[share, value]`, straight lines between them. */
export function drawFrom(random, points) {
  const share = random();
  for (let index = 1; index < points.length; index += 1) {
    const [lowShare, low] = points[index - 1];
    const [highShare, high] = points[index];
    if (share <= highShare) return low + ((share - lowShare) / (highShare - lowShare)) * (high - low);
  }
  return points[points.length - 1][1];
}

/** A copy in random order (Fisher and Yates). */
export function shuffled(random, list) {
  const copy = [...list];
  for (let index = copy.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [copy[index], copy[other]] = [copy[other], copy[index]];
  }
  return copy;
}

/**
 * Turns expected counts into whole ones and carries the rest over: 0.4, 0.4, 0.4 give 0, 1, 0.
 * The stories thus hold for every seed; only who is concerned is left to chance.
 */
export function carrying() {
  let rest = 0.5;
  return (expected) => {
    const whole = Math.floor(expected + rest);
    rest += expected - whole;
    return whole;
  };
}
