import { isHatched, type Line, type LinesData, lookOf } from './lines.ts';

/** The names of the lines with how they are drawn. One line alone needs none, unless it has an interval or an end that is not over. */
export function Legend({ data: { lines, partial } }: { readonly data: LinesData }) {
  const hasBand = lines.some(({ high }) => high?.some((value) => value !== null) === true);
  const hasEnd = partial.includes(true);
  const marked = (['up', 'down'] as const).filter((way) =>
    lines.some(({ verdicts }) => verdicts?.includes(way) === true),
  );
  if (lines.length < 2 && !hasBand && !hasEnd && marked.length === 0) return null;
  return (
    <ul class="legend">
      {lines.map((line, index) => (
        <li key={index}>
          <Swatch line={line} />
          {line.name}
        </li>
      ))}
      {hasBand ? (
        <li>
          <svg class="swatch" viewBox="0 0 30 12" aria-hidden="true">
            <rect class="swatch-band" x="0" y="1" width="30" height="10" />
          </svg>
          95 % interval
        </li>
      ) : null}
      {marked.map((way) => (
        <li key={way}>
          <svg class="swatch" viewBox="0 0 30 12" aria-hidden="true">
            <path class="swatch-mark" d={way === 'up' ? 'M15 0l7 12h-14z' : 'M15 12l7-12h-14z'} />
          </svg>
          {way} by more than chance
        </li>
      ))}
      {hasEnd ? (
        <li>
          <svg class="swatch" viewBox="0 0 30 12" aria-hidden="true">
            <path class="swatch-line" d="M0 6H30" stroke-dasharray="3 3" />
            <circle class="swatch-hollow" cx="24" cy="6" r="4" />
          </svg>
          not over yet
        </li>
      ) : null}
    </ul>
  );
}

const MARKS = {
  circle: 'M15 3a3 3 0 1 0 0 6a3 3 0 1 0 0-6z',
  rect: 'M12 3h6v6h-6z',
  triangle: 'M15 2l4 7h-8z',
  diamond: 'M15 2l4 4-4 4-4-4z',
} as const;

function Swatch({ line }: { readonly line: Line }) {
  const { color, dash, symbol } = lookOf(line);
  if (line.kind === 'part') return <PartSwatch color={color} hatched={isHatched(line)} />;
  return (
    <svg class={`swatch color-${color}`} viewBox="0 0 30 12" aria-hidden="true">
      <path class="swatch-line" d="M0 6H30" stroke-dasharray={dash.join(' ') || undefined} />
      {symbol === 'none' ? null : <path class="swatch-mark" d={MARKS[symbol]} />}
    </svg>
  );
}

function PartSwatch({ color, hatched }: { readonly color: number; readonly hatched: boolean }) {
  return (
    <svg class={`swatch color-${color}`} viewBox="0 0 30 12" aria-hidden="true">
      <rect class="swatch-mark" x="8" y="0" width="14" height="12" />
      {hatched ? <path class="swatch-hatch" d="M8 12L20 0M8 7L15 0M13 12L22 3M18 12L22 8" /> : null}
    </svg>
  );
}
