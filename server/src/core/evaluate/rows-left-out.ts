import { type Problem, problemOf } from '../base/problem.ts';
import type { Source } from '../model/project.ts';
import { Frame } from '../plan/frame.ts';
import { Refusal } from '../plan/refusal.ts';
import { sourceRows } from '../plan/source-rows.ts';
import type { Storage } from '../plan/storage.ts';
import { rowsLeftOut } from './problems.ts';
import { type RunContext, runSelect } from './run-demands.ts';

/** How many rows a source's `one_per` leaves out, at its declaration: section 2 of the format has them counted. */
export async function leftOut(
  context: RunContext,
  stored: Storage,
  source: Source,
): Promise<readonly Problem[]> {
  const { onePer, name } = source;
  if (onePer === undefined) return [];
  try {
    const all = await rowsIn(context, sourceRows(context.checked, stored, name), name);
    const count = all - (await rowsIn(context, context.storage, name));
    if (count === 0) return [];
    const key = onePer.key.items.map(({ text }) => text).join(', ');
    const rows = count === 1 ? '1 row' : `${count} rows`;
    const message = `${rows} of ${name} left out: \`one_per\` keeps the ${onePer.keep.text} row of each ${key}.`;
    const node = source.node?.get('one_per')?.value ?? source.nameNode;
    return [problemOf(rowsLeftOut, { file: source.file, span: node.span }, message)];
  } catch (error) {
    // What cannot be planned has been reported at its own place.
    if (error instanceof Refusal) return [];
    throw error;
  }
}

async function rowsIn(context: RunContext, storage: Storage, source: string): Promise<number> {
  const frame = new Frame(context.checked, storage, source);
  const [row] = await runSelect(context, {
    from: frame.from,
    joins: frame.joins,
    where: [],
    keys: [],
    aggregates: [{ name: 'rows', value: { fn: 'count', args: [] } }],
  });
  return Number(row?.rows ?? 0);
}
