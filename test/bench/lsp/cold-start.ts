import { join } from 'node:path';
import { type Memory, memoryOf } from '../kit/processes.ts';
import { type Summary, summary } from '../kit/statistics.ts';
import { Client, uriOf } from './client.ts';
import { inDescription, inExpression, spotsOf, Typist } from './keystrokes.ts';
import { freshValue } from './values.ts';

/** A document of a project on disk, and the metric in it that is looked at. */
export interface Place {
  readonly folder: string;
  readonly file: string;
  readonly text: string;
  readonly metric: string;
}

/** What a client can do that is told of problems and values unasked. */
export const PUSHED = { workspace: { inlayHint: { refreshSupport: true }, configuration: false } };

export interface ColdStart {
  readonly diagnostics: Summary;
  readonly values: Summary;
}

/** From the start of the process to the first problems of a document, and to the value of a metric in it. */
export async function measureColdStart(place: Place, repeat: number): Promise<ColdStart> {
  const [diagnostics, values]: [number[], number[]] = [[], []];
  for (let nth = 0; nth < repeat; nth++) {
    const begun = performance.now();
    const client = await Client.start({ folder: place.folder, capabilities: PUSHED });
    const uri = uriOf(join(place.folder, place.file));
    const told = client.told(uri);
    const document = await client.open(uri, place.text);
    diagnostics.push((await told).at - begun);
    await freshValue(client, document, spotsOf(place.text, place.metric).name, undefined);
    values.push(performance.now() - begun);
    await client.stop();
  }
  return { diagnostics: summary(diagnostics), values: summary(values) };
}

export interface MemoryGrowth {
  readonly loaded: Memory;
  readonly halfway: Memory;
  readonly typed: Memory;
  readonly keystrokes: number;
}

/** Memory after everything is known of an open document, and while it is typed into: every fourth time in an expression. */
export async function measureMemory(place: Place, keystrokes: number): Promise<MemoryGrowth> {
  const client = await Client.start({ folder: place.folder, capabilities: PUSHED });
  const uri = uriOf(join(place.folder, place.file));
  const document = await client.open(uri, place.text);
  const typist = new Typist(document, place.metric);
  await freshValue(client, document, typist.spots.name, undefined);
  const settled = async (): Promise<Memory> => {
    await client.quiet(2_000);
    return memoryOf(client.child.pid ?? 0);
  };
  const type = async (count: number): Promise<void> => {
    for (let nth = 0; nth < count; nth++) {
      const send = typist.prepare(nth % 4 === 3 ? inExpression : inDescription);
      const told = client.told(uri, document.version + 1);
      send();
      await told;
    }
  };
  const loaded = await settled();
  await type(keystrokes / 2);
  const halfway = await settled();
  await type(keystrokes / 2);
  const typed = await settled();
  await client.stop();
  return { loaded, halfway, typed, keystrokes };
}
