// DuckDB with nothing around it: loads the data of the sample and runs the statements written by hand, and tells what that took. It is a
// process of its own, so that its memory is its own.
import { availableParallelism } from 'node:os';
import { DuckDBInstance } from '@duckdb/node-api';
import { peakMemoryOf } from '../kit/processes.ts';
import type { Alone } from './alone.ts';
import { loadStatements, SAMPLE_STATEMENTS } from './sample-sql.ts';
import { timed } from './timed.ts';

const [data = '.'] = process.argv.slice(2);
const threads = String(Math.min(4, availableParallelism()));
let alone: Alone | undefined;
const whole = await timed(async () => {
  const instance = await DuckDBInstance.create(':memory:', { threads, memory_limit: '4096MB' });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const loaded = await timed(async () => {
    for (const sql of loadStatements(data)) await connection.run(sql);
  });
  for (const { sql } of SAMPLE_STATEMENTS) await (await connection.runAndReadAll(sql)).getRows();
  alone = { loaded, peak: peakMemoryOf(process.pid) };
});
console.log(JSON.stringify({ ...alone, whole }));
