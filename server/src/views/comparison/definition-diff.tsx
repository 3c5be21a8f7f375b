import type { Sides } from '../../core/preview/comparison.ts';
import { Empty } from '../parts/notice.tsx';
import { counted } from '../parts/numbers.ts';
import { Scroll } from '../parts/scroll.tsx';
import { type DiffLine, type DiffRow, diffRows } from './diff-rows.ts';

/** A definition in two versions: side by side, or alone where only one version has it. Nothing is told by colour alone. */
export function DefinitionDiff({
  name,
  text,
  versions,
}: {
  readonly name: string;
  readonly text: Sides<string | null>;
  readonly versions: Sides<string>;
}) {
  if (text.before === null && text.after === null) return null;
  if (text.before === text.after) return <Empty>Its own text is as before.</Empty>;
  const { rows, left } = diffRows(text.before, text.after);
  const side = (of: 'before' | 'after') =>
    text[of] === null ? null : <DiffSide of={of} name={name} version={versions[of]} rows={rows} />;
  return (
    <>
      <div class="diff">
        {side('before')}
        {side('after')}
      </div>
      {left === 0 ? null : <p class="quiet">{counted(left, 'more line')} not shown.</p>}
    </>
  );
}

const LABELS = { before: 'Before', after: 'After' } as const;

function DiffSide({
  of,
  name,
  version,
  rows,
}: {
  readonly of: 'before' | 'after';
  readonly name: string;
  readonly version: string;
  readonly rows: readonly DiffRow[];
}) {
  return (
    <div class="diff-side">
      <p class="quiet">
        {LABELS[of]}: <bdi>{version}</bdi>
      </p>
      <Scroll label={`${name}, ${LABELS[of].toLowerCase()}`}>
        <pre>
          <code>
            {rows.map((row, index) =>
              'skipped' in row ? (
                <span key={index} class="diff-line diff-gap">
                  {counted(row.skipped, 'line')} as before
                </span>
              ) : (
                <Row key={index} line={row[of]} of={of} />
              ),
            )}
          </code>
        </pre>
      </Scroll>
    </div>
  );
}

/** A line with its mark. One that only the other side has leaves its place free, so that what belongs together stands side by side. */
function Row({ line, of }: { readonly line: DiffLine | null; readonly of: 'before' | 'after' }) {
  if (line === null) return <span class="diff-line diff-none" aria-hidden="true" />;
  if (!line.isChanged) return <span class="diff-line">{`  ${line.text}`}</span>;
  return of === 'before' ? (
    <del class="diff-line">{`- ${line.text}`}</del>
  ) : (
    <ins class="diff-line">{`+ ${line.text}`}</ins>
  );
}
