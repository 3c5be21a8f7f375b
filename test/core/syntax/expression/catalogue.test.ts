import assert from 'node:assert/strict';
import {
  AGGREGATES,
  FUNCTIONS,
  signatureOf,
} from '../../../../server/src/core/syntax/expression/functions.ts';
import { patternProblem } from '../../../../server/src/core/syntax/expression/pattern.ts';

describe('the catalogue', () => {
  it('has the functions of section 3 of the format and no other', () => {
    const listed =
      'abs round floor ceil sqrt ln exp power least greatest coalesce nullif lower upper trim length substring replace concat contains starts_with ends_with split_part regexp_matches date_trunc date_part date_diff date_add year quarter month day hour day_of_week';
    assert.deepEqual(Object.keys(FUNCTIONS), listed.split(' '));
    assert.deepEqual(Object.keys(AGGREGATES), 'count count_if sum avg median min max'.split(' '));
  });

  it('says of each how it is called and what it does', () => {
    for (const [name, info] of Object.entries({ ...FUNCTIONS, ...AGGREGATES })) {
      assert.equal(info.name, name);
      assert.match(info.summary, /^(?:[A-Z]|[ex] to the power).*\.$/);
      assert.ok(info.example.startsWith(`${name}(`));
    }
    assert.equal(signatureOf(FUNCTIONS.substring), 'substring(x, start, [length])');
    assert.equal(signatureOf(FUNCTIONS.concat), 'concat(x, …)');
  });
});

describe('patterns of regexp_matches', () => {
  const fine = [
    '',
    'refund',
    '^a.*b$',
    '(a|b)+',
    '[^0-9a-f]{2,4}',
    '(?i)refund|return',
    '(?:ab)?c',
    '\\d+\\.\\d{2}',
    '(\\d{3}-)?\\d+',
    '\\(\\w+\\)',
    '[\\w.-]+@',
    'é+',
    'a|',
  ];
  for (const pattern of fine) it(`${pattern} is fine`, () => assert.equal(patternProblem(pattern), null));

  const wrong: readonly (readonly [pattern: string, problem: RegExp])[] = [
    ['(a+)+', /repeat inside a repeat/],
    ['((a|b)*c)*', /repeat inside a repeat/],
    ['(a{1,30}){1,30}', /repeat inside a repeat/],
    ['(a*)*?', /repeat inside a repeat/],
    ['a{1,1000}', /more than 100/],
    ['a'.repeat(201), /longer than 200/],
    ['(a', /not closed/],
    ['a)', /not open/],
    ['[a', /not closed/],
    ['[]', /empty/],
    ['[[:alpha:]]', /holds another/],
    ['[z-a]', /wrong way round/],
    ['a{3,2}', /wrong way round/],
    ['[\\w-z]', /range/],
    ['*a', /nothing before/],
    ['a|*', /nothing before/],
    ['a{', /repeats nothing/],
    ['(?=a)', /not available/],
    ['(?<n>a)', /not available/],
    ['(a)\\1', /escape/],
    ['\\p{L}', /escape/],
    ['\\', /escape/],
    [`${'('.repeat(20)}a${')'.repeat(20)}`, /10 levels/],
  ];
  for (const [pattern, problem] of wrong) {
    it(`${pattern} is refused`, () => assert.match(patternProblem(pattern) ?? '', problem));
  }
});
