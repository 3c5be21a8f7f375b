import { useContext, useEffect, useRef } from 'preact/hooks';
import { PicturesContext } from '../host.ts';
import { Icon } from '../parts/icon.tsx';
import type { Table } from '../parts/table.ts';
import { Figure } from './figure.tsx';
import { Legend } from './legend.tsx';
import { type Drawing, drawIn, drawSvg } from './library.ts';
import { type LinesData, linesSentence } from './lines.ts';
import { linesOption } from './lines-option.ts';
import { useTheme } from './theme.ts';

/** Of a picture that is taken out of the page. */
const PICTURE = { width: 960, height: 480 };

/** A chart of lines with its legend and its table. */
export function LinesChart({
  id,
  data,
  table,
}: {
  readonly id: string;
  readonly data: LinesData;
  readonly table: Table;
}) {
  const element = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const theme = useTheme();
  useEffect(() => {
    if (element.current === null) return;
    const drawn = drawIn(element.current);
    drawing.current = drawn;
    const resized = new ResizeObserver(() => drawn.resize());
    resized.observe(element.current);
    return () => {
      resized.disconnect();
      drawn.dispose();
    };
  }, []);
  // Functions are left out, so that the same numbers are not drawn again.
  useEffect(() => drawing.current?.draw(linesOption(data, theme)), [JSON.stringify(data), theme]);
  const takePicture = useContext(PicturesContext);
  const copy = takePicture && (
    <button
      type="button"
      class="quiet-button"
      aria-label={`Copy as image: ${data.title}`}
      onClick={() =>
        takePicture({ svg: drawSvg(linesOption(data, theme, true), PICTURE), ...PICTURE, name: data.title })
      }
    >
      <Icon name="copy" />
      Copy as image
    </button>
  );
  return (
    <Figure id={id} table={table} tools={copy}>
      <div class="canvas" role="img" aria-label={linesSentence(data)} ref={element} />
      <Legend data={data} />
    </Figure>
  );
}
