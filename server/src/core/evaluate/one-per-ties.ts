import { type Problem, problemOf } from '../base/problem.ts';
import type { Checked } from '../check/checked.ts';
import type { Source } from '../model/project.ts';
import { Frame } from '../plan/frame.ts';
import type { PlanScalar, RelationColumn, Select } from '../plan/relation.ts';
import { isNotNull, literal, nameOf, test } from '../plan/scalars.ts';
import { sourceRows } from '../plan/source-rows.ts';
import type { Storage } from '../plan/storage.ts';
import { onePerTies } from './problems.ts';
import { listedRows, rowsBehind } from './row-words.ts';
import { type RunContext, runSelect } from './run-demands.ts';

const FIRSTS = '_firsts';
const KEYS = '_keys';
const SHOWN_ROWS = 3;

/**
 * Says at `one_per: { by: … }` for how many keys several rows come first together, so that only their place in the data decides which
 * one is used. Nothing where there are none. Throws `Refusal` where the source's rows cannot be made.
 *
 * @param stored the rows as they are loaded
 */
export async function onePerTie(
  context: RunContext,
  stored: Storage,
  source: Source,
): Promise<Problem | undefined> {
  const { onePer } = source;
  if (onePer === undefined) return undefined;
  const checked = withAllRows(context.checked, source);
  const ties = tiesOf(checked, sourceRows(checked, stored), source.name, onePer);
  if (ties === undefined) return undefined;
  const [row] = await runSelect(context, {
    ...ties,
    keys: [],
    aggregates: [
      { name: 'keys', value: { fn: 'count', args: [] } },
      { name: 'rows', value: { fn: 'sum', args: [column(KEYS, 'rows')] } },
    ],
  });
  const keys = Number(row?.keys ?? 0);
  if (keys === 0) return undefined;
  const kept = onePer.keep.text === 'last' ? 'last' : 'first';
  const found = await runSelect(context, {
    ...ties,
    keys: [{ name: 'row', value: column(KEYS, kept) }],
    aggregates: [],
    limit: SHOWN_ROWS,
  });
  const numbers = found.map((each) => Number(each.row));
  const shown = listedRows(rowsBehind(checked, stored, source, numbers), keys);
  const named = onePer.key.items.map(({ text }) => text).join(', ');
  const message = `${keys === 1 ? '1 value' : `${keys} values`} of ${named} in ${source.name} with ${Number(row?.rows)} rows that are alike in ${onePer.by.text}, so that the ${kept} of them in the data is used. ${shown}`;
  return problemOf(onePerTies, { file: source.file, span: onePer.by.node.span }, message);
}

/** The project with all rows of a source, whatever it keeps of them. */
function withAllRows(checked: Checked, source: Source): Checked {
  const { project } = checked;
  const sources = new Map(project.sources).set(source.name, {
    ...source,
    onePer: undefined,
    node: undefined,
  });
  return { ...checked, project: { ...project, sources } };
}

/** The keys with several rows that come first together, as what to select from and under which condition. */
function tiesOf(
  checked: Checked,
  storage: Storage,
  name: string,
  { key, keep, by }: NonNullable<Source['onePer']>,
): Pick<Select, 'from' | 'joins' | 'where'> | undefined {
  const frame = new Frame(checked, storage, name);
  const lower = (text: string): PlanScalar | undefined => {
    const scalar = checked.resolvePath(text, name);
    return scalar && frame.lower(scalar);
  };
  const known = key.items.map(({ text }) => lower(text));
  const columns = known.filter((scalar) => scalar !== undefined);
  const order = lower(by.text);
  if (order === undefined || columns.length < known.length) return undefined;
  const keys = columns.map((value, index) => ({ name: `key_${index}`, value }));
  const firsts: Select = {
    from: frame.from,
    joins: frame.joins,
    where: columns.map(isNotNull),
    keys: [...keys, { name: 'row', value: frame.rowNumber }],
    aggregates: [],
    pick: { of: columns, order: [{ value: order, descending: keep.text === 'last' }], ties: true },
  };
  const row = column(FIRSTS, 'row');
  const counted: Select = {
    from: { kind: 'select', select: firsts, as: FIRSTS },
    joins: [],
    where: [],
    keys: keys.map(({ name: as, value }) => ({ name: as, value: column(FIRSTS, as, value.type) })),
    aggregates: [
      { name: 'rows', value: { fn: 'count', args: [] } },
      { name: 'first', value: { fn: 'min', args: [row] } },
      { name: 'last', value: { fn: 'max', args: [row] } },
    ],
  };
  return {
    from: { kind: 'select', select: counted, as: KEYS },
    joins: [],
    where: [test('>', column(KEYS, 'rows'), literal<RelationColumn>(1))],
  };
}

function column(relation: string, name: string, type: PlanScalar['type'] = 'integer'): PlanScalar {
  return nameOf<RelationColumn>({ relation, column: name }, type);
}
