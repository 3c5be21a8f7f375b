import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { LinesOption } from './lines-option.ts';

use([BarChart, LineChart, GridComponent, TooltipComponent, LegendComponent, TitleComponent, SVGRenderer]);

export interface Drawing {
  draw(option: LinesOption): void;
  resize(): void;
  dispose(): void;
}

/** A chart in an element of the page. */
export function drawIn(element: HTMLElement): Drawing {
  const chart = init(element, null, { renderer: 'svg' });
  return {
    // Other lines may come and go; all else stays, so that nothing flickers.
    draw: (option) => chart.setOption(option, { replaceMerge: ['series'] }),
    resize: () => chart.resize(),
    dispose: () => chart.dispose(),
  };
}

/** A chart as the text of an SVG, without a page. */
export function drawSvg(
  option: LinesOption,
  size: { readonly width: number; readonly height: number },
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
