const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The base64 (RFC 4648, section 4) of a text of ASCII characters; any other character counts as `?`. */
export function base64(text: string): string {
  let encoded = '';
  for (let at = 0; at < text.length; at += 3) {
    const bytes = [at, at + 1, at + 2].map((index) => asciiAt(text, index));
    const bits = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    const digits = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((bits >> shift) & 63)).join('');
    const missing = Math.max(0, at + 3 - text.length);
    encoded += digits.slice(0, 4 - missing) + '='.repeat(missing);
  }
  return encoded;
}

function asciiAt(text: string, index: number): number {
  if (index >= text.length) return 0;
  const code = text.charCodeAt(index);
  return code < 128 ? code : 63;
}
