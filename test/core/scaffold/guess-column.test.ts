import assert from 'node:assert/strict';
import fc from 'fast-check';
import { guessColumn } from '../../../server/src/core/scaffold/guess-column.ts';
import { OTHER_FORMATS } from '../../../server/src/core/scaffold/moments.ts';

const typeOf = (...cells: readonly string[]): string => guessColumn(cells).type;

describe('the type of a column', () => {
  it('is the one that loading the data finds', () => {
    assert.equal(typeOf('1', '-20', '+3', '0'), 'integer');
    // Leading zeros are text, and so are whole numbers beyond 64 bits: they are identifiers.
    assert.equal(typeOf('007', '1'), 'text');
    assert.equal(typeOf('9223372036854775807'), 'integer');
    assert.equal(typeOf('9223372036854775808'), 'text');
    assert.equal(typeOf('1', '2.5', '.5', '1e3'), 'number');
    assert.equal(typeOf('1,000'), 'text');
    assert.equal(typeOf('true', 'false'), 'boolean');
    assert.equal(typeOf('True'), 'text');
    assert.equal(typeOf('2024-02-29'), 'date');
    assert.equal(typeOf('2023-02-29'), 'text');
    assert.equal(
      typeOf('2024-01-01 10:00', '2024-01-01T10:00:00Z', '2024-01-01T10:00:00.5+05:30'),
      'timestamp',
    );
    assert.equal(typeOf('2024-01-01 25:00'), 'text');
    assert.equal(typeOf('yes', 'no'), 'text');
    assert.equal(typeOf(), 'text');
  });

  it('is a date of the form that reads every cell', () => {
    const patterns = (...cells: readonly string[]): readonly string[] =>
      guessColumn(cells).formats.map(({ pattern }) => pattern);
    assert.deepEqual(patterns('13/02/2024', '01/02/2024'), ['%d/%m/%Y']);
    assert.deepEqual(patterns('02/13/2024', '01/02/2024'), ['%m/%d/%Y']);
    assert.deepEqual(patterns('1.2.2024 9:05'), ['%d.%m.%Y %H:%M']);
    assert.deepEqual(patterns('5 May 2024', '13 Mar 2024'), ['%d %b %Y']);
    assert.deepEqual(patterns('2024-01-31', '01/02/2024', '13/02/2024'), ['%d/%m/%Y', '%Y-%m-%d']);
    assert.deepEqual(patterns('31/02/2024'), []);
    assert.equal(typeOf('31/02/2024'), 'text');
  });

  it('is ambiguous only where day and month could both be the other way round', () => {
    const isAmbiguous = (...cells: readonly string[]): boolean => guessColumn(cells).ambiguous;
    assert.equal(isAmbiguous('01/02/2024', '12/12/2024'), true);
    assert.equal(isAmbiguous('01/02/2024', '13/02/2024'), false);
    assert.equal(isAmbiguous('2024/01/02'), false);
    assert.equal(isAmbiguous('2024-01-02'), false);
  });

  it('reads back each day that a form writes', () => {
    const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
    const LONG =
      'January February March April May June July August September October November December'.split(' ');
    const write = (pattern: string, moment: Date): string => {
      const two = (value: number): string => String(value).padStart(2, '0');
      const parts: Readonly<Record<string, string>> = {
        '%Y': String(moment.getUTCFullYear()),
        '%m': two(moment.getUTCMonth() + 1),
        '%d': two(moment.getUTCDate()),
        '%b': MONTHS[moment.getUTCMonth()] ?? '',
        '%B': LONG[moment.getUTCMonth()] ?? '',
        '%H': two(moment.getUTCHours()),
        '%M': two(moment.getUTCMinutes()),
        '%S': two(moment.getUTCSeconds()),
      };
      return pattern.replaceAll(/%\w/g, (part) => parts[part] ?? part);
    };
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2060, 0, 1) }),
        fc.constantFrom(...OTHER_FORMATS),
        (at, format) => {
          const precision = format.pattern.includes('%S') ? 1_000 : format.hasTime ? 60_000 : 86_400_000;
          const moment = Math.floor(at / precision) * precision;
          assert.equal(format.read(write(format.pattern, new Date(moment))), moment, format.pattern);
        },
      ),
    );
  });
});
