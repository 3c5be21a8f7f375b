import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Preview } from '../../server/src/protocol/index.ts';
import { previewCsv } from '../../server/src/views/copy/to-csv.ts';
import { previewMarkdown } from '../../server/src/views/copy/to-markdown.ts';
import { Icon } from '../../server/src/views/parts/icon.tsx';
import type { FromPage } from './messages.ts';

/** `updating` while something newer is being computed, `old` where nothing newer is to be had. */
export type Freshness = 'current' | 'updating' | 'old';

/** What can be done with a preview as a whole, and whether it is up to date. */
export function Toolbar({
  preview,
  freshness,
  percent,
  isLocked,
  told,
  post,
}: {
  readonly preview: Preview | null;
  readonly freshness: Freshness;
  readonly percent: number;
  readonly isLocked: boolean;
  readonly told: string;
  readonly post: (message: FromPage) => void;
}) {
  return (
    <header class="toolbar">
      <FreshnessWords freshness={freshness} percent={percent} isEmpty={preview === null} />
      <span role="status" class="told">
        {told}
      </span>
      <button
        type="button"
        class="quiet-button"
        aria-pressed={isLocked}
        title="Keep showing this, wherever the cursor goes"
        onClick={() => post({ kind: 'lock', locked: !isLocked })}
      >
        <Icon name={isLocked ? 'lock' : 'unlock'} />
        Lock
      </button>
      {preview === null ? null : <CopyMenu preview={preview} post={post} />}
    </header>
  );
}

function FreshnessWords({
  freshness,
  percent,
  isEmpty,
}: {
  readonly freshness: Freshness;
  readonly percent: number;
  readonly isEmpty: boolean;
}) {
  if (freshness === 'current' || (freshness === 'old' && isEmpty)) return <span class="freshness" />;
  const words =
    freshness === 'old' ? 'Out of date' : isEmpty ? 'Computing' : 'Before your last change; updating';
  const isCounted = freshness === 'updating' && percent > 0 && percent < 100;
  return <span class="freshness stale">{isCounted ? `${words}, ${percent}%` : words}</span>;
}

function CopyMenu({
  preview,
  post,
}: {
  readonly preview: Preview;
  readonly post: (message: FromPage) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const element = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useLeft(element, isOpen, () => setOpen(false));
  const copy = (text: string, what: string): void => {
    post({ kind: 'copy', text, what });
    setOpen(false);
    opener.current?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes it from any of its buttons.
    <div
      class="menu"
      ref={element}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        setOpen(false);
        opener.current?.focus();
      }}
    >
      <button
        type="button"
        class="quiet-button"
        ref={opener}
        aria-expanded={isOpen}
        aria-controls="copy-menu"
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="copy" />
        Copy
      </button>
      <div id="copy-menu" class="menu-items" hidden={!isOpen}>
        <button type="button" class="quiet-button" onClick={() => copy(previewMarkdown(preview), 'Markdown')}>
          Copy as Markdown
        </button>
        <button type="button" class="quiet-button" onClick={() => copy(previewCsv(preview), 'CSV')}>
          Copy as CSV
        </button>
      </div>
    </div>
  );
}

/** Calls back when somebody clicks, or moves the focus, outside of an element. */
function useLeft(element: RefObject<HTMLElement | null>, isWatched: boolean, left: () => void): void {
  useEffect(() => {
    if (!isWatched) return;
    const look = ({ target }: Event): void => {
      if (target instanceof Node && element.current?.contains(target) !== true) left();
    };
    const events = ['pointerdown', 'focusin'] as const;
    for (const each of events) document.addEventListener(each, look);
    return () => {
      for (const each of events) document.removeEventListener(each, look);
    };
  }, [isWatched]);
}
