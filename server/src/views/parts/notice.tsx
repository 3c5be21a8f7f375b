import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

/** Something that must be known before what follows is read. */
export function Notice({
  tone,
  children,
}: {
  readonly tone: 'info' | 'warn';
  readonly children: ComponentChildren;
}) {
  return (
    <div class={`notice ${tone}`}>
      <Icon name={tone === 'warn' ? 'warning' : 'info'} />
      <div>{children}</div>
    </div>
  );
}

/** In place of a section that has not come yet. Its height is about that of what comes, so that nothing jumps. */
export function Pending({ lines = 3 }: { readonly lines?: number }) {
  return (
    <div class="pending" role="status">
      <span class="quiet">Computing</span>
      {Array.from({ length: lines - 1 }, (_, index) => (
        <span key={index} class="pending-line" aria-hidden="true" />
      ))}
    </div>
  );
}

/** Says that a section is empty, and why. */
export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <p class="quiet">{children}</p>;
}
