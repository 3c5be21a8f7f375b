import { useContext } from 'preact/hooks';
import type { ComparedMetric } from '../../core/preview/comparison.ts';
import { PrintedContext } from '../host.ts';
import { ChangeClassBadge } from './change-class.tsx';

/** A metric with the part of the page that is about it. */
export interface Placed<At> {
  readonly id: string;
  readonly metric: ComparedMetric<At>;
}

/** With so many metrics one sees them all at once. */
const FEW = 3;

/** The metrics with a link to each; those that moved although nobody changed their text stand apart. Nothing where they are few. */
export function Contents<At>({ metrics }: { readonly metrics: readonly Placed<At>[] }) {
  if (metrics.length <= FEW) return null;
  const unmeant = metrics.filter(({ metric }) => metric.isUnmeant);
  const others = metrics.filter(({ metric }) => !metric.isUnmeant);
  return (
    <nav class="contents" aria-label="Metrics that a change reaches">
      <Group title="Moved, and nobody changed their text" metrics={unmeant} />
      <Group title={unmeant.length === 0 ? 'Metrics' : 'Other metrics'} metrics={others} />
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

function Entry<At>({ id, metric: { label, class: gravity, headline } }: Placed<At>) {
  const isPrinted = useContext(PrintedContext);
  // An editor only scrolls to it: whoever goes by keyboard is to go on from there.
  const focus = (): void => document.getElementById(`${id}-title`)?.focus({ preventScroll: true });
  return (
    <>
      <a href={`#${id}`} {...(isPrinted ? {} : { onClick: focus })}>
        <bdi>{label}</bdi>
      </a>
      <ChangeClassBadge of={gravity} />
      {headline?.isMoved === true ? (
        <span class="quiet">
          {headline.before} <span aria-hidden="true">→</span>
          <span class="visually-hidden">, now</span> {headline.after}
        </span>
      ) : null}
    </>
  );
}
