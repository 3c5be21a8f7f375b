import { formatValue } from '../../core/evaluate/format-value.ts';
import type { CohortPicture } from '../../core/preview/pictures/picture.ts';
import type { CountedNoun } from '../../core/preview/rests-on.ts';
import { countText } from '../parts/numbers.ts';
import { Scroll } from '../parts/scroll.tsx';
import { Section } from '../parts/section.tsx';
import { type CohortCell, type CohortGrid, capital, cohortGrid, cohortTable, STRONGEST } from './cohorts.ts';

/** The triangle of cohorts as a heat map: a table whose cells are coloured, so that all can read it. */
export function CohortsSection({
  picture,
  restsOn,
  label,
}: {
  readonly picture: CohortPicture;
  readonly restsOn: CountedNoun;
  readonly label: string;
}) {
  const grid = cohortGrid(picture);
  const { grain, after, omitted } = picture;
  const { title } = cohortTable(picture, restsOn, label);
  const count = grid.rows.length;
  return (
    <Section id="cohorts" title="Cohorts">
      <p class="quiet">
        Of the {restsOn.many} that joined in each {grain}, the share that is there so many {grain}s later.
        {after === null ? '' : ` The outlined column, ${after}, is this metric.`}
        {omitted === 0 ? '' : ` Listed are the last ${count} of ${count + omitted} cohorts.`}
      </p>
      <Scroll label={title}>
        <table class="heat">
          <caption class="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">Joined in</th>
              <th scope="col" class="number">
                {capital(restsOn.many)}
              </th>
              {grid.columns.map((column) => (
                <th key={column} scope="col" class={column === after ? 'number own' : 'number'}>
                  <span class="visually-hidden">{grain} </span>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.rows.map(({ period, entities, cells }) => (
              <tr key={period}>
                <th scope="row">{period}</th>
                <td class="number">{countText(entities)}</td>
                {cells.map((cell, column) => (
                  <HeatCell key={column} cell={cell} entities={entities} isOwn={column === after} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <HeatLegend grid={grid} />
    </Section>
  );
}

function HeatCell({
  cell,
  entities,
  isOwn,
}: {
  readonly cell: CohortCell;
  readonly entities: number;
  readonly isOwn: boolean;
}) {
  const own = isOwn ? ' own' : '';
  if (cell.kind === 'share')
    return (
      <td
        class={`number heat-${cell.heat}${own}`}
        title={`${countText(cell.there)} of ${countText(entities)}`}
      >
        {percent(cell.share)}
      </td>
    );
  if (cell.kind === 'nobody') return <td class={`number${own}`}>–</td>;
  return (
    <td class={`not-yet${own}`} title="not yet">
      <span class="visually-hidden">not yet</span>
    </td>
  );
}

/** Whole percents, as there is room for no more; what is missing is never written as all, nor what is there as nothing. */
function percent(share: number): string {
  if (share < 1 && share > 0.995) return '> 99 %';
  if (share > 0 && share < 0.005) return '< 1 %';
  return formatValue(share, { unit: 'percent', decimals: 0 });
}

function HeatLegend({ grid: { least, most } }: { readonly grid: CohortGrid }) {
  return (
    <ul class="legend">
      <li>
        {percent(least)}
        <svg class="heat-scale" aria-hidden="true" focusable="false">
          {Array.from({ length: STRONGEST + 1 }, (_, heat) => (
            <rect key={heat} class={`heat-fill-${heat}`} x={heat * 12} y="0" width="12" height="12" />
          ))}
        </svg>
        {percent(most)}
        {most < 1 ? ' and more' : ''}
      </li>
      <li>
        <span class="not-yet not-yet-swatch" aria-hidden="true" />
        not yet
      </li>
    </ul>
  );
}
