import { FileProblem } from '../core/ports.ts';

/** The text of a file, without its byte-order mark. Throws `FileProblem` with the line of the first byte that is not UTF-8. */
export function decodeUtf8(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new FileProblem(
      path,
      `The file is not UTF-8 text (line ${firstBadLine(bytes)}). Save it as UTF-8.`,
    );
  }
}

/** Found by halving: every beginning of good text is good, but for a character that is cut. */
function firstBadLine(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isUtf8Start(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  let line = 1;
  for (const byte of bytes.subarray(0, good)) if (byte === 10) line += 1;
  return line;
}

function isUtf8Start(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
