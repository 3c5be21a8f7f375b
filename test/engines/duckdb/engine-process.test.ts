import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { startEngineProcess } from '../../../server/src/engines/duckdb/engine-process.ts';
import { testFolder } from '../../kit/engine.ts';

/** An engine that answers when it is told to stop, and leaves a file beside itself when it has. */
const LATE = `
let asked;
process.on('message', ({ id, interrupt }) => {
  if (id !== undefined) asked = id;
  if (interrupt) process.send({ kind: 'done', id: asked, tables: [] }, () => {
    require('node:fs').writeFileSync(__filename + '.answered', '');
  });
});
process.send({ kind: 'ready' });
`;

describe('the process of an engine', () => {
  const folder = testFolder();

  it('is asked nothing more once it is being killed, even if its answer comes before its end', async () => {
    const childPath = await folder.write('late.js', LATE);
    const engine = startEngineProcess({ childPath, memoryLimitMb: 512 });
    const answer = engine.ask({ kind: 'run', sql: '' }, () => {});
    engine.stop();
    // This process is busy until the answer is there and the time to answer is over: it kills first, and then reads the answer.
    const end = performance.now() + 600;
    while (performance.now() < end || !existsSync(`${childPath}.answered`));
    await answer.catch(() => {});
    assert.equal(engine.alive(), false);
    await engine.kill();
  });
});
