import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeUtf8 } from '../../../server/src/core/workspace/decode-utf8.ts';

/** The decoder of the platform, which follows the Encoding Standard. */
const platform = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

describe('decodeUtf8', () => {
  it('reads what was encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        assert.equal(decodeUtf8(new TextEncoder().encode(text)), text);
      }),
    );
    const long = 'aé漢😀'.repeat(5000);
    assert.equal(decodeUtf8(new TextEncoder().encode(long)), long);
  });

  it('replaces what is not UTF-8, and keeps the rest', () => {
    for (const bytes of [
      [0x61, 0xff, 0x62],
      [0xc0, 0xaf],
      [0xed, 0xa0, 0x80],
      [0xf5, 0x80, 0x80, 0x80],
      [0x61, 0xe2, 0x82],
    ]) {
      const decoded = decodeUtf8(new Uint8Array(bytes));
      assert.ok(decoded.includes('\uFFFD'), String(bytes));
      assert.equal(
        decoded.replaceAll('\uFFFD', ''),
        platform(new Uint8Array(bytes)).replaceAll('\uFFFD', ''),
      );
    }
  });
});
