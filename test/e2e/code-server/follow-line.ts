// What the page has; the tests themselves run where there is none.
declare const document: {
  querySelectorAll(selector: string): Iterable<{ readonly textContent: string | null }>;
};
declare function addEventListener(type: 'keydown', listener: () => void, options: object): void;
declare function requestAnimationFrame(callback: () => void): void;

/**
 * Follows the line of the editor that begins with a text, from a key on, until it shows another value that is not marked as old. Runs
 * in the page: a function that is sent there brings nothing along.
 *
 * @param limit after so many milliseconds what was seen so far is told
 */
export function followLine([line, limit]: readonly [string, number]): Promise<{
  milliseconds: number;
  texts: string[];
}> {
  return new Promise((done) => {
    const texts: string[] = [];
    const begun = performance.now();
    let typed = Number.POSITIVE_INFINITY;
    const hear = (): void => {
      typed = performance.now();
    };
    addEventListener('keydown', hear, { capture: true, once: true });
    const look = (): void => {
      const shown = [...document.querySelectorAll('.monaco-editor .view-line')]
        .map(({ textContent }) => (textContent ?? '').replace(/\s+/g, ' ').trim())
        .find((text) => text.startsWith(line));
      if (shown !== undefined && shown !== texts.at(-1)) texts.push(shown);
      const isCurrent = shown !== undefined && shown !== line && !shown.includes('…');
      const now = performance.now();
      const isNew = now > typed && isCurrent && shown !== texts[0];
      if (isNew || now > begun + limit) done({ milliseconds: Math.round(now - typed), texts });
      else requestAnimationFrame(look);
    };
    look();
  });
}
