import type { ComponentChildren } from 'preact';

/** A place that scrolls where what is in it is larger, also by keyboard: so it takes the focus, and has a name. */
export function Scroll({
  label,
  name = 'scroll',
  children,
}: {
  readonly label: string;
  /** Its class. */
  readonly name?: string;
  readonly children: ComponentChildren;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <section class={name} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
