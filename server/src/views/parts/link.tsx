import type { ComponentChildren } from 'preact';
import type { LinkProps } from '../host.ts';

/** A link, or just its words where it leads nowhere. */
export function Link({
  to,
  title,
  children,
}: {
  readonly to: LinkProps | undefined;
  readonly title?: string;
  readonly children: ComponentChildren;
}) {
  if (to === undefined) return <span>{children}</span>;
  return (
    <a title={title} {...to}>
      {children}
    </a>
  );
}
