import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { type OpenedData, openData } from '../../../server/src/core/open-data.ts';
import { loadProject } from '../../../server/src/core/workspace.ts';
import { createDuckDbEngine, type DuckDbEngine } from '../../../server/src/engines/duckdb/duckdb-engine.ts';
import { createNodeFileSystem, toCorePath } from '../../../server/src/hosts/node-file-system.ts';
import type { CoreOptions } from './bench.ts';

const SAMPLE = resolve('samples', 'saas');
/** Events of the sample as it is, to which its other tables belong. */
const EVENTS = 12_000;

/** Writes the sample with more customers, and so more of everything; it is made once. */
export async function sampleAt(
  folder: string,
  { events, sizes }: CoreOptions,
  size: number,
): Promise<string> {
  const own = Math.round((events * size) / Math.max(...sizes));
  const project = join(folder, `events-${own}`);
  const files = (await readdir(SAMPLE)).filter((name) => name.endsWith('.yaml'));
  if ((await readdir(project).catch(() => [])).length > files.length) return project;
  await mkdir(project, { recursive: true });
  for (const name of files) await copyFile(join(SAMPLE, name), join(project, name));
  const scale = String(Math.max(0.2, own / EVENTS));
  const generate = [join(SAMPLE, 'generate.mjs'), '--events', String(own), '--scale', scale];
  await promisify(execFile)(process.execPath, [...generate, '--out', join(project, 'data')]);
  return project;
}

/** Opens a project on an engine of its own. */
export async function openSample(project: string): Promise<{ engine: DuckDbEngine; opened: OpenedData }> {
  const engine = createDuckDbEngine({ childPath: resolve('dist', 'engine.js') });
  const loaded = await loadProject(createNodeFileSystem(), toCorePath(project), { kinds });
  const opened = await openData(loaded, kinds, engine, loaded.project.metrics.values());
  return { engine, opened };
}
