import type { Comparison } from '../../core/preview/comparison.ts';
import type { ViewHost } from '../host.ts';
import { Line } from '../parts/words.tsx';

/** What is other than in another version: what changed, whom it reaches, and what it does to the numbers. */
export function ComparisonView<At>({
  preview,
}: {
  readonly preview: Comparison<At>;
  readonly host: ViewHost<At>;
}) {
  return (
    <main>
      <p>
        <Line words={preview.summary} />
      </p>
    </main>
  );
}
