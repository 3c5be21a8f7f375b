import assert from 'node:assert/strict';
import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { cacheFolder } from '../../server/src/hosts/cache-folder.ts';
import { decodeStart } from '../../server/src/hosts/decode-start.ts';
import { unpackStart } from '../../server/src/hosts/unpack-start.ts';

describe('the beginning of packed bytes', () => {
  it('is what was packed, as far as it is asked for and there', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 50_000 }),
        fc.nat(60_000),
        fc.nat({ max: 100 }),
        async (bytes, length, percent) => {
          for (const [packing, packed] of [
            ['gzip', gzipSync(bytes)],
            ['deflate', deflateRawSync(bytes)],
          ] as const) {
            const whole = await unpackStart(packed, packing, length);
            assert.deepEqual(Buffer.from(whole), Buffer.from(bytes.slice(0, length)));
            const cut = await unpackStart(
              packed.subarray(0, (packed.length * percent) / 100),
              packing,
              length,
            );
            assert.deepEqual(Buffer.from(cut), Buffer.from(bytes.slice(0, cut.length)));
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('does not unpack what nobody asked for', async () => {
    const packed = gzipSync(Buffer.alloc(200 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    assert.equal((await unpackStart(packed, 'gzip', 1000)).length, 1000);
    assert.ok(process.memoryUsage().arrayBuffers - before < 50 * 1024 * 1024);
  });
});

describe('the beginning of encoded text', () => {
  it('leaves out a character that is cut off, and knows encodings by their names', () => {
    assert.equal(decodeStart(Buffer.from('aé', 'utf16le').subarray(0, 3), 'utf-16le'), 'a');
    assert.equal(decodeStart(Buffer.from('größe', 'latin1'), 'windows-1252'), 'größe');
    assert.equal(decodeStart(Buffer.from([0x93, 0xfa]), 'shift_jis'), '日');
    assert.equal(decodeStart(Buffer.from('a'), 'no-such-encoding'), undefined);
  });
});

describe('the folder for what can be made again', () => {
  it('is where the platform has it', () => {
    const folder = (platform: string, env: Record<string, string> = {}) =>
      cacheFolder({ platform, env, home: '/home/ada' });
    assert.equal(folder('linux'), '/home/ada/.cache/plumbline');
    assert.equal(folder('linux', { XDG_CACHE_HOME: '/var/cache/ada' }), '/var/cache/ada/plumbline');
    assert.equal(folder('linux', { XDG_CACHE_HOME: 'relative' }), '/home/ada/.cache/plumbline');
    assert.equal(folder('darwin'), '/home/ada/Library/Caches/plumbline');
    assert.equal(cacheFolder({ platform: 'linux', env: {}, home: '' }), undefined);
  });
});
