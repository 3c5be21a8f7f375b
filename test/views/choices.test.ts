import assert from 'node:assert/strict';
import { mergePreview, subjectKey } from '../../client/webview/merge.ts';
import { withEntry } from '../../client/webview/saved.ts';
import type { Preview } from '../../server/src/protocol/index.ts';
import { compareGroups, groupLines } from '../../server/src/views/metric/breakdown.ts';
import {
  filteredRows,
  groupedRows,
  orderedRows,
  statusCounts,
} from '../../server/src/views/scorecard/rows.ts';
import { binsOf } from '../../server/src/views/source/histogram.ts';
import { metric, scorecard, scorecardRow } from './fixtures.ts';

describe('two groups compared', () => {
  const { result, shape } = metric;
  assert.ok(result);

  it('differ in each period by the first less the second', () => {
    const comparison = compareGroups(shape, result, 'company_size', ['small', 'enterprise']);
    const [newest, ...others] = comparison?.table.rows ?? [];
    assert.deepEqual(
      newest?.map(({ text }) => text),
      ['2025-Q3 (not over yet)', '52.0', '3.0', '+49.0'],
    );
    assert.equal(others.length, 4);
    for (const row of comparison?.table.rows ?? []) {
      const [first, second, difference] = row.slice(1).map(({ value }) => Number(value));
      assert.equal(difference, Number(first) - Number(second));
    }
    const swapped = compareGroups(shape, result, 'company_size', ['enterprise', 'small']);
    assert.equal(swapped?.table.rows[0]?.[3]?.value, -49);
  });

  it('are nothing where one is missing, or both are the same', () => {
    assert.equal(compareGroups(shape, result, 'company_size', ['small', 'small']), undefined);
    assert.equal(compareGroups(shape, result, 'company_size', ['small', '']), undefined);
  });

  it('are drawn for as many groups as can be told apart, the largest ones', () => {
    const many = Array.from({ length: 9 }, (_, index) =>
      result.values
        .filter(({ group }) => group.company_size === 'small')
        .map((value) => ({ ...value, n: index, group: { company_size: `g${index}` } })),
    ).flat();
    const { lines } = groupLines('x', shape, { ...result, values: many }, 'company_size');
    assert.deepEqual(
      lines.map(({ name }) => name),
      ['g3', 'g4', 'g5', 'g6', 'g7', 'g8'],
    );
  });

  it('are drawn by their values where the same rows stand behind each, as behind reasons over one total', () => {
    const reasons = Array.from({ length: 9 }, (_, index) =>
      result.values
        .filter(({ group }) => group.company_size === 'small')
        .map((value) => ({ ...value, n: 301, value: index / 100, group: { company_size: `g${index}` } })),
    ).flat();
    const { lines } = groupLines('x', shape, { ...result, values: reasons }, 'company_size');
    assert.deepEqual(
      lines.map(({ name }) => name),
      ['g3', 'g4', 'g5', 'g6', 'g7', 'g8'],
    );
  });
});

describe('the rows of a scorecard', () => {
  const { metrics } = scorecard;
  const names = (rows: readonly { readonly name: string }[]): readonly string[] =>
    rows.map(({ name }) => name);

  it('are filtered by every word, wherever it stands', () => {
    assert.deepEqual(names(filteredRows(metrics, '')), ['csat', 'nps', 'mrr']);
    assert.deepEqual(names(filteredRows(metrics, 'SUPPORT missed')), ['csat']);
    assert.deepEqual(names(filteredRows(metrics, 'board on track')), ['nps']);
    assert.deepEqual(names(filteredRows(metrics, 'nothing such')), []);
  });

  it('are put together by stage in each of their stages, and last in none', () => {
    const groups = groupedRows(metrics, 'stage').map(({ label, rows }) => [label, names(rows)]);
    assert.deepEqual(groups, [
      ['Customer / Support', ['csat', 'nps']],
      ['Customer / Renewal', ['nps']],
      ['No stage', ['mrr']],
    ]);
  });

  it('are ordered by the worst status of their targets', () => {
    const better = scorecardRow('met', { targets: [{ name: 't', label: 't', status: 'met' }] });
    const plain = scorecardRow('plain');
    const rows = [plain, better, ...metrics];
    assert.deepEqual(names(orderedRows(rows, 'status', false)), ['mrr', 'csat', 'nps', 'met', 'plain']);
    assert.deepEqual(names(orderedRows(rows, 'status', true)), ['plain', 'met', 'nps', 'csat', 'mrr']);
  });

  it('are counted by status, the worst first', () => {
    assert.deepEqual(statusCounts(metrics), [
      { status: 'missed', count: 1 },
      { status: 'on_track', count: 1 },
    ]);
  });
});

describe('the bins of a column', () => {
  const profile = { rows: 6, nulls: 0, distinct: 6, top: [] };

  it('divide numbers evenly', () => {
    const bins = binsOf({
      ...profile,
      type: 'number',
      low: '0',
      high: '1',
      bins: [{ rows: 2 }, { rows: 4 }],
    });
    assert.deepEqual(bins, [
      { from: '0', to: '0.5', rows: 2 },
      { from: '0.5', to: '1', rows: 4 },
    ]);
  });

  it('are whole days for dates', () => {
    // Ten days in four bins are three days each.
    const four = [1, 2, 3, 0].map((rows) => ({ rows }));
    const bins = binsOf({ ...profile, type: 'date', low: '2025-01-01', high: '2025-01-10', bins: four });
    assert.deepEqual(
      bins.map(({ from, to }) => [from, to]),
      [
        ['2025-01-01', '2025-01-04'],
        ['2025-01-04', '2025-01-07'],
        ['2025-01-07', '2025-01-10'],
        ['2025-01-10', '2025-01-13'],
      ],
    );
  });
});

describe('a preview that comes in parts', () => {
  const at = {
    uri: 'file:///a',
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
  };
  const { result, funnel: _, rows: __, lineage: ___, ...rest } = metric;
  const about = { ...metric.about, at };
  assert.ok(result);
  const old: Preview = { ...rest, about, result };
  const { sql: _sql, ...outline } = { ...rest, about };

  it('keeps the sections that have not come yet', () => {
    const merged = mergePreview(old, { ...outline, status: 'draft' });
    assert.ok(merged.kind === 'metric');
    assert.equal(merged.status, 'draft');
    assert.equal(merged.result, result);
    assert.deepEqual(merged.sql, metric.sql);
  });

  it('keeps the breakdown of the values that are still shown', () => {
    const merged = mergePreview(old, { ...outline, by: 'touchpoint', grain: 'month' });
    assert.ok(merged.kind === 'metric');
    assert.deepEqual([merged.by, merged.grain], ['company_size', 'quarter']);
    const whole = mergePreview(old, { ...outline, by: 'touchpoint', grain: 'month', result });
    assert.ok(whole.kind === 'metric');
    assert.deepEqual([whole.by, whole.grain], ['touchpoint', 'month']);
  });

  it('starts afresh for another subject', () => {
    const other: Preview = { ...outline, about: { ...about, name: 'csat' } };
    assert.notEqual(subjectKey(old), subjectKey(other));
    assert.equal(mergePreview(old, other), other);
  });
});

describe('what a page remembers', () => {
  it('is the newest, and never more than it may', () => {
    let record: Record<string, number> = {};
    for (let entry = 0; entry < 500; entry++) record = withEntry(record, `key ${entry % 300}`, entry);
    assert.equal(Object.keys(record).length, 200);
    assert.equal(record['key 199'], 499);
    assert.equal(record['key 0'], 300);
    assert.equal(record['key 299'], undefined);
  });
});
