import type { Checked } from '../check/checked.ts';
import { Frame } from './frame.ts';
import { lowerRows, type Scan } from './plan-scan.ts';
import type { Join, PlanScalar, RelationColumn, Select } from './relation.ts';
import { all, isNull, literal, nameOf, test } from './scalars.ts';
import type { Storage } from './storage.ts';

const PICKED = '_picked_rows';

/**
 * The join that leaves of each period only the rows with its latest (or earliest) time, for all rows together or for each entity of
 * `at_per`: section 5.1. Nothing where the metric looks at all rows.
 *
 * @param period the period of a row in the frame
 */
export function pickAt(
  checked: Checked,
  storage: Storage,
  frame: Frame,
  scan: Scan,
  period: PlanScalar,
): readonly Join[] {
  const select = pickedRows(checked, storage, scan);
  if (select === undefined) return [];
  const note = `at: ${scan.view.at?.keep ?? ''}`;
  return [
    { kind: 'inner', to: { kind: 'select', select, as: PICKED }, on: matching(frame, scan, period), note },
  ];
}

/** The same as a condition on a row, with the join that it needs, for who also shows the rows that are not picked. */
export function pickedAt(
  checked: Checked,
  storage: Storage,
  frame: Frame,
  scan: Scan,
  period: PlanScalar,
): { readonly joins: readonly Join[]; readonly condition: PlanScalar } {
  const [join] = pickAt(checked, storage, frame, scan, period);
  if (join === undefined) return { joins: [], condition: literal(true) };
  const found = nameOf<RelationColumn>({ relation: PICKED, column: 'row' }, 'integer');
  return { joins: [{ ...join, kind: 'left' }], condition: test('not', isNull(found)) };
}

function matching(frame: Frame, { grain }: Scan, period: PlanScalar): readonly PlanScalar[] {
  const row = test(
    '=',
    nameOf<RelationColumn>({ relation: PICKED, column: 'row' }, 'integer'),
    frame.rowNumber,
  );
  if (grain === 'all') return [row];
  return [row, test('=', nameOf<RelationColumn>({ relation: PICKED, column: 'period' }, 'date'), period)];
}

/** The numbers of the rows that are picked, with the first day of the period in which each is. */
function pickedRows(checked: Checked, storage: Storage, scan: Scan): Select | undefined {
  const { at } = scan.view;
  if (at === undefined || scan.rows.mode === 'snapshot') return undefined;
  const frame = new Frame(checked, storage, scan.source);
  const { at: _, ...view } = scan.view;
  const rows = lowerRows(frame, { ...scan, view });
  const per = at.per.map((entity) => frame.lower(entity));
  return {
    from: frame.from,
    joins: [...frame.joins, ...rows.joins],
    where: [all(rows.where) ?? literal(true)],
    keys: [
      { name: 'row', value: frame.rowNumber },
      { name: 'period', value: rows.period },
    ],
    aggregates: [],
    pick: {
      of: [rows.period, ...per],
      order: [{ value: frame.times.event, descending: at.keep === 'last' }],
      ties: true,
    },
  };
}
