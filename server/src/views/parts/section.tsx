import type { ComponentChildren } from 'preact';

/** A part of a view with its heading, which names it for assistive technology too. */
export function Section({
  id,
  title,
  tools,
  children,
}: {
  /** Unique in the view. */
  readonly id: string;
  readonly title: string;
  /** Controls beside the heading. */
  readonly tools?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <div class="section-head">
        <h2 id={`${id}-title`}>{title}</h2>
        {tools === undefined ? null : <div class="tools">{tools}</div>}
      </div>
      {children}
    </section>
  );
}
