import type { RefObject } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import { PicturesContext, PrintedContext } from '../host.ts';
import { Icon } from '../parts/icon.tsx';
import type { Table } from '../parts/table.ts';
import { Figure } from './figure.tsx';
import { Legend } from './legend.tsx';
import { type Drawing, drawIn, drawSvg } from './library.ts';
import { type LinesData, linesSentence } from './lines.ts';
import { linesOption } from './lines-option.ts';
import { PrintedLines } from './printed-lines.tsx';
import { type ChartTheme, useTheme } from './theme.ts';

/** Of a picture that is taken out of the page. */
const PICTURE = { width: 960, height: 480 };

interface LinesChartProps {
  /** Unique in the view. */
  readonly id: string;
  readonly data: LinesData;
  readonly table: Table;
}

/** A chart of lines with its legend and its table. */
export function LinesChart(props: LinesChartProps) {
  return useContext(PrintedContext) ? <PrintedLines {...props} /> : <LiveLines {...props} />;
}

function LiveLines({ id, data, table }: LinesChartProps) {
  const theme = useTheme();
  const element = useDrawing(data, theme);
  return (
    <Figure id={id} table={table} tools={<PictureButton data={data} theme={theme} />}>
      <div class="canvas" role="img" aria-label={linesSentence(data)} ref={element} />
      <Legend data={data} />
    </Figure>
  );
}

/** Draws into an element, again when the numbers or the theme are others. Returns where the element is to be put. */
function useDrawing(data: LinesData, theme: ChartTheme): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
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
  // As text, so that the same numbers are not drawn again; how they are written does not change alone.
  useEffect(() => drawing.current?.draw(linesOption(data, theme)), [JSON.stringify(data), theme]);
  return element;
}

function PictureButton({ data, theme }: { readonly data: LinesData; readonly theme: ChartTheme }) {
  const takePicture = useContext(PicturesContext);
  if (takePicture === undefined) return null;
  const take = (): void =>
    takePicture({ svg: drawSvg(linesOption(data, theme, true), PICTURE), ...PICTURE, name: data.title });
  return (
    <button type="button" class="quiet-button" aria-label={`Copy as image: ${data.title}`} onClick={take}>
      <Icon name="copy" />
      Copy as image
    </button>
  );
}
