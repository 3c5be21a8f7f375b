import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Callable,
  type DifferenceId,
  ENGINE_DIFFERENCES,
} from '../../../../server/src/core/syntax/expression/engine-differences.ts';
import { AGGREGATES } from '../../../../server/src/core/syntax/expression/functions.ts';
import { duckdbOracle } from '../../../kit/duckdb-oracle.ts';
import { testEngine } from '../../../kit/engine.ts';
import { scalarOf, scopeOf } from '../../../kit/expressions.ts';
import { interpret, interpretRows, type JsValue } from '../../../kit/interpret.ts';
import { bothWays } from '../../../kit/parity/both-ways.ts';
import { CALLS, type Call } from '../../../kit/parity/calls.ts';
import { type Answers, EXPLAINS, FAILED } from '../../../kit/parity/explained.ts';
import { DIRECTED_ROWS, PARITY_COLUMNS, type ParityRow, parityRow } from '../../../kit/parity/rows.ts';
import { runs } from '../../../kit/reference/runs.ts';

const ZONES = ['UTC', 'Europe/London', 'America/Havana'];
const ENTRIES = Object.entries(ENGINE_DIFFERENCES) as [
  DifferenceId,
  (typeof ENGINE_DIFFERENCES)[DifferenceId],
][];

/** Where the interpreter has the last digits, the years and the infinite numbers of JavaScript. */
const UNVOTED: readonly DifferenceId[] = ['sums-of-decimals', 'four-digit-years', 'null-for-infinity'];

function alike(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || (typeof a === 'number' && typeof b === 'number' && a === b);
}

/** Rows one by one, or for an aggregate in lists of none to nine, and ten tenths. */
function groupsOf(name: string, rows: readonly ParityRow[]): (readonly ParityRow[])[] {
  if (!(name in AGGREGATES)) return rows.map((row) => [row]);
  const tenths = rows.slice(0, 10).map((row) => ({ ...row, x: 0.1 }));
  const lists = rows.flatMap((_, start) =>
    start % 5 === 0 ? [rows.slice(start, start + ((start / 5) % 10))] : [],
  );
  return [...lists, tenths];
}

describe('a function or operator by DuckDB itself', () => {
  const oracle = duckdbOracle();
  const engine = testEngine();
  before(() => engine.load([]));

  /** The two answers to a call, by rows; where they differ the third vote of the interpreter has to be ours. */
  async function answersTo(name: Callable, call: Call, timezone: string): Promise<Answers[]> {
    const [ours, theirs] = typeof call === 'string' ? [call, call] : call;
    const isAggregate = name in AGGREGATES;
    const scalar = scalarOf(ours, scopeOf(PARITY_COLUMNS, isAggregate ? 'required' : 'forbidden'));
    const rows = [...fc.sample(parityRow, runs(60)), ...DIRECTED_ROWS];
    const groups = groupsOf(name, rows);
    const both = await bothWays(
      { engine, run: oracle.run },
      { scalar, theirs, timezone, groups, isAggregate },
    );
    return groups.map((group, index) => {
      const [here = null, there = null] = both[index] ?? [];
      return { ours, theirs, timezone, rows: group, here, there };
    });
  }

  /** Which of the differences of a callable tells two answers apart. */
  function explained(name: Callable, answers: Answers): DifferenceId {
    const found = ENTRIES.find(([id, { of }]) => of.includes(name) && EXPLAINS[id](answers));
    const { ours, theirs, timezone, rows, here, there } = answers;
    const said = `${ours} is ${String(here)}, but ${theirs} in DuckDB ${String(there)} (${timezone}), of ${shownRows(rows)}`;
    assert.ok(found !== undefined, said);
    if (!UNVOTED.includes(found[0])) {
      const third = byInterpreter(name, answers);
      assert.ok(alike(here, third), `${said}; by the interpreter ${String(third)}`);
    }
    return found[0];
  }

  for (const [name, calls] of Object.entries(CALLS) as [Callable, readonly Call[]][]) {
    it(`${name} has the value that DuckDB gives to the same text, or differs as documented`, async () => {
      const seen = new Set<DifferenceId>();
      for (const call of calls) {
        const text = typeof call === 'string' ? call : call[0];
        for (const zone of ZONES) {
          if (zone !== 'UTC' && !/\b[ab]\b|timestamp/.test(text)) continue;
          for (const answers of await answersTo(name, call, zone))
            if (!alike(answers.here, answers.there)) seen.add(explained(name, answers));
        }
      }
      const documented = ENTRIES.flatMap(([id, { of }]) => (of.includes(name) ? [id] : []));
      // Draws of another seed may miss what is rare.
      if (process.env.SEED === undefined)
        assert.deepEqual([...seen].toSorted(), documented.toSorted(), 'documented and never seen');
    });
  }

  for (const [id, { example, here, there }] of ENTRIES) {
    it(`differs as the example of ${id} says`, async () => {
      const [text = '', over] = example.split(' over ');
      const isAggregate = over !== undefined;
      const scope = scopeOf({ x: 'number' }, isAggregate ? 'required' : 'forbidden');
      const scalar = scalarOf(text, scope);
      const cells = (over ?? '')
        .replace(/^\(|\)$/g, '')
        .split(', ')
        .filter((cell) => cell !== '');
      const [first = assert.fail()] = DIRECTED_ROWS;
      const rows = cells.map((x) => ({ ...first, x: Number(x) }));
      const groups = isAggregate ? [rows] : [[first]];
      const [both] = await bothWays(
        { engine, run: oracle.run },
        { scalar, theirs: text, timezone: 'UTC', groups, isAggregate },
      );
      const shown = both?.map((value) => (value === FAILED ? 'an error' : timeText(String(value))));
      assert.deepEqual(shown, [here, there]);
    });
  }
});

function byInterpreter(name: string, { ours, timezone, rows }: Answers): JsValue {
  const isAggregate = name in AGGREGATES;
  const scalar = scalarOf(ours, scopeOf(PARITY_COLUMNS, isAggregate ? 'required' : 'forbidden'));
  const lookups = rows.map(
    (row) => (ref: { readonly at: string; readonly column?: string }) =>
      row[(ref.column ?? '') as keyof ParityRow] ?? null,
  );
  if (isAggregate) return interpretRows(scalar, lookups, { timezone });
  try {
    return interpret(scalar, lookups[0] ?? (() => null), { timezone });
  } catch (problem) {
    // What lies beyond the calendar of JavaScript.
    if (problem instanceof RangeError) return null;
    throw problem;
  }
}

function shownRows(rows: readonly ParityRow[]): string {
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
}

/** A timestamp without what every one has at its end. */
function timeText(text: string): string {
  return text.replace(/^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\.000Z$/, '$1');
}
