import type { InlayHint } from 'vscode';

/**
 * A hint with a space of a whole character before it. The editor's own padding is so narrow that `employees < 50` and `379 rows` read as one
 * number.
 */
export function setApart(hint: InlayHint): InlayHint {
  if (typeof hint.label === 'string') hint.label = `\u00a0${hint.label}`;
  return hint;
}
