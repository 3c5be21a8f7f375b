import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readParquetHeader } from '../../../server/src/core/syntax/parquet-header.ts';

// What a good footer says is tested beside the engine, which can write Parquet.
describe('readParquetHeader', () => {
  const read = (bytes: Uint8Array) =>
    readParquetHeader(async (start, length) => bytes.slice(start, start + length), bytes.length);
  const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

  it('says that a file is not Parquet', async () => {
    assert.deepEqual(await read(ascii('')), { problem: 'The file is not Parquet: it is too short.' });
    assert.deepEqual(await read(ascii('a,b\n1,2\n3,4\n')), {
      problem: 'The file is not Parquet, or was cut short.',
    });
    assert.deepEqual(await read(ascii('PAR1....PARE')), {
      problem: 'The file is encrypted Parquet, which cannot be read.',
    });
  });

  it('says that a footer is broken', async () => {
    assert.deepEqual(await read(ascii('PAR1\xff\xff\x00\x00PAR1')), {
      problem: 'The Parquet file is broken: its footer is too long.',
    });
    assert.deepEqual(await read(ascii('PAR1\x00\x00\x00\x00PAR1')), {
      problem: 'The Parquet file is broken: its footer cannot be read.',
    });
  });

  it('never throws on bytes that end as Parquet does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (body) => {
        const file = Uint8Array.from([...ascii('PAR1'), ...body, body.length, 0, 0, 0, ...ascii('PAR1')]);
        const header = await read(file);
        assert.ok('problem' in header || Array.isArray(header.columns));
      }),
    );
  });

  it('hands on what the reader rejects with', async () => {
    const broken = readParquetHeader(() => Promise.reject(new Error('gone')), 100);
    await assert.rejects(broken, { message: 'gone' });
  });
});
