// What the page has; the tests themselves run where there is none.
declare const document: {
  querySelectorAll(selector: string): Iterable<{ readonly textContent: string | null }>;
};
declare function addEventListener(type: 'keydown', listener: () => void, options: object): void;
declare function requestAnimationFrame(callback: () => void): void;

/** What a line showed, and how many milliseconds after the key. */
export interface Shown {
  readonly at: number;
  readonly text: string;
}

/** What a line showed from before a key on. */
export interface Followed {
  /** When the key was pressed, in milliseconds since 1970. */
  readonly pressed: number;
  readonly shown: readonly Shown[];
}

/**
 * Follows the line of the editor that begins with a text, from the next key on, until it shows another value that is not marked as
 * old. Runs in the page: a function that is sent there brings nothing along. Gives what ends then, so that nobody waits for it before
 * the key.
 *
 * @param limit after so many milliseconds what was seen so far is told
 */
export function followLine([line, limit]: readonly [string, number]): {
  readonly end: Promise<Followed>;
} {
  const seen: Shown[] = [];
  const begun = performance.now();
  let typed: number | undefined;
  const hear = (): void => {
    typed = performance.now();
  };
  addEventListener('keydown', hear, { capture: true, once: true });
  const end = new Promise<Followed>((done) => {
    const look = (): void => {
      const text = [...document.querySelectorAll('.monaco-editor .view-line')]
        .map(({ textContent }) => (textContent ?? '').replace(/\s+/g, ' ').trim())
        .find((each) => each.startsWith(line));
      const now = performance.now();
      const at = typed === undefined ? 0 : Math.round(now - typed);
      if (text !== undefined && text !== seen.at(-1)?.text) seen.push({ at, text });
      const isCurrent = text !== undefined && text !== line && !text.includes('…');
      const isNew = typed !== undefined && isCurrent && text !== seen[0]?.text;
      if (isNew || now > begun + limit) done({ pressed: performance.timeOrigin + (typed ?? 0), shown: seen });
      else requestAnimationFrame(look);
    };
    look();
  });
  return { end };
}
