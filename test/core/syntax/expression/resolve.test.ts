import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ValueType } from '../../../../server/src/core/base/value-type.ts';
import type { ResolveOptions } from '../../../../server/src/core/syntax/expression/resolve.ts';
import type { Scope } from '../../../../server/src/core/syntax/expression/scope.ts';
import { mended, read, scalarOf, scopeOf, shown } from '../../../kit/expressions.ts';
import { RANDOM_COLUMNS, randomExpression } from '../../../kit/random-expression.ts';

const COLUMNS: Readonly<Record<string, ValueType>> = {
  plan: 'text',
  mrr: 'number',
  seats: 'integer',
  is_test: 'boolean',
  started_on: 'date',
  created_at: 'timestamp',
  'Monthly Charges': 'number',
  mystery: 'unknown',
  'account.industry': 'text',
  'account.employees': 'integer',
};
const ROW = scopeOf(COLUMNS);

function issuesOf(text: string, scope: Scope = ROW, options: ResolveOptions = {}): string[] {
  return shown(text, read(text, scope, options).issues);
}

describe('types of expressions', () => {
  const cases: readonly (readonly [text: string, type: ValueType])[] = [
    ['mrr + seats', 'number'],
    ['seats + 1', 'integer'],
    ['seats * 1.5', 'number'],
    ['seats / 2', 'number'],
    ['seats % 2', 'integer'],
    ['-seats', 'integer'],
    ['mystery + 1', 'unknown'],
    ['mystery + mrr', 'number'],
    ['null + 1', 'integer'],
    ["plan || 'x'", 'text'],
    ['plan = null', 'boolean'],
    ['mrr > seats', 'boolean'],
    ['created_at > started_on', 'boolean'],
    ["created_at > date '2025-01-31'", 'boolean'],
    ["mystery > date '2025-01-31' or mystery > 5 or mystery", 'boolean'],
    ['case when is_test then 1 else 2.5 end', 'number'],
    ['case when is_test then 1 else null end', 'integer'],
    ['case when is_test then started_on else created_at end', 'timestamp'],
    ['coalesce(null, seats, mrr)', 'number'],
    ['coalesce(mystery, 1)', 'integer'],
    ['nullif(seats, 0)', 'integer'],
    ['greatest(started_on, created_at)', 'timestamp'],
    ['greatest(started_on, period_end)', 'date'],
    ['abs(seats)', 'integer'],
    ['round(seats)', 'integer'],
    ['round(mrr, 1)', 'number'],
    ['sqrt(seats)', 'number'],
    ["date_trunc('month', started_on)", 'date'],
    ["date_trunc('month', created_at)", 'timestamp'],
    ["date_add('month', 1, started_on)", 'date'],
    ["date_add('hour', 1, started_on)", 'timestamp'],
    ["date_add('hour', 1, created_at)", 'timestamp'],
    ["date_diff('day', started_on, created_at)", 'integer'],
    ['length(account.industry)', 'integer'],
    ['cast(plan as date)', 'date'],
    ['cast(null as date)', 'date'],
    ['9223372036854775807', 'integer'],
    ['9223372036854775808', 'number'],
    ['-9223372036854775808', 'integer'],
    ['null', 'null'],
  ];
  for (const [text, type] of cases) {
    it(`${text} is ${type}`, () => {
      const { type: found, issues } = read(text, ROW);
      assert.deepEqual(
        issues.filter(({ issue }) => issue !== 'null-comparison'),
        [],
      );
      assert.equal(found, type);
    });
  }
});

describe('mistakes in names and types', () => {
  const cases: readonly (readonly [text: string, issue: string, fixed?: string])[] = [
    [
      "plna = 'x'",
      'unknown-column «plna»: There is no column "plna" in orders. Did you mean "plan"?',
      "plan = 'x'",
    ],
    [
      '"Monthly Charge" > 5',
      'unknown-column «"Monthly Charge"»: There is no column "Monthly Charge" in orders. Did you mean "Monthly Charges"? If it is text, write \'Monthly Charge\'.',
      '"Monthly Charges" > 5',
    ],
    [
      'plan = "x"',
      'unknown-column «"x"»: There is no column "x" in orders. If it is text, write \'x\'.',
      "plan = 'x'",
    ],
    [
      'plan = "free"',
      'unknown-column «"free"»: There is no column "free" in orders. If it is text, write \'free\'.',
      "plan = 'free'",
    ],
    [
      'acount.industry',
      'unknown-link «acount»: There is no link "acount" in orders. Did you mean "account"?',
      'account.industry',
    ],
    [
      'account.indstry',
      'unknown-column «indstry»: There is no column "indstry" in orders. Did you mean "industry"?',
      'account.industry',
    ],
    ['period_start', 'not-available «period_start»: period_start is there in metrics only.'],
    [
      'lenght(plan)',
      'unknown-function «lenght»: There is no function "lenght". Did you mean "length"?',
      'length(plan)',
    ],
    ['ifnull(mrr, 0)', 'unknown-function «ifnull»: There is no function "ifnull". Write coalesce(x, y).'],
    [
      "started_on > '2025-01-31'",
      "wrong-type «'2025-01-31'»: A date and text do not go together in \">\". Write date '2025-01-31'.",
      "started_on > date '2025-01-31'",
    ],
    [
      "'2025-01-31' < created_at",
      "wrong-type «'2025-01-31'»: A timestamp and text do not go together in \"<\". Write date '2025-01-31'.",
      "date '2025-01-31' < created_at",
    ],
    [
      "started_on between '2025-01-01' and date '2025-02-01'",
      "wrong-type «'2025-01-01'»: A date and text do not go together in \"between\". Write date '2025-01-01'.",
      "started_on between date '2025-01-01' and date '2025-02-01'",
    ],
    ["mrr > '5'", 'wrong-type «\'5\'»: A number and text do not go together in ">". Write 5.', 'mrr > 5'],
    [
      'plan in (1)',
      'wrong-type «1»: Text and a whole number do not go together in "in". Write \'1\'.',
      "plan in ('1')",
    ],
    [
      'plan > mrr',
      'wrong-type «mrr»: Text and a number do not go together in ">". If the text holds it, write cast(x as number).',
    ],
    ['is_test > true', 'wrong-type «>»: True and false have no order; compare them with = or <>.'],
    ['not mrr', 'wrong-type «mrr»: "not" needs true or false, but this is a number.'],
    ['is_test and seats', 'wrong-type «seats»: "and" needs true or false, but this is a whole number.'],
    ["mrr + 'a'", 'wrong-type «\'a\'»: "+" needs a number, but this is text.'],
    ['mrr % 2', 'wrong-type «mrr»: "%" needs a whole number, but this is a number.'],
    [
      'started_on + 3',
      "wrong-type «started_on + 3»: Days are added to a date with date_add('day', 3, started_on).",
      "date_add('day', 3, started_on)",
    ],
    [
      'created_at - seats * 2',
      "wrong-type «created_at - seats * 2»: Days are added to a date with date_add('day', -(seats * 2), created_at).",
      "date_add('day', -(seats * 2), created_at)",
    ],
    [
      'created_at - started_on',
      "wrong-type «created_at - started_on»: The days between two dates are date_diff('day', started_on, created_at).",
      "date_diff('day', started_on, created_at)",
    ],
    [
      'plan || seats',
      'wrong-type «seats»: "||" joins texts, but this is a whole number; write cast(seats as text).',
      'plan || cast(seats as text)',
    ],
    [
      'is_test || is_test',
      'wrong-type «||»: The operator || joins texts; either condition is written with or.',
      'is_test or is_test',
    ],
    ["mrr like '5%'", 'wrong-type «mrr»: "like" needs text, but this is a number.'],
    [
      'plan like plan',
      'wrong-arguments «plan»: The pattern of "like" is a quoted text, as in like \'A%\'; to look for a column, write contains(x, y).',
    ],
    ['case when mrr then 1 end', 'wrong-type «mrr»: "when" needs true or false, but this is a number.'],
    [
      "case when is_test then 1 else 'a' end",
      'wrong-type «\'a\'»: A whole number and text do not go together in "case". If the text holds it, write cast(x as integer).',
    ],
    [
      "coalesce(mrr, '')",
      "wrong-type «''»: A number and text do not go together in coalesce. If the text holds it, write cast(x as number).",
    ],
    ['cast(mrr as date)', 'wrong-type «mrr»: A number cannot be cast to date.'],
    [
      'cast(plan as int)',
      'wrong-arguments «int»: "int" is not a type; there are boolean, integer, number, text, date, timestamp.',
      'cast(plan as integer)',
    ],
    ['round()', 'wrong-arguments «round()»: round is written round(x, [digits]); here are no arguments.'],
    ['round(mrr, 1.5)', 'wrong-type «1.5»: "digits" of round needs a whole number, but this is a number.'],
    ['lower(mrr)', 'wrong-type «mrr»: lower needs text, but this is a number.'],
    [
      'year(plan)',
      'wrong-type «plan»: year needs a date or a timestamp, but this is text.',
      'year(cast(plan as date))',
    ],
    [
      'date_trunc(month, started_on)',
      "wrong-arguments «month»: The unit of date_trunc is written in quotes: 'month'.",
      "date_trunc('month', started_on)",
    ],
    [
      "date_trunc('mnth', started_on)",
      'wrong-arguments «\'mnth\'»: "mnth" is not a unit of date_trunc; there are second, minute, hour, day, week, month, quarter, year.',
      "date_trunc('month', started_on)",
    ],
    ["split_part(plan, '-', 0)", 'wrong-arguments «0»: The parts are counted from 1.'],
    ["replace(plan, plan, '')", 'wrong-arguments «plan»: The from of replace has to be a quoted text.'],
    ['1e999', 'wrong-type «1e999»: This number is too large.'],
    [
      'mrr = null',
      'null-comparison «= null»: A comparison with null never holds; write is null.',
      'mrr is null',
    ],
    [
      'sum(mrr)',
      'aggregate-misplaced «sum»: sum is a value of many rows, but here stands a value of one row.',
    ],
  ];
  for (const [text, issue, fixed] of cases) {
    it(text, () => {
      const { issues } = read(text, ROW);
      assert.deepEqual(shown(text, issues), [issue]);
      if (fixed === undefined) assert.equal(issues[0]?.fix, undefined);
      else assert.equal(mended(text, issues), fixed);
    });
  }

  it('an unknown name says nothing about what stands around it', () => {
    assert.equal(issuesOf('nonsense + 1 > 5 and lower(nonsense2) like 5').length, 3);
    assert.equal(issuesOf('round(abs(nonsense)) + 1').length, 1);
    // Whatever the name is, lower() gives text.
    assert.equal(issuesOf('round(lower(nonsense)) + 1').length, 2);
  });

  it('every other issue leaves no scalar, a comparison with null does', () => {
    assert.equal(read('mrr > 5 and plna', ROW).scalar, null);
    assert.notEqual(read('mrr = null', ROW).scalar, null);
  });
});

describe('what is expected', () => {
  it('of the whole is said with its role', () => {
    const options: ResolveOptions = { expected: ['boolean'], role: 'where' };
    assert.deepEqual(issuesOf('mrr + 1', ROW, options), [
      'wrong-type «mrr + 1»: where needs true or false, but the expression gives a number.',
    ]);
    assert.deepEqual(issuesOf('mrr > 1', ROW, options), []);
    assert.deepEqual(issuesOf('mystery', ROW, options), []);
    assert.deepEqual(issuesOf('seats', ROW, { expected: ['number'] }), []);
    assert.deepEqual(issuesOf('started_on', ROW, { expected: ['timestamp'] }), []);
  });
});

describe('aggregates', () => {
  const allowed = scopeOf(COLUMNS, 'allowed');
  const required = scopeOf(COLUMNS, 'required');
  const grouped =
    'has a value for every row, but here stands one value for many rows: put it into an aggregate, as in';
  const cases: readonly (readonly [scope: Scope, text: string, issues: readonly string[]])[] = [
    [allowed, 'sum(mrr) / count()', []],
    [allowed, 'mrr + 1', []],
    [allowed, 'count_if(started_on < period_end) + month(period_end)', []],
    [allowed, 'sum(mrr) + seats', [`aggregate-misplaced «seats»: "seats" ${grouped} max(seats).`]],
    [
      allowed,
      'count_if(event_time > period_end) + hour(event_time)',
      [`aggregate-misplaced «event_time»: "event_time" ${grouped} max(event_time).`],
    ],
    [
      allowed,
      'sum(max(mrr))',
      ['aggregate-misplaced «max»: max stands inside sum; one aggregate cannot hold another.'],
    ],
    [allowed, 'sum(distinct mrr)', ['wrong-arguments «sum»: "distinct" stands in count(distinct x) only.']],
    [allowed, 'sum(plan)', ['wrong-type «plan»: sum needs a number, but this is text.']],
    [
      allowed,
      'min(is_test)',
      [
        'wrong-type «is_test»: min needs a number or text or a date or a timestamp, but this is true or false.',
      ],
    ],
    [required, 'max(mrr) > 5', []],
    [required, 'mrr', [`aggregate-misplaced «mrr»: "mrr" ${grouped} max(mrr).`]],
    [
      required,
      '1',
      ['aggregate-misplaced «1»: An aggregate over the rows is expected here, such as count() or sum(x).'],
    ],
  ];
  for (const [scope, text, issues] of cases) {
    it(`${text} where they are ${scope.aggregates}`, () => assert.deepEqual(issuesOf(text, scope), issues));
  }

  it('types follow the values', () => {
    assert.equal(read('sum(seats)', required).type, 'integer');
    assert.equal(read('avg(seats)', required).type, 'number');
    assert.equal(read('max(started_on)', required).type, 'date');
    assert.equal(read('count(distinct plan)', required).type, 'integer');
  });
});

describe('typed trees', () => {
  it('hold no spelling: equal meanings are equal trees', () => {
    const pairs: readonly (readonly [string, string])[] = [
      ['mrr != 5.00', 'mrr <> 5.0'],
      ['(is_test)', 'is_test'],
      ['is_test and mrr > 1 and seats > 2', '(is_test and mrr > 1) and seats > 2'],
      ['mrr > 1.50', 'mrr > 1.5'],
      ["created_at > timestamp '2025-01-31 10:00Z'", "created_at > timestamp '2025-01-31T12:00:00+02:00'"],
      ["plan not in ('a')", "not (plan in ('a'))"],
      ['ROUND( mrr )', 'round(mrr)'],
    ];
    for (const [one, other] of pairs) assert.deepEqual(scalarOf(one, ROW), scalarOf(other, ROW), one);
  });

  it('name what they use, with the place of every name', () => {
    const text = 'sum(case when account.industry = plan then mrr end)';
    const { names } = read(text, scopeOf(COLUMNS, 'allowed'));
    assert.deepEqual(
      names.map(({ span, ref, aggregate }) => [text.slice(span.start, span.end), ref, aggregate]),
      [
        ['account.industry', { at: 'row', links: ['account'], column: 'industry' }, 'sum'],
        ['plan', { at: 'row', links: [], column: 'plan' }, 'sum'],
        ['mrr', { at: 'row', links: [], column: 'mrr' }, 'sum'],
      ],
    );
  });

  it('read period_end as a date beside dates, and dates as midnights beside timestamps', () => {
    const cast = (type: ValueType, arg: object): object => ({ kind: 'cast', type, arg });
    const date = { kind: 'name', type: 'date', ref: { at: 'row', links: [], column: 'started_on' } };
    const end = { kind: 'name', type: 'timestamp', ref: { at: 'period', bound: 'end' } };
    const instant = { kind: 'name', type: 'timestamp', ref: { at: 'row', links: [], column: 'created_at' } };
    const less = (...args: object[]): object => ({ kind: 'call', type: 'boolean', fn: '<', args });
    assert.deepEqual(scalarOf('started_on < period_end', ROW), less(date, cast('date', end)));
    assert.deepEqual(scalarOf('created_at < period_end', ROW), less(instant, end));
    assert.deepEqual(scalarOf('started_on < created_at', ROW), less(cast('timestamp', date), instant));
  });

  it('count the days between the bounds of a period as dates, and its hours by the clock', () => {
    const end = { kind: 'name', type: 'timestamp', ref: { at: 'period', bound: 'end' } };
    const date = { kind: 'cast', type: 'date', arg: end };
    const elapsed = (unit: string, ...args: object[]): object => {
      return { kind: 'call', type: 'integer', fn: 'date_diff', unit, args };
    };
    const text = (unit: string): string => `date_diff('${unit}', period_end, period_end)`;
    assert.deepEqual(scalarOf(text('day'), ROW), elapsed('day', date, date));
    assert.deepEqual(scalarOf(text('hour'), ROW), elapsed('hour', end, end));
  });

  it('are too large where a case repeats its subject in every branch', () => {
    let text = 'seats';
    for (let i = 0; i < 12; i++) text = `case ${text} when 1 then 2 when 2 then 3 when 4 then 5 end`;
    assert.deepEqual(
      read(text, ROW).issues.map(({ issue }) => issue),
      ['too-complex'],
    );
  });

  it('of any valid text have no unknown type inside', () => {
    const scope = scopeOf(RANDOM_COLUMNS);
    fc.assert(
      fc.property(randomExpression, (text) => {
        assert.ok(!JSON.stringify(scalarOf(text, scope)).includes('"unknown"'), text);
      }),
    );
  });
});

describe('functions of a scope', () => {
  it('are asked before the catalogue', () => {
    const scope: Scope = {
      ...ROW,
      call: ({ name, args }) =>
        name.text === 'previous' && args.length === 1
          ? { kind: 'found', ref: { at: 'metric', metric: 'nps' }, type: 'number' }
          : null,
    };
    const { type, names, issues } = read('previous(nps) + 1', scope);
    assert.deepEqual([type, names.length, issues], ['number', 1, []]);
  });
});

describe('broken texts', () => {
  it('are resolved without throwing', () => {
    const scope = scopeOf(RANDOM_COLUMNS, 'allowed');
    const words = [
      'i',
      'x',
      's',
      'd',
      'a',
      'p',
      'zz',
      'sum(',
      'round(',
      'case',
      'when',
      'then',
      'end',
      "'month'",
      '1',
    ];
    const signs = [
      '(',
      ')',
      ',',
      '+',
      '=',
      'and',
      'not',
      'in',
      'is',
      'null',
      'cast(',
      'as',
      "date '2025-01-31'",
      '||',
      '.',
    ];
    const text = fc
      .array(fc.constantFrom(...words, ...signs), { maxLength: 20 })
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, (broken) => {
        const { scalar, issues } = read(broken, scope);
        if (scalar === null) assert.ok(issues.length > 0, broken);
      }),
      { numRuns: 2000 },
    );
  });
});
