import type { Verdict } from '../../core/evaluate/verdict.ts';
import { countText } from '../parts/numbers.ts';

/** One or more lines over periods: what a chart draws, its legend lists, and a table repeats. */
export interface LinesData {
  /** What it shows, in a few words. */
  readonly title: string;
  /** As they are written, oldest first, without gaps. */
  readonly periods: readonly string[];
  /** Whether each period is not over yet, so that its value may still move. */
  readonly partial: readonly boolean[];
  readonly lines: readonly Line[];
  /** How a value stands to its period: `12 in 2025-06`, or `0.8 after 3 months`; `in` where absent. */
  readonly when?: 'in' | 'after';
  /** Writes a value for people. */
  readonly write: (value: number) => string;
  /** Writes a value beside an axis: with as many decimals as it takes to tell it from the next. */
  readonly writeTick: (value: number) => string;
  /** The most that a value can be, beyond which the axis does not reach unless a value does: 1 for shares. */
  readonly most?: number;
}

export interface Line {
  readonly name: string;
  /**
   * What is measured; what that is held against, a goal or a benchmark from elsewhere; or one of several parts, which are drawn as bars
   * on top of each other, those that are taken away below zero.
   */
  readonly kind: 'value' | 'part' | 'goal' | 'benchmark';
  /** One for each period; null where there is none. */
  readonly values: readonly (number | null)[];
  /** The interval of each value. */
  readonly low?: readonly (number | null)[];
  readonly high?: readonly (number | null)[];
  /** Whether each value differs from the one before by more than chance. */
  readonly verdicts?: readonly (Verdict | null)[];
  /** Lines with other numbers look different: see `lookOf`. */
  readonly look: number;
}

export interface Look {
  /** Its place in the colours of the theme. */
  readonly color: number;
  /** Lengths of dashes and gaps; none for a solid line. */
  readonly dash: readonly number[];
  readonly symbol: 'circle' | 'rect' | 'triangle' | 'diamond' | 'none';
}

const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'] as const;
const DASHES: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [9, 3, 2, 3], [14, 4], [4, 2, 1, 2]];

/** The colours of parts: what is gained from blue on, what is lost from red on. */
const PARTS = [0, 2, 3, 4, 1] as const;

/** How many lines can be told apart in one chart. */
export const MOST_LINES = 6;

/** Says that not all of so many groups are drawn; null where they are. */
export function drawnWords(groups: number): string | null {
  return groups <= MOST_LINES ? null : `Drawn are the ${MOST_LINES} largest of ${countText(groups)} groups.`;
}

/** How a line is drawn. Lines differ in colour, dashes and marks together, so that none of them has to be seen alone. */
export function lookOf({ kind, look }: Pick<Line, 'kind' | 'look'>): Look {
  if (kind === 'goal') return { color: 2, dash: [6, 3], symbol: 'diamond' };
  if (kind === 'benchmark') return { color: 3, dash: [2, 4], symbol: 'none' };
  if (kind === 'part') return { color: PARTS[look % PARTS.length] ?? 0, dash: [], symbol: 'rect' };
  return {
    color: look % MOST_LINES,
    dash: DASHES[look % DASHES.length] ?? [],
    symbol: SYMBOLS[look % SYMBOLS.length] ?? 'circle',
  };
}

/** What the lines show, for those who do not see them. */
export function linesSentence({ title, periods, partial, lines, when = 'in', write }: LinesData): string {
  const drawn = lines.flatMap(({ name, kind, values }) => {
    const known = values.flatMap((value, index) =>
      value === null ? [] : [{ value, period: periods[index] ?? '' }],
    );
    const [first, last] = [known[0], known.at(-1)];
    if (first === undefined || last === undefined) return [];
    const at = ({ value, period }: { value: number; period: string }): string =>
      `${write(value)} ${when} ${period}`;
    if ((kind !== 'value' && kind !== 'part') || known.length === 1)
      return [`${name}: ${first.value === last.value ? write(last.value) : `${at(first)} to ${at(last)}`}`];
    const lowest = known.reduce((least, each) => (each.value < least.value ? each : least));
    const highest = known.reduce((most, each) => (each.value > most.value ? each : most));
    return [`${name}: from ${at(first)} to ${at(last)}, lowest ${at(lowest)}, highest ${at(highest)}`];
  });
  const running = periods.filter((_, index) => partial[index] === true);
  const unfinished = running.length === 0 ? '' : ` ${running.join(' and ')} is not over yet.`;
  return drawn.length === 0
    ? `${title}: there are no values yet.`
    : `${hasParts(lines) ? 'Chart of bars on top of each other' : 'Line chart'}, ${title}. ${drawn.join('; ')}.${verdictSentence(periods, lines)}${unfinished}`;
}

/** Whether the bars of a part are hatched: every second part is. */
export function isHatched({ look }: Pick<Line, 'look'>): boolean {
  return look % 2 === 1;
}

/** Whether some are drawn as bars. */
export function hasParts(lines: readonly Line[]): boolean {
  return lines.some(({ kind }) => kind === 'part');
}

/** Which values differ from the one before by more than chance. */
function verdictSentence(periods: readonly string[], lines: readonly Line[]): string {
  return lines
    .flatMap(({ name, verdicts = [] }) =>
      (['up', 'down'] as const).map((way) => {
        const found = periods.filter((_, index) => verdicts[index] === way);
        return found.length === 0 ? '' : ` ${name} is clearly ${way} in ${found.join(', ')}.`;
      }),
    )
    .join('');
}

/** A verdict in words; nothing where there was no test. */
export function verdictWords(verdict: Verdict | null | undefined): string {
  switch (verdict) {
    case 'up':
      return 'clearly up';
    case 'down':
      return 'clearly down';
    case 'no_clear_change':
      return 'no clear change';
    default:
      return '';
  }
}

/** What there is to know of one period: a line for each of its numbers. */
export function periodLines({ periods, partial, lines, write }: LinesData, index: number): readonly string[] {
  const period = `${periods[index] ?? ''}${partial[index] === true ? ' (not over yet)' : ''}`;
  const numbers = lines.flatMap(({ name, values, low, high, verdicts }) => {
    const value = values[index] ?? null;
    if (value === null) return [];
    const [from, to] = [low?.[index] ?? null, high?.[index] ?? null];
    const interval = from === null || to === null ? '' : ` (${write(from)} to ${write(to)})`;
    const verdict = verdictWords(verdicts?.[index]);
    return [`${name}: ${write(value)}${interval}${verdict === '' ? '' : `, ${verdict}`}`];
  });
  return [period, ...(numbers.length === 0 ? ['no data'] : numbers)];
}
