import type { Trend } from '../../../../server/src/protocol/index.ts';

/** The kinds of colour themes. */
export type Theme = 'light' | 'dark' | 'high-contrast-light' | 'high-contrast-dark';

/** The size of a picture, in pixels. */
export const WIDTH = 56;
export const HEIGHT = 14;

/** Room for the mark at the last point, which has a radius of 2.5. */
const PADDING = 3.5;

type Tone = 'good' | 'fair' | 'bad' | 'plain';

/** Each of at least 3 : 1 against the editor's background in the themes of its kind, as graphics need; dimmed ones too. */
const COLORS: Readonly<Record<Theme, Readonly<Record<Tone, string>>>> = {
  light: { good: '#1a7f37', fair: '#9a6700', bad: '#cf222e', plain: '#57606a' },
  dark: { good: '#56d364', fair: '#e3b341', bad: '#ff7b72', plain: '#9ea7b3' },
  'high-contrast-light': { good: '#055d20', fair: '#744500', bad: '#a0111f', plain: '#000000' },
  'high-contrast-dark': { good: '#72f088', fair: '#f7c843', bad: '#ff9492', plain: '#ffffff' },
};

/**
 * The trend of a metric as a tiny SVG: a line through the values, broken where there is none, and a mark at the last one. The status of its
 * target is told by colour and by the mark's form: a disc for good, a triangle for at risk, a square for bad, a ring where there is no target.
 * An old one is dimmed and dashed. Undefined where there is no value to draw.
 */
export function trendPicture(
  { points, status, stale }: Pick<Trend, 'points' | 'status' | 'stale'>,
  theme: Theme,
): string | undefined {
  const placed = placedPoints(points);
  const last = placed.findLast((point) => point !== null);
  if (last === undefined || last === null) return undefined;
  const tone = toneOf(status);
  const color = COLORS[theme][tone];
  const lines = runsOf(placed)
    .filter((run) => run.length > 1)
    .map((run) => `<polyline points="${run.map(({ x, y }) => `${x},${y}`).join(' ')}"/>`);
  const dashes = stale ? ' stroke-dasharray="2 2"' : '';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}"${stale ? ' opacity="0.8"' : ''}>`,
    `<g fill="none" stroke="${color}" stroke-width="1.25" stroke-linejoin="round" stroke-linecap="round"${dashes}>`,
    ...lines,
    '</g>',
    markAt(last, tone, color),
    '</svg>',
  ].join('');
}

function toneOf(status: Trend['status']): Tone {
  switch (status) {
    case 'met':
    case 'on_track':
      return 'good';
    case 'at_risk':
    case 'inconclusive':
      return 'fair';
    case 'missed':
    case 'off_track':
      return 'bad';
    default:
      return 'plain';
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where each value lies. A single value stands at the right; values that are all the same lie in the middle. */
function placedPoints(points: Trend['points']): readonly (Point | null)[] {
  const known = points.filter((point) => point !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const [width, height] = [WIDTH - 2 * PADDING, HEIGHT - 2 * PADDING];
  return points.map((value, index) => {
    if (value === null) return null;
    const across = points.length === 1 ? 1 : index / (points.length - 1);
    const up = high === low ? 0.5 : (value - low) / (high - low);
    return { x: rounded(PADDING + across * width), y: rounded(PADDING + (1 - up) * height) };
  });
}

/** The values between two gaps. */
function runsOf(points: readonly (Point | null)[]): readonly (readonly Point[])[] {
  const runs: Point[][] = [[]];
  for (const point of points) {
    if (point === null) runs.push([]);
    else runs.at(-1)?.push(point);
  }
  return runs;
}

function markAt({ x, y }: Point, tone: Tone, color: string): string {
  switch (tone) {
    case 'good':
      return `<circle cx="${x}" cy="${y}" r="2.5" fill="${color}"/>`;
    case 'fair':
      return `<path d="M${x} ${rounded(y - 3)}l3 5.5h-6z" fill="${color}"/>`;
    case 'bad':
      return `<rect x="${rounded(x - 2.5)}" y="${rounded(y - 2.5)}" width="5" height="5" fill="${color}"/>`;
    case 'plain':
      return `<circle cx="${x}" cy="${y}" r="2" fill="none" stroke="${color}"/>`;
  }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
