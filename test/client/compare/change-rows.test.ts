import assert from 'node:assert/strict';
import { changedRows } from '../../../client/src/changed-rows.ts';
import {
  type ChangeRows,
  changeRows,
  definitionOf,
  metricOf,
  NO_ROWS,
} from '../../../client/src/features/compare/change-rows.ts';
import type { Comparison } from '../../../server/src/protocol/index.ts';
import { present } from '../../kit/present.ts';
import { at, comparison, metric } from './kit.ts';

type Other = Comparison['others'][number];

const segment: Other = {
  subject: { kind: 'segment', name: 'plan' },
  class: 'values',
  changes: [['has another group']],
  at: { before: at(1), after: at(1) },
  text: { before: '', after: '' },
};

const whole = comparison({
  metrics: [
    metric('mrr', { unmeant: 'its values moved, and nobody changed its text' }),
    metric('nps', { changes: [['one'], ['two']], effects: [] }),
  ],
  others: [segment],
  targets: [
    { name: 'mrr_2025', metric: 'mrr', words: [{ code: 'mrr_2025' }, ': on track before'], at: at(2) },
  ],
  examples: [['example 1 of ', { code: 'nps' }, ' expects 30']],
  notes: [['The data of ', { strong: 'accounts' }, ' changed.']],
});

/** The rows as an outline, those below a row indented. */
function outline(rows: ChangeRows, ids: readonly string[] = rows.roots, indent = ''): readonly string[] {
  return ids.flatMap((id) => {
    const { content, children } = present(rows.nodes.get(id));
    const told =
      content.kind === 'metric'
        ? content.item.name
        : content.kind === 'definition'
          ? content.item.subject.name
          : content.kind === 'heading'
            ? `${content.heading} ${content.count}`
            : content.text;
    return [`${indent}${content.kind} ${told}`, ...outline(rows, children, `${indent}  `)];
  });
}

describe('the rows of a comparison', () => {
  it('are its metrics in their order with why and what for, and then what else there is', () => {
    assert.deepEqual(outline(changeRows(whole)), [
      'metric mrr',
      '  why now leaves out rows whose plan is free',
      '  effect 2025-06: €260.00 before, €220.00 after, -€40.00',
      'metric nps',
      '  why one',
      '  why two',
      'heading targets 1',
      '  target mrr_2025: on track before',
      'heading others 1',
      '  definition plan',
      '    why has another group',
      'heading examples 1',
      '  example example 1 of nps expects 30',
      'heading notes 1',
      '  note The data of accounts changed.',
    ]);
  });

  it('have no heading for what there is not', () => {
    assert.deepEqual(changeRows(comparison()).roots, []);
    assert.deepEqual(outline(changeRows(comparison({ examples: [['x']] }))), [
      'heading examples 1',
      '  example x',
    ]);
  });

  it('have an id each, and know the row above them', () => {
    const { roots, nodes } = changeRows(whole);
    for (const { id, parent, children } of nodes.values()) {
      assert.equal(parent === undefined, roots.includes(id), id);
      for (const child of children) assert.equal(nodes.get(child)?.parent, id);
      if (parent !== undefined) assert.ok(nodes.get(parent)?.children.includes(id));
    }
    assert.equal(nodes.size, outline({ roots, nodes }).length);
  });

  it('keep the ids of what is still there, whatever else has come', () => {
    const before = changeRows(whole);
    const after = changeRows({ ...whole, metrics: [metric('arr'), ...whole.metrics] });
    for (const id of before.nodes.keys()) assert.ok(after.nodes.has(id), id);
  });

  it('that look as before are not drawn again', () => {
    const before = changeRows(whole);
    assert.deepEqual(changedRows(before, changeRows(structuredClone(whole))), []);
    const other = { ...whole, metrics: whole.metrics.map((each) => ({ ...each, unmeant: null })) };
    assert.deepEqual(changedRows(before, changeRows(other)), [before.roots[0]]);
    assert.equal(changedRows(before, NO_ROWS), 'all');
  });

  it('lead to the metric and the definition that they belong to', () => {
    const rows = changeRows(whole);
    const leads = [...rows.nodes.values()].map(({ id, content }) => [
      content.kind,
      metricOf(rows, id),
      definitionOf(rows, id)?.subject.name,
    ]);
    assert.deepEqual(
      new Set(leads.map((each) => JSON.stringify(each))),
      new Set(
        [
          ['metric', 'mrr', 'mrr'],
          ['why', 'mrr', 'mrr'],
          ['effect', 'mrr', 'mrr'],
          ['metric', 'nps', 'nps'],
          ['why', 'nps', 'nps'],
          ['heading', undefined, undefined],
          ['target', 'mrr', undefined],
          ['definition', undefined, 'plan'],
          ['why', undefined, 'plan'],
          ['example', undefined, undefined],
          ['note', undefined, undefined],
        ].map((each) => JSON.stringify(each)),
      ),
    );
  });

  it('are one line each, read from left to right, whatever people call things', () => {
    const rows = changeRows(
      comparison({ notes: [['a\nb\u2028c ', { code: 'x\u202ey\u0007\u2066z' }, '\r\n']] }),
    );
    const notes = [...rows.nodes.values()].flatMap(({ content }) =>
      content.kind === 'note' ? [content.text] : [],
    );
    assert.deepEqual(notes, ['a b c x y z ']);
  });
});
