import type { DuckDbEngine } from '../../../server/src/engines/duckdb/duckdb-engine.ts';
import { cpuOf } from '../kit/processes.ts';
import { type Timed, timed } from './timed.ts';

/** Work with its processor time in this process and in that of the engine. */
export async function timedWith(engine: DuckDbEngine, work: () => Promise<unknown>): Promise<Timed> {
  const pid = engine.processId() ?? 0;
  const before = cpuOf(pid);
  const { wall, cpu } = await timed(work);
  return { wall, cpu: cpu + cpuOf(pid) - before };
}
