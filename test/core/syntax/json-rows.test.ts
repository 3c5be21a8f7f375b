import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createJsonRows, JsonFault } from '../../../server/src/core/syntax/json-rows.ts';

/** The rows of a text that comes in parts. */
function rowsOf(parts: readonly string[]): readonly (readonly [string, string | null, boolean][])[] {
  const reader = createJsonRows();
  const rows = [...parts, ''].flatMap((part, index) => [...reader.push(part, index === parts.length)]);
  return rows.map(({ cells }) =>
    [...cells].map(([key, { text, isNested }]): [string, string | null, boolean] => [key, text, isNested]),
  );
}

function faultOf(text: string): JsonFault {
  try {
    rowsOf([text]);
  } catch (error) {
    assert.ok(error instanceof JsonFault, String(error));
    return error;
  }
  return assert.fail(`${text} was taken`);
}

const row = fc.dictionary(fc.string({ unit: 'binary', maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), {
  noNullPrototype: true,
});

/** What a value is as a cell, by the platform's own reader. */
function cellOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : JSON.stringify(value);
}

describe('the rows of a JSON text', () => {
  it('are those of the platform, in a list or one after another, in whatever parts the text comes', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 4 }),
        fc.boolean(),
        fc.array(fc.nat(40)),
        (objects, isList, cuts) => {
          const texts = objects.map((object) => JSON.stringify(object));
          const text = isList ? `\uFEFF[ ${texts.join(' ,\r\n')}\n]\n` : `${texts.join('\n')}\n`;
          const parts: string[] = [];
          let at = 0;
          for (const cut of cuts) {
            parts.push(text.slice(at, at + cut));
            at += cut;
          }
          parts.push(text.slice(at));
          const expected = objects.map((object) =>
            Object.entries(JSON.parse(JSON.stringify(object)) as Record<string, unknown>).map(
              ([key, value]) => [key, cellOf(value), typeof value === 'object' && value !== null],
            ),
          );
          assert.deepEqual(rowsOf(parts), expected);
        },
      ),
    );
  });

  it('keep every digit of a number', () => {
    assert.deepEqual(rowsOf(['{"a": 12345678901234567890, "b": 1.10, "c": -0, "d": 1E+2}']), [
      [
        ['a', '12345678901234567890', false],
        ['b', '1.10', false],
        ['c', '-0', false],
        ['d', '1E+2', false],
      ],
    ]);
  });

  const faults: readonly [text: string, line: number, message: RegExp][] = [
    ['[1, 2]', 1, /must be an object/],
    ['{"a": 1}\n\n{"a": }\n', 3, /A value is expected/],
    ['[{"a": 1}\n{"a": 2}]', 2, /comma is missing/],
    ['[{"a": 1}\n', 2, /before the list is closed/],
    ['{"a": 1}\n{"a"', 2, /in the middle of a row/],
    ['{"a": NaN}', 1, /"NaN" is no value/],
    ["{'a': 1}", 1, /key in double quotes/],
    ['{"a": 1,}', 1, /key in double quotes/],
    ['{"a": 01}', 1, /comma or a closing brace/],
    ['{"a": "x\ny"}', 1, /line break/],
    ['{"a": {"b": 1,}}', 1, /nested value/],
    ['[{"a": 1}] x', 1, /follows the end/],
  ];
  for (const [text, line, message] of faults) {
    it(`end at ${JSON.stringify(text)}`, () => {
      const fault = faultOf(text);
      assert.match(fault.message, message);
      assert.equal(fault.line, line);
    });
  }

  it('come from a text nested a hundred thousand deep in its time, or not at all', () => {
    const deep = `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    assert.equal(rowsOf([deep])[0]?.[0]?.[2], true);
  });
});
