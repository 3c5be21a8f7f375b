/**
 * Decodes UTF-8 without asking the platform for a decoder. A sequence that is not UTF-8 becomes U+FFFD, and so does one
 * cut off by the end of the bytes.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const parts: string[] = [];
  let units: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const { codePoint, length } = sequenceAt(bytes, at);
    units.push(codePoint);
    at += length;
    // Bounded, because a call takes only so many arguments.
    if (units.length === 4096) {
      parts.push(String.fromCodePoint(...units));
      units = [];
    }
  }
  return parts.join('') + String.fromCodePoint(...units);
}

const REPLACEMENT = { codePoint: 0xfffd, length: 1 };

/** The smallest code point that needs so many bytes, by their number: shorter ones must not be written longer. */
const LEAST = [0, 0, 0x80, 0x800, 0x10000];

function sequenceAt(bytes: Uint8Array, at: number): { codePoint: number; length: number } {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return { codePoint: first, length: 1 };
  const length = first >= 0xf0 && first < 0xf8 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  if (length === 1 || first >= 0xf8 || at + length > bytes.length) return REPLACEMENT;
  let codePoint = first & (0x7f >> length);
  for (const byte of bytes.subarray(at + 1, at + length)) {
    if ((byte & 0xc0) !== 0x80) return REPLACEMENT;
    codePoint = (codePoint << 6) | (byte & 0x3f);
  }
  const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
  if (codePoint < (LEAST[length] ?? 0) || codePoint > 0x10ffff || isSurrogate) return REPLACEMENT;
  return { codePoint, length };
}
