import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import type { ComparedMetric } from '../../core/preview/comparison.ts';
import { PrintedContext } from '../host.ts';
import { counted, countText } from '../parts/numbers.ts';
import { ChangeClassBadge } from './change-class.tsx';
import { unbroken } from './minus.ts';

/** A metric with the part of the page that is about it. */
export interface Placed<At> {
  readonly id: string;
  readonly metric: ComparedMetric<At>;
}

/** Another part of the page. */
export interface Further {
  readonly id: string;
  readonly title: string;
}

/** With so many metrics one sees them all at once. */
const FEW = 3;

/** The metrics with a link to each; those that moved although nobody changed their text stand apart. Nothing where they are few. */
export function Contents<At>({
  metrics,
  further,
}: {
  readonly metrics: readonly Placed<At>[];
  /** What stands below the metrics. */
  readonly further: readonly Further[];
}) {
  if (metrics.length <= FEW) return null;
  const unmeant = metrics.filter(({ metric }) => metric.unmeant !== null);
  const others = metrics.filter(({ metric }) => metric.unmeant === null);
  return (
    <nav class="contents" aria-label="What changed">
      <Group title="Moved, and nobody changed their text" metrics={unmeant} />
      <Group title={unmeant.length === 0 ? 'Metrics' : 'Other metrics'} metrics={others} />
      <FurtherParts parts={further} />
    </nav>
  );
}

function Group<At>({ title, metrics }: { readonly title: string; readonly metrics: readonly Placed<At>[] }) {
  if (metrics.length === 0) return null;
  return (
    <div>
      <p class="quiet">{title}</p>
      <ul class="plain">
        {metrics.map(({ id, metric }) => (
          <li key={id}>
            <Entry id={id} metric={metric} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function FurtherParts({ parts }: { readonly parts: readonly Further[] }) {
  if (parts.length === 0) return null;
  return (
    <div>
      <p class="quiet">Beside metrics</p>
      <ul class="plain">
        {parts.map(({ id, title }) => (
          <li key={id}>
            <PartLink id={id}>{title}</PartLink>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A link within the page. */
function PartLink({ id, children }: { readonly id: string; readonly children: ComponentChildren }) {
  const isPrinted = useContext(PrintedContext);
  // Scrolling alone would leave the focus here: whoever goes by keyboard is to go on from there.
  const go = (event: MouseEvent): void => {
    const [part, title] = [id, `${id}-title`].map((name) => document.getElementById(name));
    if (part == null || title == null) return;
    event.preventDefault();
    part.scrollIntoView();
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
  };
  return (
    <a href={`#${id}`} {...(isPrinted ? {} : { onClick: go })}>
      {children}
    </a>
  );
}

function Entry<At>({ id, metric }: Placed<At>) {
  return (
    <>
      <PartLink id={id}>
        <bdi>{metric.label}</bdi>
      </PartLink>
      <ChangeClassBadge of={metric.class} />
      <span class="quiet">
        <Effect metric={metric} />
      </span>
    </>
  );
}

/** What it comes to in a few words: its value before and after, or how many values moved where that one did not. */
function Effect<At>({
  metric: { headline, moved, compared, text },
}: {
  readonly metric: ComparedMetric<At>;
}) {
  if (headline?.isMoved === true)
    return (
      <>
        {headline.before} <span aria-hidden="true">→</span>
        <span class="visually-hidden">, now</span> {headline.after}
        {headline.change === null ? null : ` (${unbroken(headline.change)})`}
      </>
    );
  if (text.before === null) return <>new</>;
  if (text.after === null) return <>removed</>;
  return moved === 0 ? null : (
    <>
      {countText(moved)} of {counted(compared, 'value')} moved
    </>
  );
}
