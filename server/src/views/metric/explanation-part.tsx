import type { Explanation } from '../../core/evaluate/explain.ts';
import type { ExplanationBy } from '../../core/preview/explanations.ts';
import type { ValueShape } from '../../core/preview/preview.ts';
import { DataTable } from '../parts/data-table.tsx';
import { didSomething, explanationTable, explanationWords } from './explanation.ts';

/** Why the headline moved from the period before, by the groups of a breakdown; where that cannot be said, why not. */
export function ExplanationPart({
  id,
  of: { explanation, refused },
  shape,
  title,
}: {
  /** Unique in the view. */
  readonly id: string;
  readonly of: ExplanationBy;
  readonly shape: ValueShape;
  /** What moved, and by what. */
  readonly title: string;
}) {
  if (explanation === null && refused === null) return null;
  return (
    <div class="explanation" id={id}>
      <h3>Why it moved</h3>
      {explanation === null ? (
        <p class="quiet">{refused}</p>
      ) : (
        <>
          <p>
            <span class="quiet">
              From {explanation.before} to {explanation.period}.{' '}
            </span>
            {explanationWords(explanation, shape)}
          </p>
          <DataTable caption="quiet" table={shownExplanation(explanation, shape, title)} />
        </>
      )}
    </div>
  );
}

/** On screen a bar stands beside the effect of each group. */
function shownExplanation(explanation: Explanation, shape: ValueShape, title: string) {
  const table = explanationTable(explanation, shape, `${title}: why it moved`);
  const groups = explanation.groups.filter(didSomething);
  const largest = Math.max(...groups.map(({ effect }) => Math.abs(effect)));
  return {
    ...table,
    columns: table.columns.toSpliced(2, 0, { label: '', drawn: true }),
    rows: table.rows.map((row, index) =>
      row.toSpliced(2, 0, {
        text: '',
        shown: <EffectBar effect={groups[index]?.effect ?? null} largest={largest} />,
      }),
    ),
  };
}

/** From the middle to the right for what adds, to the left for what takes away. */
function EffectBar({ effect, largest }: { readonly effect: number | null; readonly largest: number }) {
  if (effect === null || largest === 0) return null;
  const width = (Math.abs(effect) / largest) * 50;
  return (
    <svg class="bar" aria-hidden="true" focusable="false" preserveAspectRatio="none">
      <rect class="bar-ground" width="100%" height="100%" />
      <rect
        class={effect < 0 ? 'bar-less' : 'bar-share'}
        x={`${effect < 0 ? 50 - width : 50}%`}
        width={`${width}%`}
        height="100%"
      />
      <line class="bar-zero" x1="50%" x2="50%" y1="0" y2="100%" />
    </svg>
  );
}
