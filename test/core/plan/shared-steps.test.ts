import assert from 'node:assert/strict';
import { sharedSteps } from '../../../server/src/core/plan/entities/shared-steps.ts';
import type { NameRef, Scalar } from '../../../server/src/core/syntax/expression/scalar.ts';

const is = (column: string, text: string): Scalar<NameRef> => ({
  kind: 'call',
  type: 'boolean',
  fn: '=',
  args: [
    { kind: 'name', type: 'text', ref: { at: 'row', links: [], column } },
    { kind: 'literal', type: 'text', value: text },
  ],
});
const both = (...args: Scalar<NameRef>[]): Scalar<NameRef> => ({
  kind: 'call',
  type: 'boolean',
  fn: 'and',
  args,
});

describe('the steps that may share rows', () => {
  it('are not those that ask a column for different texts', () => {
    const steps = [is('kind', 'view'), both(is('kind', 'cart'), is('place', 'web')), is('kind', 'buy')];
    assert.deepEqual(sharedSteps(steps.map((where, index) => ({ step: index + 1, where: [where] }))), [
      [1],
      [2],
      [3],
    ]);
  });

  it('are those that ask different columns, and those that a step between them joins', () => {
    const steps = [is('kind', 'view'), is('place', 'web'), is('kind', 'buy'), is('place', 'shop')];
    // 1 and 3 are apart, but a row of step 2 can be one of either; 4 is apart from 2, and may be one of 1 or 3.
    assert.deepEqual(sharedSteps(steps.map((where, index) => ({ step: index + 1, where: [where] }))), [
      [1, 2, 3, 4],
    ]);
    assert.deepEqual(
      sharedSteps([
        { step: 1, where: [is('kind', 'view')] },
        { step: 3, where: [] },
      ]),
      [[1, 3]],
    );
  });
});
