import assert from 'node:assert/strict';
import { kinds } from '../../../server/src/core/kinds/index.ts';
import { allowedKeys, allowedValues, describeKey } from '../../../server/src/core/schema/describe.ts';
import { parseYaml } from '../../../server/src/core/syntax/yaml/parse.ts';

const root = (text: string) => parseYaml(`plumbline: 1\n${text}`).root;

describe('describeKey', () => {
  it('speaks of a key as the chosen type of metric uses it', () => {
    const nps = describeKey('metrics', root('metrics: { m: { type: nps, value: a } }'), [
      'metrics',
      'm',
      'value',
    ]);
    assert.match(nps?.description ?? '', /how likely are you to recommend us/);
    const sum = describeKey('metrics', root('metrics: { m: { type: sum, value: a } }'), [
      'metrics',
      'm',
      'value',
    ]);
    assert.match(sum?.description ?? '', /add up/);
    assert.equal(sum?.title, 'Expression');
    assert.match(sum?.details.join() ?? '', /single quotes/);
  });

  it('speaks of a key before the type is written', () => {
    const found = describeKey('metrics', root('metrics: { m: { satisfied: [4] } }'), [
      'metrics',
      'm',
      'satisfied',
    ]);
    assert.match(found?.description ?? '', /count as satisfied/);
  });

  it('says what a name defines', () => {
    const tree = root('metrics: { m: { type: nps } }\nsources: { s: { data: a } }');
    assert.equal(describeKey('metrics', tree, ['metrics', 'm'])?.title, 'Net Promoter Score');
    assert.equal(describeKey('metrics', tree, ['sources', 's'])?.title, 'Source');
  });

  it('states the default that depends on nothing else', () => {
    const tree = root('metrics: { m: { type: csat, value: a, scale: [1, 5] } }');
    assert.deepEqual(describeKey('metrics', tree, ['metrics', 'm', 'scale'])?.default, [1, 5]);
  });

  it('reaches into lists, inline metrics and project files', () => {
    const tree = root(
      'metrics: { m: { type: ratio, numerator: { type: csat, satisfied: [5] }, examples: [{ expect: 1 }] } }',
    );
    assert.match(
      describeKey('metrics', tree, ['metrics', 'm', 'numerator', 'satisfied'])?.description ?? '',
      /satisfied/,
    );
    assert.match(
      describeKey('metrics', tree, ['metrics', 'm', 'examples', 0, 'expect'])?.description ?? '',
      /must come out/,
    );
    assert.match(describeKey('project', undefined, ['timezone'])?.description ?? '', /IANA/);
  });

  it('knows nothing of keys that the format does not have', () => {
    assert.equal(
      describeKey('metrics', root('metrics: { m: { type: nps } }'), ['metrics', 'm', 'promoters']),
      undefined,
    );
    assert.equal(
      describeKey('metrics', root('metrics: { m: { type: nps } }'), ['nothing', 'here', 0]),
      undefined,
    );
  });
});

describe('allowedKeys', () => {
  const keys = (text: string, path: readonly (string | number)[]) =>
    allowedKeys('metrics', root(text), path).map(({ key }) => key);

  it('lists the keys of the chosen type, and says which are required and which are there', () => {
    const found = allowedKeys('metrics', root('metrics: { m: { type: percentile, value: a } }'), [
      'metrics',
      'm',
    ]);
    assert.deepEqual(
      found.filter(({ required }) => required).map(({ key, present }) => [key, present]),
      [
        ['type', true],
        ['value', true],
        ['p', false],
      ],
    );
    assert.equal(
      found.some(({ key }) => key === 'scale'),
      false,
    );
    assert.ok(found.every(({ description }) => description.length >= 20));
  });

  it('lists the common keys while there is no type', () => {
    const found = keys('metrics: { m: { } }', ['metrics', 'm']);
    assert.ok(found.includes('type') && found.includes('where'));
    assert.equal(found.includes('value'), false);
  });

  it('leaves out what would contradict what is written', () => {
    const goals = (text: string) =>
      keys(text, ['targets', 't']).filter((key) =>
        ['at_least', 'at_most', 'between', 'due', 'each'].includes(key),
      );
    assert.deepEqual(goals('targets: { t: { metric: a } }'), [
      'at_least',
      'at_most',
      'between',
      'due',
      'each',
    ]);
    assert.deepEqual(goals('targets: { t: { metric: a, at_most: 5, due: 2025 } }'), ['at_most', 'due']);
    assert.equal(keys('sources: { s: { union: { a: {} } } }', ['sources', 's']).includes('data'), false);
    assert.equal(keys('sources: { s: { data: a } }', ['sources', 's']).includes('union'), false);
  });

  it('lists the sections of a file and the keys of an item of a list', () => {
    assert.deepEqual(keys('', []), [
      'plumbline',
      'defaults',
      'sources',
      'segments',
      'metrics',
      'targets',
      'journeys',
    ]);
    const text = 'metrics: { m: { type: conversion, steps: [{ name: a }] } }';
    assert.deepEqual(keys(text, ['metrics', 'm', 'steps', 0]), ['name', 'source', 'where', 'time', 'entity']);
  });

  it('lists nothing where names are chosen freely, or where no map can stand', () => {
    assert.deepEqual(keys('metrics: { m: { type: nps } }', ['metrics']), []);
    assert.deepEqual(keys('metrics: { m: { type: nps } }', ['metrics', 'm', 'type']), []);
  });
});

describe('allowedValues', () => {
  it('lists types of metric with what they compute', () => {
    const found = allowedValues('metrics', root('metrics: { m: { type: c } }'), ['metrics', 'm', 'type']);
    assert.deepEqual(found.map(({ value }) => value).toSorted(), [...kinds.keys()].toSorted());
    assert.deepEqual(found.find(({ value }) => value === 'nps')?.title, 'Net Promoter Score');
    assert.ok(found.every(({ description = '' }) => description.length >= 20));
  });

  it('lists words, truth values, and nothing for free text', () => {
    const tree = root(
      'metrics: { m: { type: count, grain: m, label: b } }\nsources: { s: { lifespan: { end_inclusive: t } } }',
    );
    const values = (path: readonly string[]) =>
      allowedValues('metrics', tree, path).map(({ value }) => value);
    assert.deepEqual(values(['metrics', 'm', 'grain']), ['day', 'week', 'month', 'quarter', 'year', 'all']);
    assert.deepEqual(values(['sources', 's', 'lifespan', 'end_inclusive']), [true, false]);
    assert.deepEqual(values(['metrics', 'm', 'label']), []);
  });
});
