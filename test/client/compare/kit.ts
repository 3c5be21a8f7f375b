import type { ComparedMetric, Comparison, Location } from '../../../server/src/protocol/index.ts';

/** A place in a file of the project, or of another version of it. */
export function at(line: number, uri = 'file:///p/a.metrics.yaml'): Location {
  return { uri, range: { start: { line, character: 2 }, end: { line, character: 9 } } };
}

/** A metric that moved from 260 to 220 euros, by a change of its own. */
export function metric(name: string, more: Partial<ComparedMetric<Location>> = {}): ComparedMetric<Location> {
  return {
    subject: { kind: 'metric', name },
    name,
    was: name,
    label: name.toUpperCase(),
    class: 'values',
    unmeant: null,
    changes: [['now leaves out rows whose ', { code: 'plan' }, ' is free']],
    effects: [['2025-06: €260.00 before, €220.00 after, -€40.00']],
    at: { before: at(4, 'plumbline-version:///p/a.metrics.yaml?main'), after: at(5) },
    text: { before: 'a: 1', after: 'a: 2' },
    shape: { unit: 'currency', decimals: 2, currency: 'EUR', better: 'higher' },
    headline: { period: '2025-06', before: '€260.00', after: '€220.00', change: '-€40.00', isMoved: true },
    totals: [],
    largest: null,
    compared: 12,
    moved: 3,
    ...more,
  };
}

/** A comparison with `main` in which nothing changed but what is given. */
export function comparison(more: Partial<Comparison> = {}): Comparison {
  return {
    kind: 'comparison',
    base: { ref: 'main', mergeBase: false },
    metric: null,
    before: 'main',
    after: 'the working tree',
    summary: ['1 change'],
    metrics: [],
    others: [],
    targets: [],
    examples: [],
    notes: [],
    unavailable: null,
    ...more,
  };
}
