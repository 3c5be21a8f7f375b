import assert from 'node:assert/strict';
import {
  grainOf,
  segmentsOf,
  sourceNameOf,
  sourceOf,
  timeOf,
  timingOf,
  whenOf,
  windowOf,
} from '../../../server/src/core/model/metric-defaults.ts';
import { dependenciesOf } from '../../../server/src/core/model/metric-references.ts';
import { betterOf, decimalsOf, unitOf } from '../../../server/src/core/model/metric-unit.ts';
import type { Metric, Project } from '../../../server/src/core/model/project.ts';
import { readText } from '../../kit/metrics-file.ts';
import { present } from '../../kit/present.ts';
import { type RatioSpec, readKinds } from '../../kit/read-kinds.ts';

const project = readText(
  `sources:
  events: { data: e.csv, time: at }
  spells: { data: s.csv, lifespan: { start: from } }
  both: { data: b.csv, time: at, lifespan: { start: from } }
  stock: { data: k.csv }
metrics:
  events_count: { type: count, source: events, grain: day }
  spells_active: { type: count, source: spells, when: active }
  spells_untold: { type: count, source: spells }
  both_timed: { type: count, source: both }
  both_active: { type: count, source: both, when: active }
  stock_count: { type: count, source: stock, grain: day }
  stock_dated: { type: count, source: stock, time: counted_on }
  lost: { type: count, source: nowhere }
  outer:
    type: ratio
    source: events
    time: other_at
    when: started
    window: 28 days
    grain: week
    segments: [size]
    numerator: { type: count, grain: day }
    denominator: { type: count, source: spells, time: from, when: ended, window: 7 days, segments: [plan] }
  reusing:
    type: ratio
    source: spells
    window: 7 days
    numerator: { metric: events_count, where: x }
    denominator: { metric: nothing }
  of_stock: { type: ratio, grain: day, numerator: stock_count, denominator: { type: count, source: stock } }
  of_both: { type: ratio, grain: day, numerator: stock_count, denominator: events_count }
`,
  'grain: quarter\n',
);

const metric = (name: string): Metric => present(project.metrics.get(name), name);

function side(name: string, which: keyof RatioSpec): Metric {
  const reference = (metric(name).spec as RatioSpec)[which];
  return present(reference?.kind === 'inline' ? reference.metric : undefined, which);
}

describe('what an inline metric takes from the one it stands in', () => {
  it('is what it has not set itself', () => {
    const inner = side('outer', 'numerator');
    assert.equal(sourceNameOf(project, inner)?.text, 'events');
    assert.equal(timeOf(project, inner)?.text, 'other_at');
    assert.equal(whenOf(project, inner)?.text, 'started');
    assert.equal(windowOf(project, inner)?.text, '28 days');
    assert.deepEqual(
      segmentsOf(project, inner).map((use) => use.segment.text),
      ['size'],
    );
    const own = side('outer', 'denominator');
    assert.equal(sourceNameOf(project, own)?.text, 'spells');
    assert.equal(timeOf(project, own)?.text, 'from');
    assert.equal(whenOf(project, own)?.text, 'ended');
    assert.equal(windowOf(project, own)?.text, '7 days');
    assert.deepEqual(
      segmentsOf(project, own).map((use) => use.segment.text),
      ['plan'],
    );
  });

  it('is nothing for a filtered reuse, which means what the reused name means', () => {
    const reuse = side('reusing', 'numerator');
    assert.equal(sourceNameOf(project, reuse)?.text, 'events');
    assert.equal(windowOf(project, reuse), undefined);
    assert.equal(sourceOf(project, side('reusing', 'denominator')), undefined);
  });
});

describe('timingOf', () => {
  const kindOf = (name: string) => timingOf(project, metric(name))?.kind;

  it('follows the time of the source, or of the metric', () => {
    const timing = timingOf(project, metric('events_count'));
    assert.equal(timing?.kind === 'time' && timing.time.text, 'at');
    const own = timingOf(project, metric('stock_dated'));
    assert.equal(own?.kind === 'time' && own.time.text, 'counted_on');
  });

  it('follows spells where `when` is given, also where the source has a time', () => {
    assert.equal(kindOf('spells_active'), 'spells');
    assert.equal(kindOf('both_active'), 'spells');
    assert.equal(kindOf('both_timed'), 'time');
    assert.equal(kindOf('spells_untold'), 'when-missing');
  });

  it('is a snapshot without either, and unknown without a source', () => {
    assert.equal(kindOf('stock_count'), 'snapshot');
    assert.equal(kindOf('lost'), undefined);
  });
});

describe('grainOf', () => {
  const grain = (of: Metric) => grainOf(project, readKinds, of);

  it("is the own grain of a metric, else the project's", () => {
    assert.equal(grain(metric('events_count')), 'day');
    assert.equal(grain(metric('spells_active')), 'quarter');
    assert.equal(grain(metric('lost')), 'quarter');
  });

  it("of a part is the outer metric's", () => {
    assert.equal(grain(side('outer', 'numerator')), 'week');
    assert.equal(grain(side('outer', 'denominator')), 'week');
  });

  it('is `all` for what rests on snapshots only', () => {
    assert.equal(grain(metric('stock_count')), 'all');
    assert.equal(grain(metric('of_stock')), 'all');
    assert.equal(grain(metric('of_both')), 'day');
    assert.equal(grain(metric('stock_dated')), 'quarter');
  });
});

describe('unit, direction and decimals', () => {
  const read = (fields: string): [Project, typeof readKinds, Metric] => {
    const one = readText(`metrics:\n  base: { type: nps, value: x, decimals: 3 }\n  m: { ${fields} }\n`);
    return [one, readKinds, present(one.metrics.get('m'))];
  };

  it('come from the type where the metric sets none', () => {
    assert.deepEqual([unitOf(...read('type: nps')), betterOf(...read('type: nps'))], ['points', 'higher']);
    assert.deepEqual(
      [unitOf(...read('type: count')), betterOf(...read('type: count'))],
      ['count', 'neutral'],
    );
    assert.deepEqual(
      [unitOf(...read('type: nothing')), betterOf(...read('type: nothing'))],
      ['number', 'neutral'],
    );
  });

  it('are those of the metric where it sets them', () => {
    assert.equal(unitOf(...read('type: count, unit: hours')), 'hours');
    assert.equal(betterOf(...read('type: nps, better: lower')), 'lower');
    assert.equal(decimalsOf(...read('type: nps, decimals: 0')), 0);
  });

  it('shows one decimal of percentages and points, none of counts, two of the rest', () => {
    const decimals = ['csat', 'nps', 'count', 'sum'].map((type) => decimalsOf(...read(`type: ${type}`)));
    assert.deepEqual(decimals, [1, 1, 0, 2]);
  });

  it('of a filtered reuse are those of the metric reused', () => {
    const [one, kinds, outer] = read('type: ratio, numerator: { metric: base, where: y }');
    const reference = (outer.spec as RatioSpec).numerator;
    const reuse = present(reference?.kind === 'inline' ? reference.metric : undefined);
    assert.equal(unitOf(one, kinds, reuse), 'points');
    assert.equal(betterOf(one, kinds, reuse), 'higher');
    assert.equal(decimalsOf(one, kinds, reuse), 3);
  });
});

describe('dependenciesOf', () => {
  const namesOf = (of: Project, name: string) =>
    dependenciesOf(of, readKinds, present(of.metrics.get(name))).map((each) => each.name);

  it('lists named, inline and reused metrics once, depth first', () => {
    assert.deepEqual(namesOf(project, 'of_stock'), ['stock_count', 'of_stock.denominator']);
    assert.deepEqual(namesOf(project, 'reusing'), [
      'reusing.numerator',
      'events_count',
      'reusing.denominator',
    ]);
    assert.deepEqual(namesOf(project, 'events_count'), []);
  });

  it('ends where metrics refer in a circle', () => {
    const circle = readText(`metrics:
  a: { type: ratio, numerator: b, denominator: a }
  b: { type: ratio, numerator: a, denominator: { metric: b } }
`);
    assert.deepEqual(namesOf(circle, 'a'), ['b', 'b.denominator']);
    assert.deepEqual(namesOf(circle, 'b'), ['a', 'b.denominator']);
    assert.equal(grainOf(circle, readKinds, present(circle.metrics.get('a'))), 'month');
  });
});
