import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeActions } from '../../../../server/src/core/ide/actions/index.ts';
import { fileAt, type IdeContext } from '../../../../server/src/core/ide/ide-context.ts';
import { kinds } from '../../../../server/src/core/kinds/index.ts';
import type { Metric } from '../../../../server/src/core/model/project.ts';
import { measuresOf } from '../../../../server/src/core/plan/metric-plan.ts';
import { planMetric } from '../../../../server/src/core/plan/plan-metric.ts';
import { ROOT } from '../../../kit/project.ts';
import { analysed, applied, changed, DATA, type Texts, TODAY, titlesIn } from './kit.ts';

describe('ide: extract an inline metric', () => {
  it('names it behind the metric, with what it took from that one', async () => {
    const text = `plumbline: 1
metrics:
  high_share:
    type: ratio
    owner: support
    source: tickets
    time: closed_at
    grain: week
    window: 2 weeks
    segments: [account_name]
    numerator: { type: count, wh┆ere: "priority in ('high', 'urgent')" } # of interest
    denominator: { type: count }

  # Something else.
  other: { type: count, source: tickets }
`;
    assert.equal(
      await changed(text, 'Extract into the metric "high_share_numerator"'),
      `plumbline: 1
metrics:
  high_share:
    type: ratio
    owner: support
    source: tickets
    time: closed_at
    grain: week
    window: 2 weeks
    segments: [account_name]
    numerator: high_share_numerator # of interest
    denominator: { type: count }

  high_share_numerator:
    type: count
    source: tickets
    time: closed_at
    window: 2 weeks
    grain: week
    owner: support
    where: "priority in ('high', 'urgent')"
    segments: [account_name]

  # Something else.
  other: { type: count, source: tickets }
`,
    );
  });

  it('takes another name where that is taken, and leaves to `defaults` what came from there', async () => {
    const text = `plumbline: 1
defaults: { owner: support, source: tickets }
metrics:
  a_numerator: { type: count }
  a: { type: ratio, numerator: { ty┆pe: sum, value: hours }, denominator: a_numerator }
`;
    assert.equal(
      await changed(text, 'Extract into the metric'),
      `plumbline: 1
defaults: { owner: support, source: tickets }
metrics:
  a_numerator: { type: count }
  a: { type: ratio, numerator: a_numerator_2, denominator: a_numerator }
  a_numerator_2: { type: sum, value: hours }
`,
    );
  });

  it('does not take over a "when" that says nothing on its source', async () => {
    const text = `plumbline: 1
metrics:
  a:
    type: ratio
    source: spells
    when: active
    numerator: { type: count, s┆ource: tickets }
    denominator: { type: count }
`;
    assert.match(
      await changed(text, 'Extract into'),
      / {2}a_numerator:\n {4}type: count\n {4}source: tickets\n$/,
    );
  });

  it('keeps CRLF', async () => {
    const text =
      'plumbline: 1\nmetrics:\n  a:\n    type: ratio\n    numerator: { type: c┆ount, source: tickets }\n    denominator: { type: count, source: tickets }\n'.replaceAll(
        '\n',
        '\r\n',
      );
    const result = await changed(text, 'Extract into');
    assert.doesNotMatch(result, /[^\r]\n/);
    assert.match(result, /\r\n {2}a_numerator:\r\n {4}type: count\r\n {4}source: tickets\r\n$/);
  });

  it('is not offered where it would take an alias from the metric around it', async () => {
    const text = `plumbline: 1
metrics:
  b: { type: count, source: tickets, time: &t closed_at }
  a: { type: ratio, source: tickets, time: *t, numerator: { ty┆pe: count }, denominator: b }
`;
    const titles = await titlesIn({ ...DATA, 'a.metrics.yaml': text });
    assert.deepEqual(
      titles.filter((title) => title.startsWith('Extract')),
      [],
    );
  });

  it('is not offered where comments or anchors would be lost, for a filtered reuse, or for a named metric', async () => {
    const ratio = (numerator: string): string =>
      `plumbline: 1\nmetrics:\n  b: { type: count, source: tickets }\n  a:\n    type: ratio\n    source: tickets\n    numerator: ${numerator}\n    denominator: b\n`;
    for (const numerator of [
      '\n      ty┆pe: count # all\n      value: hours',
      '{ ty┆pe: count, value: &v hours }',
      '{ me┆tric: b, where: hours > 1 }',
      '┆b',
    ]) {
      const titles = await titlesIn({ ...DATA, 'a.metrics.yaml': ratio(numerator) });
      assert.deepEqual(
        titles.filter((title) => title.startsWith('Extract')),
        [],
        numerator,
      );
    }
  });
});

describe('ide: inline a metric', () => {
  it('puts it in the place of its name, and offers to remove it where nothing else uses it', async () => {
    const text = `plumbline: 1
metrics:
  # All of them.
  high:
    label: High ones
    type: count
    why: They are read first.
    source: tickets
    where: [priority = 'high', hours > 1]
    examples:
      - { period: 2025-01, expect: 1 }

  a:
    type: ratio
    source: tickets
    numerator: hi┆gh
    denominator: { type: count }
`;
    const inlined = "numerator: { type: count, label: High ones, where: [priority = 'high', hours > 1] }";
    assert.equal(
      await changed(text, 'Inline the metric "high" and'),
      `plumbline: 1
metrics:
  a:
    type: ratio
    source: tickets
    ${inlined}
    denominator: { type: count }
`,
    );
    const both = { ...DATA, 'a.metrics.yaml': text };
    assert.deepEqual(
      (await titlesIn(both)).filter((title) => title.startsWith('Inline')),
      ['Inline the metric "high"', 'Inline the metric "high" and remove its definition'],
    );
    const used = {
      ...both,
      'b.metrics.yaml': 'plumbline: 1\ntargets:\n  t: { metric: high, at_least: 1, due: 2025, why: So. }\n',
    };
    assert.deepEqual(
      (await titlesIn(used)).filter((title) => title.startsWith('Inline')),
      ['Inline the metric "high"'],
    );
  });

  it('writes its source and time out where the metric around it has others', async () => {
    const text = `plumbline: 1
defaults: { source: tickets }
metrics:
  all: { type: count }
  a:
    type: ratio
    source: accounts
    time: signed_up_on
    numerator: a┆ll
    denominator: { type: count }
`;
    assert.match(
      await changed(text, 'Inline the metric "all" and'),
      /numerator: \{ type: count, source: tickets, time: opened_at \}\n/,
    );
  });

  it('is not offered where the metric around it has a window or a "when" that it has not', async () => {
    for (const [field, source] of [
      ['window: 28 days', 'tickets'],
      ['when: during', 'spells'],
    ] as const) {
      const text = `plumbline: 1
metrics:
  all: { type: retention, source: ${source}, entity: account_id }
  a: { type: ratio, source: ${source}, ${field}, numerator: a┆ll, denominator: { type: count } }
`;
      const titles = await titlesIn({ ...DATA, 'a.metrics.yaml': text });
      assert.deepEqual(
        titles.filter((title) => title.startsWith('Inline')),
        [],
        field,
      );
    }
  });

  it('goes over several lines where one would be too long', async () => {
    const long = `priority = '${'x'.repeat(100)}'`;
    const text = `plumbline: 1
metrics:
  all: { type: count, source: tickets, where: ${long} }
  a:
    type: ratio
    numerator: ┆all
    denominator: { type: count, source: tickets }
`;
    assert.match(
      await changed(text, 'Inline the metric "all" and'),
      /numerator:\n {6}type: count\n {6}source: tickets\n {6}where: priority = /,
    );
  });
});

describe('ide: extracting and inlining', () => {
  const folder = 'samples/saas';
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const texts: Texts = Object.fromEntries([
    ...names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
    ...readdirSync(join(folder, 'data')).map((name) => [
      `data/${name}`,
      `${readFileSync(join(folder, 'data', name), 'utf8').split('\n')[0]}\n`,
    ]),
  ]);

  /** What a metric computes: the scans and aggregates at the leaves of its plan, and its grain and breakdowns. */
  const meaning = ({ checked }: IdeContext, metric: Metric | undefined): string => {
    assert.ok(metric);
    const { plan, refused } = planMetric(checked, kinds, metric);
    assert.equal(refused, undefined);
    assert.ok(plan);
    const leaves = measuresOf(plan).map(({ source, rows, where, measure }) => ({
      source,
      rows,
      where,
      measure: measure.aggregates,
    }));
    return JSON.stringify([leaves, metric.grain?.text, metric.segments.map(({ segment }) => segment.text)]);
  };

  /** The texts after the action, offered with the cursor at the value of one side. */
  const act = async (from: Texts, name: string, side: string, title: RegExp): Promise<Texts | undefined> => {
    const context = await analysed(from);
    const metric = context.checked.project.metrics.get(name);
    const start = metric?.node?.get(side)?.value.span.start;
    const file = metric && fileAt(context, metric.file);
    assert.ok(file && start !== undefined);
    const actions = codeActions({ context, file, span: { start: start + 2, end: start + 2 }, today: TODAY });
    const action = actions.find((each) => title.test(each.title));
    return action && applied(from, action.edits);
  };

  it('keep what every ratio of the sample computes, and give the first text back', async () => {
    const before = await analysed(texts);
    let extracted = 0;
    for (const [name, metric] of before.checked.project.metrics) {
      if (metric.type !== 'ratio') continue;
      for (const side of ['numerator', 'denominator']) {
        const isInline = metric.node?.get(side)?.value.kind === 'map';
        const moved = await act(
          texts,
          name,
          side,
          isInline ? /^Extract into the metric/ : /^Inline the metric "\w+"$/,
        );
        assert.ok(moved, `${name}.${side}`);
        const between = await analysed(moved);
        assert.equal(
          meaning(between, between.checked.project.metrics.get(name)),
          meaning(before, metric),
          `${name}.${side}`,
        );
        if (!isInline) continue;
        extracted++;
        const back = await act(moved, name, side, /^Inline the metric "\w+" and remove/);
        assert.ok(back, `${name}.${side}`);
        const again = await analysed(back);
        assert.equal(meaning(again, again.checked.project.metrics.get(name)), meaning(before, metric));
        const file = metric.file.slice(ROOT.length + 1);
        assert.equal(back[file], texts[file]);
      }
    }
    assert.ok(extracted > 2);
  });
});
