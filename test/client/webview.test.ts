import assert from 'node:assert/strict';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { mergePreview } from '../../client/webview/merge.ts';
import { type Freshness, Toolbar } from '../../client/webview/toolbar.tsx';
import type { MetricPreview } from '../../server/src/core/preview/preview.ts';
import type { Location } from '../../server/src/protocol/index.ts';
import { metric as fixture } from '../views/fixtures.ts';
import { textOf } from '../views/kit.ts';

const AT: Location = {
  uri: 'file:///a.metrics.yaml',
  range: { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } },
};
const { funnel: _, lineage: __, ...rest } = fixture;
const metric: MetricPreview<Location> = { ...rest, about: { ...fixture.about, at: AT } };

describe('the page of a preview', () => {
  it('says whether what is shown is of now, in words', () => {
    const words = (freshness: Freshness, preview: MetricPreview<Location> | null, percent = 0): string => {
      const props = { preview, freshness, percent, isLocked: false, told: '', post: () => {} };
      return textOf(renderToString(h(Toolbar, props))).replace(/Lock.*$/s, '');
    };
    assert.equal(words('current', metric), '');
    assert.equal(words('updating', metric), 'Before your last change; updating');
    assert.equal(words('updating', null), 'Computing');
    assert.equal(words('updating', null, 40), 'Computing, 40%');
    assert.equal(words('current', metric, 100), '');
    // Where there is nothing newer to come, values of before are not shown as if they were of now.
    assert.equal(words('old', metric), 'Out of date');
    assert.equal(words('old', null), '');
  });

  it('keeps what has not come anew, by the breakdown that it was made for', () => {
    const { result: _, rows: __, sql: ___, ...outline } = metric;
    const part: MetricPreview<Location> = { ...outline, by: 'touchpoint', grain: 'month' };
    const merged = mergePreview(metric, part);
    assert.ok(merged.kind === 'metric');
    assert.deepEqual([merged.by, merged.grain, merged.result], ['company_size', 'quarter', metric.result]);
    const other = { ...part, about: { ...part.about, name: 'csat' } };
    assert.equal(mergePreview(metric, other), other);
  });
});
