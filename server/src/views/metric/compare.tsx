import type { MetricDocument } from '../../core/evaluate/result.ts';
import type { ValueShape } from '../../core/preview/preview.ts';
import { LinesChart } from '../charts/lines-chart.tsx';
import { linesTable } from '../charts/lines-table.ts';
import { useRemembered } from '../host.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Select } from '../parts/select.tsx';
import { compareGroups } from './breakdown.ts';

/** Two groups of a breakdown against each other. */
export function Compare({
  shape,
  result,
  by,
  groups,
}: {
  readonly shape: ValueShape;
  readonly result: MetricDocument;
  readonly by: string;
  readonly groups: readonly string[];
}) {
  const [first, setFirst] = useRemembered(`compare-first:${by}`, '');
  const [second, setSecond] = useRemembered(`compare-second:${by}`, '');
  if (groups.length < 2) return null;
  const options = [
    { value: '', label: 'choose a group' },
    ...groups.map((value) => ({ value, label: value })),
  ];
  const comparison = compareGroups(shape, result, by, [first, second]);
  return (
    <div class="compare">
      <h3>Compare two groups</h3>
      <div class="tools">
        <Select label="First" value={first} options={options} onChange={setFirst} />
        <Select label="Second" value={second} options={options} onChange={setSecond} />
      </div>
      {comparison === undefined ? (
        <p class="quiet">
          {first !== '' && first === second
            ? 'Choose two that are not the same.'
            : 'Choose two to see how far apart they are.'}
        </p>
      ) : (
        <>
          {comparison.data.periods.length < 2 ? null : (
            <LinesChart id="comparison" data={comparison.data} table={linesTable(comparison.data)} />
          )}
          <DataTable table={comparison.table} tall />
        </>
      )}
    </div>
  );
}
