import type { Table } from '../parts/table.ts';
import { Figure } from './figure.tsx';
import { inlineSvg } from './inline-svg.ts';
import { Legend } from './legend.tsx';
import { drawSvg } from './library.ts';
import { type LinesData, linesSentence } from './lines.ts';
import { linesOption } from './lines-option.ts';
import { PRINTED } from './theme.ts';

/** A drawing is stretched to its place, and its words with it: a narrow place has a drawing of its own. */
const SIZES = {
  wide: { width: 920, height: 280 },
  narrow: { width: 360, height: 220 },
} as const;

/** A chart of lines in a page in which nothing runs, in the colours that the page has in each theme. */
export function PrintedLines({
  id,
  data,
  table,
}: {
  readonly id: string;
  readonly data: LinesData;
  readonly table: Table;
}) {
  const drawn = (size: keyof typeof SIZES) => {
    const svg = inlineSvg(drawSvg(linesOption(data, PRINTED), SIZES[size]), `${id}-${size}`);
    // The library has escaped every text in it.
    return <div class={`printed-${size}`} dangerouslySetInnerHTML={{ __html: svg }} />;
  };
  return (
    <Figure id={id} table={table}>
      <div class="printed" role="img" aria-label={linesSentence(data)}>
        {drawn('wide')}
        {drawn('narrow')}
      </div>
      <Legend data={data} />
    </Figure>
  );
}
