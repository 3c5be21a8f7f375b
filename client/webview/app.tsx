import { useEffect, useLayoutEffect, useMemo } from 'preact/hooks';
import type { Location, Preview, Subject } from '../../server/src/protocol/index.ts';
import {
  type LinkProps,
  type Memory,
  MemoryContext,
  type Picture,
  PicturesContext,
  type ViewHost,
} from '../../server/src/views/host.ts';
import { Notice, Pending } from '../../server/src/views/parts/notice.tsx';
import { View } from '../../server/src/views/view.tsx';
import { subjectKey } from './merge.ts';
import type { Action, FromPage } from './messages.ts';
import { type Store, withEntry } from './saved.ts';
import { type Freshness, Toolbar } from './toolbar.tsx';

/** What the page knows. */
export interface Model {
  readonly preview: Preview | null;
  readonly freshness: Freshness;
  /** How much of what is being computed is done, in percent; 0 where that is not known. */
  readonly percent: number;
  readonly failure: { readonly text: string; readonly action: Action | null } | null;
  /** What can be done where the preview says that something is not available. */
  readonly action: Action | null;
  readonly isLocked: boolean;
  /** What has just been done, for a moment. */
  readonly told: string;
}

/** The page of a preview. */
export function App({
  model,
  store,
  post,
  picture,
}: {
  readonly model: Model;
  readonly store: Store;
  readonly post: (message: FromPage) => void;
  readonly picture: (picture: Picture) => void;
}) {
  const { preview, freshness, percent, failure, action, isLocked, told } = model;
  const key = preview === null ? '' : subjectKey(preview);
  const host = useMemo(() => hostOf(post), [post]);
  const memory = useMemo(() => memoryOf(store, key), [store, key]);
  useScroll(store, key);
  return (
    <div class="plumbline">
      <Toolbar
        preview={preview}
        freshness={freshness}
        percent={percent}
        isLocked={isLocked}
        told={told}
        post={post}
      />
      <main class="view" aria-busy={freshness === 'updating'}>
        {failure === null ? null : <Told text={failure.text} action={failure.action} post={post} />}
        <MemoryContext.Provider value={memory}>
          <PicturesContext.Provider value={picture}>
            {preview !== null ? (
              <View key={key} preview={preview} host={hostFor(host, preview, action, post)} />
            ) : null}
          </PicturesContext.Provider>
        </MemoryContext.Provider>
        {preview === null && failure === null ? <Pending lines={6} /> : null}
      </main>
    </div>
  );
}

function Told({
  text,
  action,
  post,
}: {
  readonly text: string;
  readonly action: Action | null;
  readonly post: (message: FromPage) => void;
}) {
  return (
    <div role="status">
      <Notice tone="warn">
        <p>{text}</p>
        {action === null ? null : <ActionButton action={action} post={post} />}
      </Notice>
    </div>
  );
}

function ActionButton({
  action: { id, label },
  post,
}: {
  readonly action: Action;
  readonly post: (message: FromPage) => void;
}) {
  return (
    <div>
      <button type="button" class="primary" onClick={() => post({ kind: 'act', action: id })}>
        {label}
      </button>
    </div>
  );
}

/** Links are messages: the page itself goes nowhere. */
function linkTo(message: FromPage, post: (message: FromPage) => void): LinkProps {
  return {
    href: '#',
    onClick: (event) => {
      event.preventDefault();
      // The editor would scroll to the top, as it does for links to nowhere.
      event.stopPropagation();
      post(message);
    },
  };
}

function hostOf(post: (message: FromPage) => void): ViewHost<Location> {
  return {
    toPlace: (at) => linkTo({ kind: 'open', at }, post),
    toSubject: (subject: Subject) => linkTo({ kind: 'show', subject }, post),
    choose: (choices) => post({ kind: 'choose', ...choices }),
    copy: (text) => post({ kind: 'copy', text, what: 'SQL' }),
  };
}

function hostFor(
  host: ViewHost<Location>,
  preview: Preview,
  action: Action | null,
  post: (message: FromPage) => void,
): ViewHost<Location> {
  const source = preview.kind === 'source' ? preview.about.name : undefined;
  return {
    ...host,
    ...(action === null
      ? {}
      : { remedy: { label: action.label, run: () => post({ kind: 'act', action: action.id }) } }),
    ...(source === undefined ? {} : { page: (offset: number) => post({ kind: 'rows', source, offset }) }),
  };
}

function memoryOf(store: Store, subject: string): Memory {
  return {
    get: (key) => store.get().memory[`${subject} ${key}`],
    set: (key, value) => store.change({ memory: withEntry(store.get().memory, `${subject} ${key}`, value) }),
  };
}

/** Each subject is scrolled to where it was left, and newer data do not move it. */
function useScroll(store: Store, subject: string): void {
  useLayoutEffect(() => {
    if (subject !== '') window.scrollTo(0, store.get().scroll[subject] ?? 0);
  }, [store, subject]);
  useEffect(() => {
    if (subject === '') return;
    const save = (): void => store.change({ scroll: withEntry(store.get().scroll, subject, window.scrollY) });
    window.addEventListener('scrollend', save);
    return () => window.removeEventListener('scrollend', save);
  }, [store, subject]);
}
