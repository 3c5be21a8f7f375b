import assert from 'node:assert/strict';
import fc from 'fast-check';
import Papa from 'papaparse';
import { parseCsvHeader } from '../../../server/src/core/syntax/csv-header.ts';
import { readCsvRecord } from '../../../server/src/core/syntax/csv-record.ts';

describe('parseCsvHeader', () => {
  const cases: readonly [name: string, text: string, headers: readonly string[], complete: boolean][] = [
    ['names', 'a,b c,d\n1,2,3\n', ['a', 'b c', 'd'], true],
    ['a byte-order mark', '\uFEFF"a",b\r\n', ['a', 'b'], true],
    ['blank and repeated names', 'a,,a,\n', ['a', '', 'a', ''], true],
    ['line breaks and delimiters in quotes', '"a\nb,c","d ""e"""\n', ['a\nb,c', 'd "e"'], true],
    ['lines of white space before it', '\r\n  \na,b\n', ['a', 'b'], true],
    ['a header with no end', 'a,b', ['a', 'b'], false],
    ['a header cut inside quotes', 'a,"b\nc', ['a', 'b\nc'], false],
    ['a CR that may be half of a CR LF', 'a,b\r', ['a', 'b'], false],
    ['nothing', '', [], false],
    ['a byte-order mark only', '\uFEFF', [], false],
    ['white space only', ' \n\n', [], false],
  ];
  for (const [name, text, headers, complete] of cases) {
    it(`reads ${name}`, () => assert.deepEqual(parseCsvHeader(text, ','), { headers, complete }));
  }

  it('takes other delimiters', () => {
    assert.deepEqual(parseCsvHeader('a,b;c\n', ';').headers, ['a,b', 'c']);
    assert.deepEqual(parseCsvHeader('a\tb\n', '\t').headers, ['a', 'b']);
    assert.deepEqual(parseCsvHeader('a||b|c\n', '||').headers, ['a', 'b|c']);
  });

  it('reads any longer text the same, once it is complete', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ' ', '"', ',', '\n', '\r'), maxLength: 20 });
    fc.assert(
      fc.property(text, text, (start, rest) => {
        const header = parseCsvHeader(start, ',');
        if (header.complete) assert.deepEqual(parseCsvHeader(start + rest, ','), header);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('readCsvRecord', () => {
  it('reads what another writer has written', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'b', ' ', '"', ',', '\n', '\r', ';', 'é'),
      maxLength: 6,
    });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n', '\r'), (rows, newline) => {
        const text = Papa.unparse(rows, { newline, quotes: true }) + newline;
        const read: (readonly string[])[] = [];
        for (let at = 0; at < text.length; ) {
          const record = readCsvRecord(text, at, ',');
          assert.equal(record.fault, undefined);
          read.push(record.cells);
          at = record.next;
        }
        assert.deepEqual(read, rows);
      }),
    );
  });

  it('gets on in every text, and reports quotes that are wrong', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ' ', '"', ',', '\n', '\r'), minLength: 1, maxLength: 30 }),
        (text) => {
          let at = 0;
          while (at < text.length) {
            const { next } = readCsvRecord(text, at, ',');
            assert.ok(next > at);
            at = next;
          }
        },
      ),
      { numRuns: 1000 },
    );
    assert.equal(readCsvRecord('"a" b,c\n', 0, ',').fault, 'text after a closing quote');
    assert.equal(readCsvRecord('"a,b\n', 0, ',').fault, 'a quote is never closed');
  });
});
