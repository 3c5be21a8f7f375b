import type { Location, Preview, PreviewParams, Subject } from '../../server/src/protocol/index.ts';

type Grain = NonNullable<PreviewParams['grain']>;

/** What the extension and the page of a preview say to each other. Both sides import these types and nothing else of each other. */

/** What a page is asked to show, and to give back when it is made again after a reload. */
export interface PreviewState {
  /** URI of a document of the project. */
  readonly document: string;
  readonly subject: Subject;
  /** The breakdown and the grain that were chosen; absent where the metric's own are shown. */
  readonly by?: string | null;
  readonly grain?: Grain;
  /** Whether it keeps what it shows wherever the cursor goes. */
  readonly locked: boolean;
}

/** From the extension to the page. */
export type ToPage =
  | { readonly kind: 'state'; readonly state: PreviewState | null }
  /** What there is so far; `action` is what can be done where it says that something is not available. */
  | {
      readonly kind: 'preview';
      readonly preview: Preview;
      readonly isWhole: boolean;
      readonly action: Action | null;
    }
  /** The text or the data have changed since; something newer is being computed. */
  | { readonly kind: 'stale' }
  /** How much of that is done, in percent from 0 to 100. */
  | { readonly kind: 'progress'; readonly percent: number }
  /** Why nothing (new) can be shown, and what can be done about it. */
  | { readonly kind: 'failure'; readonly text: string; readonly action: Action | null }
  /** Why something that was asked for on the page could not be done. What is shown is as good as before. */
  | { readonly kind: 'refused'; readonly text: string }
  /** Another page of the rows of the source that is shown. */
  | { readonly kind: 'rows'; readonly source: string; readonly rows: RowsOf }
  /** Something has been done, in a few words. */
  | { readonly kind: 'told'; readonly what: string }
  /** Scrolls to a section. */
  | { readonly kind: 'reveal'; readonly section: string };

type RowsOf = NonNullable<Extract<Preview, { kind: 'source' }>['rows']>;

/** Something that can be done about a failure, as a button says it. */
export interface Action {
  readonly id: 'restart' | 'trust' | 'log' | 'retry';
  readonly label: string;
}

/** From the page to the extension. */
export type FromPage =
  /** It listens now. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'open'; readonly at: Location }
  | { readonly kind: 'show'; readonly subject: Subject }
  | { readonly kind: 'choose'; readonly by?: string | null; readonly grain?: Grain }
  | { readonly kind: 'rows'; readonly source: string; readonly offset: number }
  | { readonly kind: 'lock'; readonly locked: boolean }
  | { readonly kind: 'copy'; readonly text: string; readonly what: string }
  /** A picture that the page could not put on the clipboard. */
  | { readonly kind: 'savePicture'; readonly name: string; readonly png: string }
  | { readonly kind: 'act'; readonly action: Action['id'] };
