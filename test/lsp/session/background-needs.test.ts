import assert from 'node:assert/strict';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { backgroundNeeds, isBackground } from '../../../server/src/lsp/session/background-needs.ts';
import { projectOf, ROOT } from '../../kit/project.ts';

describe('what is computed while nobody asks', () => {
  it('are the sources of every step of a conversion, also where only a step names them', async () => {
    const loaded = await projectOf(
      {
        'a.metrics.yaml': `plumbline: 1
metrics:
  bought: { type: conversion, source: visits, entity: who, within: 7 days, steps: [{ name: came }, { name: paid, source: orders }] }
`,
        'b.metrics.yaml': `plumbline: 1
sources:
  visits: { data: visits.csv, time: at }
  orders: { data: orders.csv, time: at }
  others: { data: others.csv, time: at }
`,
      },
      kinds,
    );
    const open = new Set([`${ROOT}/a.metrics.yaml`]);
    const named = backgroundNeeds(loaded, open).flatMap((need) =>
      need.kind === 'source-findings' ? [need.name] : [],
    );
    assert.deepEqual(named.toSorted(), ['orders', 'visits']);
    const isNeeded = isBackground(loaded, open);
    assert.deepEqual(
      ['orders', 'visits', 'others'].map((name) => isNeeded({ kind: 'source-findings', name })),
      [true, true, false],
    );
  });
});
