import type { PreviewState } from './messages.ts';

/** What outlives the page: the editor gives it back when the page is made again. */
export interface Saved {
  readonly state: PreviewState | null;
  /** What the reader has set, by subject and name. */
  readonly memory: Readonly<Record<string, string>>;
  /** How far each subject is scrolled, in pixels. */
  readonly scroll: Readonly<Record<string, number>>;
}

const EMPTY: Saved = { state: null, memory: {}, scroll: {} };

/** So many settings and places are remembered; the oldest are forgotten. */
const MOST = 200;

interface Api {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): Api;

export interface Store {
  get(): Saved;
  change(change: Partial<Saved>): void;
}

/** The editor around the page. May be called once. */
export function editor(): { readonly api: Api; readonly store: Store } {
  const api = acquireVsCodeApi();
  let saved = readSaved(api.getState());
  return {
    api,
    store: {
      get: () => saved,
      change: (change) => {
        saved = { ...saved, ...change };
        api.setState(saved);
      },
    },
  };
}

/** A record with one more entry, the newest last. */
export function withEntry<T>(record: Readonly<Record<string, T>>, key: string, value: T): Record<string, T> {
  const others = Object.entries(record).filter(([known]) => known !== key);
  return Object.fromEntries([...others, [key, value] as const].slice(-MOST));
}

/** What an older version of the extension has saved may look different: then it is forgotten. */
function readSaved(value: unknown): Saved {
  if (typeof value !== 'object' || value === null) return EMPTY;
  return { ...EMPTY, ...value };
}
