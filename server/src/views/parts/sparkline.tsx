import { formatValue } from '../../core/evaluate/format-value.ts';
import type { ValueShape } from '../../core/preview/preview.ts';
import { formatOf } from './numbers.ts';

const [WIDTH, HEIGHT, MARGIN] = [96, 24, 3];

/** A trend as small as a word. Nothing where there are fewer than two values. */
export function Sparkline({
  values,
  shape,
}: {
  /** Oldest first. */
  readonly values: readonly (number | null)[];
  readonly shape: ValueShape;
}) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return <span class="quiet">–</span>;
  const last = lastPoint(values);
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={sparklineWords(values, shape)}
    >
      <path d={linePath(values)} />
      {last === undefined ? null : <circle cx={last.x} cy={last.y} r="2.5" />}
    </svg>
  );
}

/** What a sparkline shows: `12 periods from 31.2 to 42.0`. */
export function sparklineWords(values: readonly (number | null)[], shape: ValueShape): string {
  const known = values.filter((value) => value !== null);
  const format = formatOf(shape);
  return `${values.length} periods from ${formatValue(known[0] ?? null, format)} to ${formatValue(known.at(-1) ?? null, format)}`;
}

function linePath(values: readonly (number | null)[]): string {
  return values
    .map((value, index) => {
      const at = pointOf(values, index);
      if (value === null || at === undefined) return '';
      return `${(values[index - 1] ?? null) === null ? 'M' : 'L'}${at.x} ${at.y}`;
    })
    .join('');
}

function lastPoint(values: readonly (number | null)[]): Point | undefined {
  return pointOf(
    values,
    values.findLastIndex((value) => value !== null),
  );
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function pointOf(values: readonly (number | null)[], index: number): Point | undefined {
  const value = values[index] ?? null;
  if (value === null) return undefined;
  const known = values.filter((each) => each !== null);
  const low = Math.min(...known);
  const range = Math.max(...known) - low;
  const x = MARGIN + (index * (WIDTH - 2 * MARGIN)) / Math.max(1, values.length - 1);
  const y = range === 0 ? HEIGHT / 2 : HEIGHT - MARGIN - ((value - low) / range) * (HEIGHT - 2 * MARGIN);
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
}
