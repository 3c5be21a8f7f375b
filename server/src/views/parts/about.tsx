import type { ComponentChildren } from 'preact';
import type { About } from '../../core/preview/preview.ts';
import type { ViewHost } from '../host.ts';
import { Link } from './link.tsx';
import { Notice } from './notice.tsx';
import { Section } from './section.tsx';

/** What something is, and its name as a link to where it is defined. */
export function Heading<At>({
  kind,
  about: { label, name, at },
  host,
  children,
}: {
  readonly kind: string;
  readonly about: About<At>;
  readonly host: ViewHost<At>;
  /** Beside the name. */
  readonly children?: ComponentChildren;
}) {
  return (
    <header class="heading">
      <p class="kind">{kind}</p>
      <h1>{label}</h1>
      <p class="name">
        <Link to={host.toPlace(at)} title="Show the definition in the editor">
          <code>{name}</code>
        </Link>
        {children}
      </p>
    </header>
  );
}

/** Why there are no values, where there are none, and what can be done about it. */
export function Unavailable<At>({
  reason,
  host: { remedy },
}: {
  readonly reason: string | null;
  readonly host: ViewHost<At>;
}) {
  if (reason === null) return null;
  return (
    <Notice tone="warn">
      <p>{reason}</p>
      {remedy === undefined ? null : (
        <button type="button" class="primary" onClick={remedy.run}>
          {remedy.label}
        </button>
      )}
    </Notice>
  );
}

/** What people wrote of a definition: why it is there, who owns it, how it changed. Left out where there is nothing. */
export function AboutSection<At>({ about }: { readonly about: About<At> }) {
  const { description, why, owner, tags, version, changes } = about;
  const facts: readonly (readonly [string, string])[] = [
    ...(description === null ? [] : [['Description', description] as const]),
    ...(why === null ? [] : [['Why', why] as const]),
    ...(owner === null ? [] : [['Owner', owner] as const]),
    ...(tags.length === 0 ? [] : [['Tags', tags.join(', ')] as const]),
    ['Version', String(version)],
  ];
  return (
    <Section id="about" title="About">
      <dl class="about">
        {facts.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {changes.length === 0 ? null : (
        <>
          <h3>Changes</h3>
          <ul>
            {changes.map(({ version: to, date, note }, index) => (
              <li key={index}>
                Version {to}, <time dateTime={date}>{date}</time>: {note}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
