import assert from 'node:assert/strict';
import { compute } from '../../../kit/construct.ts';
import { testEngine } from '../../../kit/engine.ts';
import { near } from '../../../kit/reference/compare.ts';

const SOURCE = `
sources:
  events: { data: events.csv, time: at, as_of: 2025-03-31 }
  invoices: { data: invoices.csv, time: paid_on, as_of: 2025-04-30 }
segments:
  device: { source: events, by: device }
defaults: { source: events }
`;

const EVENTS = `
  user,name,device,at
  a,sign_up,phone,2025-01-10
  a,try,phone,2025-01-12
  a,buy,laptop,2025-01-20
  b,sign_up,phone,2025-01-15
  b,buy,phone,2025-01-16
  b,try,phone,2025-01-17
  c,sign_up,laptop,2025-01-31
  c,sign_up,phone,2025-02-20
  c,try,phone,2025-02-21
  c,buy,phone,2025-02-27
  d,sign_up,laptop,2025-03-20
  d,try,laptop,2025-03-20
  d,buy,laptop,2025-03-20
  e,buy,laptop,2025-03-01
  ,sign_up,laptop,2025-01-01
  ,try,laptop,2025-01-01`;

const INVOICES = `
  client,paid_on
  a,2025-01-10
  b,2025-01-29
  b,2025-01-30
  c,2025-03-07
  z,2025-01-10`;

const STEPS = `
      - { name: signed up, where: name = 'sign_up' }
      - { name: tried, where: name = 'try' }`;

describe('conversion', () => {
  const engine = testEngine();

  it('reads the first step by the time of its own source where the file has another by default', async () => {
    const { at } = await compute(
      engine,
      `${SOURCE}
metrics:
  paid_and_signed_up:
    type: conversion
    entity: user
    within: 30 days
    steps:
      - { name: paid, source: invoices, entity: client }
      - { name: signed up, where: name = 'sign_up' }
`,
      { events: EVENTS, invoices: INVOICES },
    );
    // Of a, b and z, who paid in January, a signed up on that day, b before and z never.
    near(at('paid_and_signed_up', '2025-01').value, 1 / 3);
    assert.equal(at('paid_and_signed_up', '2025-02').value, null);
  });

  it('is the share of those who take the first step in the period that take all others in order and in time', async () => {
    const { values, at, partial, groups } = await compute(
      engine,
      `${SOURCE}
metrics:
  two:
    type: conversion
    entity: user
    within: 10 days
    segments: [device]
    steps: ${STEPS}
  three:
    type: conversion
    entity: user
    within: 10 days
    steps: ${STEPS}
      - { name: bought, where: name = 'buy' }
  nine:
    type: conversion
    entity: user
    within: 9 days
    steps: ${STEPS}
      - { name: bought, where: name = 'buy' }
  quarter:
    type: conversion
    entity: user
    within: 10 days
    grain: quarter
    segments: [device]
    steps: ${STEPS}
  at_all:
    type: conversion
    entity: user
    within: 10 days
    grain: all
    steps: ${STEPS}
`,
      { events: EVENTS, invoices: INVOICES },
    );
    // January: a and b of a, b, c; February: c; March: d, all on one day.
    assert.deepEqual(values('two'), [2 / 3, 1, 1]);
    assert.equal(at('two', '2025-01').n, 3);
    // b bought before it tried; a on the tenth day.
    assert.deepEqual(values('three'), [1 / 3, 1, 1]);
    assert.deepEqual(values('nine'), [0, 1, 1]);
    // Wilson for 1 of 3, as printed for small n: (0.0615, 0.7923).
    near(at('three', '2025-01').low, 0.0615);
    near(at('three', '2025-01').high, 0.7923);
    // Who signs up on the last day of March has until 10 April.
    assert.deepEqual(partial('two'), ['2025-03']);
    // Any first step in the period may be the one that is followed: c converts by its second.
    assert.deepEqual(values('quarter'), [1]);
    assert.deepEqual(partial('quarter'), ['2025-Q1']);
    assert.deepEqual(values('at_all'), [1]);
    assert.deepEqual(partial('at_all'), []);
    // Groups are those of the first step's first row in the period: c by laptop in January and over the quarter, by phone in February.
    assert.deepEqual(groups('two', 'device'), ['laptop', 'phone']);
    assert.deepEqual(values('two', 'device.phone'), [1, 1, null]);
    assert.deepEqual(values('two', 'device.laptop'), [0, null, 1]);
    assert.equal(at('quarter', '2025-Q1', 'device.laptop').n, 2);
  });

  it('takes a different row for each step, also among those of one moment', async () => {
    const { values } = await compute(
      engine,
      `${SOURCE}
metrics:
  again:
    type: conversion
    entity: user
    within: 30 days
    steps: [{ name: first, where: name = 'try' }, { name: second, where: name = 'try' }]
  either:
    type: conversion
    entity: user
    within: 30 days
    steps: [{ name: first, where: "name in ('try', 'buy')" }, { name: second, where: "name in ('try', 'see')" }, { name: third, where: "name in ('buy', 'see')" }]
`,
      {
        events: `
          user,name,device,at
          a,try,x,2025-01-01
          b,try,x,2025-01-01
          b,try,x,2025-01-01
          c,try,x,2025-01-01
          c,buy,x,2025-01-01
          c,see,x,2025-01-02
          d,see,x,2025-01-01
          d,see,x,2025-01-01
          d,try,x,2025-01-01
          e,try,x,2025-01-01
          e,try,x,2025-01-02
          e,buy,x,2025-01-02`,
        invoices: INVOICES,
      },
    );
    // a has one row, c and d one that tries; b two at once, e one after the other.
    assert.equal(values('again')[0], 2 / 5);
    // c: buy, try, see. d: try, see, see. e: try, try, buy. a and b have too few rows.
    assert.equal(values('either')[0], 3 / 5);
  });

  it('follows entities from source to source, by the columns and times that each step names', async () => {
    const { values, partial, at } = await compute(
      engine,
      `${SOURCE}
metrics:
  paid:
    type: conversion
    entity: user
    within: 2 weeks
    where: device <> 'watch'
    steps:
      - { name: signed up, where: name = 'sign_up' }
      - { name: paid, source: invoices, entity: client }
      - { name: paid again, source: invoices, entity: client }
  one:
    type: conversion
    entity: user
    within: 2 weeks
    steps:
      - { name: signed up, where: name = 'sign_up' }
      - { name: paid, source: invoices, entity: client, time: paid_on }
`,
      { events: EVENTS, invoices: INVOICES },
    );
    // a pays on the day it signs up; b on the 14th and the 15th day.
    assert.deepEqual(values('one'), [2 / 3, 0, 0]);
    assert.deepEqual(values('paid'), [0, 0, 0]);
    assert.equal(at('one', '2025-01').n, 3);
    // The events end in March, and with them what is counted, though invoices go on.
    assert.deepEqual(partial('one'), ['2025-03']);
  });

  it('counts hours by the clock, and is null where nobody takes the first step', async () => {
    const { values, partial } = await compute(
      engine,
      `${SOURCE}
metrics:
  two:
    type: conversion
    entity: user
    within: 36 hours
    grain: day
    steps: [{ name: first, where: name = 'sign_up' }, { name: second, where: name = 'try' }]
`,
      {
        events: `
          user,name,device,at
          a,sign_up,x,2025-03-28T10:00:00
          a,try,x,2025-03-29T22:00:00
          b,sign_up,x,2025-03-28T10:00:00
          b,try,x,2025-03-29T22:00:01
          c,sign_up,x,2025-03-28T12:00:00
          c,try,x,2025-03-28T11:00:00
          d,sign_up,x,2025-03-30T12:00:00
          d,try,x,2025-03-30T12:00:00`,
        invoices: INVOICES,
      },
    );
    assert.deepEqual(values('two'), [1 / 3, null, 1, null]);
    // 29 March may still be followed on the 31st at noon, the 30th on 1 April.
    assert.deepEqual(partial('two'), ['2025-03-30', '2025-03-31']);
  });
});
