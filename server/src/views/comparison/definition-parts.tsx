import type { ComponentChildren } from 'preact';
import type { Words } from '../../core/ide/prose/prose.ts';
import type { ComparedDefinition, Sides } from '../../core/preview/comparison.ts';
import type { ViewHost } from '../host.ts';
import { Link } from '../parts/link.tsx';
import { Line } from '../parts/words.tsx';
import { ChangeClassBadge } from './change-class.tsx';
import { unbroken } from './minus.ts';

/** A heading with what stands below it, on the level that the view has come to. */
export function Part({
  level,
  title,
  children,
}: {
  readonly level: 2 | 3;
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  const Title = `h${level}` as const;
  return (
    <div class="compared-part">
      <Title>{title}</Title>
      {children}
    </div>
  );
}

/** Lines of words as a list; nothing where there are none. */
export function Lines({ lines }: { readonly lines: readonly Words[] }) {
  if (lines.length === 0) return null;
  return (
    <ul>
      {lines.map((words, index) => (
        <li key={index}>
          <Line words={words.map((run) => (typeof run === 'string' ? unbroken(run) : run))} />
        </li>
      ))}
    </ul>
  );
}

/** The name of a definition as the way to it, how gravely it changed, and the way to what it was. */
export function DefinitionName<At>({
  of: { subject, class: gravity, at, text },
  was,
  host,
  children,
}: {
  readonly of: ComparedDefinition<At>;
  /** Its name before; null where it had none, or the same. */
  readonly was: string | null;
  readonly host: ViewHost<At>;
  readonly children?: ComponentChildren;
}) {
  const isSettings = subject.kind === 'settings';
  return (
    <p class="name">
      <Place at={at.after} title="Show the definition in the editor" host={host}>
        <code>{subject.name}</code>
      </Place>
      {was === null ? null : (
        <span>
          was <code>{was}</code>
        </span>
      )}
      <ChangeClassBadge of={gravity} />
      {isSettings ? null : <Standing of={text} />}
      {at.before === null || host.toPlace(at.before) === undefined ? null : (
        <Link to={host.toPlace(at.before)} title="Show what it was in the editor">
          Definition before
        </Link>
      )}
      <PlaceWords at={at} host={host} />
      {children}
    </p>
  );
}

function Standing({ of }: { readonly of: Sides<string | null> }) {
  if (of.before === null) return <span class="chip">new</span>;
  return of.after === null ? <span class="chip">removed</span> : null;
}

function Place<At>({
  at,
  title,
  host,
  children,
}: {
  readonly at: At | null;
  readonly title: string;
  readonly host: ViewHost<At>;
  readonly children: ComponentChildren;
}) {
  return (
    <Link to={at === null ? undefined : host.toPlace(at)} title={title}>
      {children}
    </Link>
  );
}

/** Where a definition stands, for a reader who cannot go there. */
function PlaceWords<At>({
  at: { before, after },
  host: { placeWords },
}: {
  readonly at: Sides<At | null>;
  readonly host: ViewHost<At>;
}) {
  if (placeWords === undefined) return null;
  const [was, is] = [before, after].map((at) => (at === null ? null : placeWords(at)));
  const words = is == null ? was : was == null || was === is ? is : `${is}, before ${was}`;
  return words == null ? null : <span class="quiet">{words}</span>;
}
