/**
 * The text that bytes begin, in an encoding of the WHATWG standard; `undefined` where this platform does not know it. What is no character
 * becomes U+FFFD, and one that the end cuts off is left out.
 */
export function decodeStart(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
