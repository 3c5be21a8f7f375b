import assert from 'node:assert/strict';
import { numberAt } from '../../../server/src/core/model/number-word.ts';
import { parseYaml } from '../../../server/src/core/syntax/yaml/parse.ts';

function read(written: string): [number, boolean, number] | undefined {
  const word = numberAt(parseYaml(`x: ${written}\n`).root, 'x');
  return word && [word.value, word.percent, word.decimals];
}

describe('numberAt', () => {
  it('reads numbers with the decimals that are written', () => {
    assert.deepEqual(read('50'), [50, false, 0]);
    assert.deepEqual(read('33.33'), [33.33, false, 2]);
    assert.deepEqual(read('-3.50'), [-3.5, false, 2]);
    assert.deepEqual(read('+.5'), [0.5, false, 1]);
    assert.deepEqual(read('"7"'), [7, false, 0]);
  });

  it('takes an exponent into the decimals', () => {
    assert.deepEqual(read('1e3'), [1000, false, 0]);
    assert.deepEqual(read('1.5e-3'), [0.0015, false, 4]);
    assert.deepEqual(read('1.25e1'), [12.5, false, 1]);
  });

  it('reads percentages as fractions, exactly', () => {
    assert.deepEqual(read('42%'), [0.42, true, 0]);
    assert.deepEqual(read('42.5%'), [0.425, true, 1]);
    assert.deepEqual(read('42 %'), [0.42, true, 0]);
    // 48.1 / 100 is 0.48100000000000004 in doubles; the number that was written is 0.481.
    assert.deepEqual(read('48.1%'), [0.481, true, 1]);
    assert.deepEqual(read('-5%'), [-0.05, true, 0]);
  });

  it('reads nothing else as a number', () => {
    for (const text of [
      '',
      'null',
      'many',
      '0x1F',
      '.inf',
      '.nan',
      '1,000',
      '5%%',
      '%',
      '1e999',
      '[5]',
      '2025-05',
      '.',
    ]) {
      assert.equal(read(text), undefined, text);
    }
  });
});
