import { cleanLine } from './clean-text.ts';
import type { Host } from './host.ts';
import { cutToWidth } from './text-width.ts';

/** Work that takes less than this says nothing. */
const DELAY_MS = 300;
const CLEAR_LINE = '\r\u001b[2K';

/** One line on the error output that says what is being done, while it is done. */
export interface Progress {
  show(text: string): void;
  /** Takes the line away; the next `show` starts anew. */
  clear(): void;
}

/** Progress on a terminal; on anything else it shows nothing. */
export function createProgress({ stderr }: Pick<Host, 'stderr'>, delayMs = DELAY_MS): Progress {
  if (!stderr.isTTY) return { show: () => {}, clear: () => {} };
  let timer: NodeJS.Timeout | undefined;
  let latest = '';
  let shown = false;
  const paint = (): void => {
    shown = true;
    stderr.write(`${CLEAR_LINE}${cutToWidth(cleanLine(latest), (stderr.columns ?? 80) - 1, '')}`);
  };
  return {
    show(text) {
      latest = text;
      if (shown) paint();
      else timer ??= setTimeout(paint, delayMs).unref();
    },
    clear() {
      clearTimeout(timer);
      timer = undefined;
      if (shown) stderr.write(CLEAR_LINE);
      shown = false;
    },
  };
}
