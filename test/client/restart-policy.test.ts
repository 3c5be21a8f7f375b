import assert from 'node:assert/strict';
import { restartPolicy } from '../../client/src/restart-policy.ts';

const MINUTE = 60_000;

describe('starting the server again', () => {
  it('ends when it dies again and again', () => {
    const mayRestart = restartPolicy();
    const answers = [0, 1, 2, 3, 4, 5].map((second) => mayRestart(second * 1000));
    assert.deepEqual(answers, [true, true, true, true, false, false]);
  });

  it('goes on for ever where it dies now and then', () => {
    const mayRestart = restartPolicy();
    for (let minute = 0; minute < 1000; minute++) assert.ok(mayRestart(minute * MINUTE));
  });

  it('is possible again after a quiet time', () => {
    const mayRestart = restartPolicy();
    for (let death = 0; death < 5; death++) mayRestart(death);
    assert.ok(mayRestart(10 * MINUTE));
  });
});
