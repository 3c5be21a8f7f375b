import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Analysis, analyse } from '../../../server/src/core/analyse.ts';
import type { Evaluator } from '../../../server/src/core/evaluate/evaluate.ts';
import { loadData } from '../../../server/src/core/evaluate/load-data.ts';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import type { QueryEngine } from '../../../server/src/core/ports.ts';
import { loadProject } from '../../../server/src/core/workspace.ts';
import { createNodeFileSystem } from '../../../server/src/hosts/node-file-system.ts';

/** A project on real data: what a face of the product would hold of it. */
export interface OpenProject {
  readonly evaluator: Evaluator;
  readonly analysis: Analysis;
}

/** Loads, checks and fills a project that lies in a folder, along the way that the faces go. */
export async function openFolder(engine: QueryEngine, folder: string): Promise<OpenProject> {
  const loaded = await loadProject(createNodeFileSystem(), folder, { kinds });
  const before = analyse(loaded, kinds);
  const data = await loadData(before.checked, engine, before.checked.project.sources.keys());
  const analysis = analyse({ ...loaded, shapes: data.shapes }, kinds);
  return { evaluator: { checked: analysis.checked, kinds, engine, data }, analysis };
}

/** Writes a project's files to a folder of its own, opens it, and removes the folder behind the use. */
export async function withProject<T>(
  engine: QueryEngine,
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (project: OpenProject, folder: string) => Promise<T>,
): Promise<T> {
  return withFolder(files, async (folder) => use(await openFolder(engine, folder), folder));
}

/** Writes files to a folder of their own, and removes it behind the use. */
export async function withFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
