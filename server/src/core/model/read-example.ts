import type { ScalarNode, YamlNode } from '../syntax/yaml/tree.ts';
import { numberAt, numberOf } from './number-word.ts';
import type { Benchmark, Example, GivenRows } from './project.ts';
import { groupReferenceAt } from './read-segment.ts';
import { isAbsent, mapOf, namedEntries, textAt, valueAt, wordAt } from './words.ts';

/** Reads one of a metric's `examples`; `undefined` where it is no map. */
export function readExample(node: YamlNode): Example | undefined {
  if (node.kind !== 'map') return undefined;
  const expected = valueAt(node, 'expect');
  const expectNode = expected?.kind === 'scalar' ? expected : undefined;
  return {
    node,
    given: readGiven(valueAt(node, 'given')),
    period: wordAt(node, 'period'),
    segment: groupReferenceAt(node, 'segment'),
    expect: readExpected(expectNode),
    expectNode,
  };
}

/** A written `null` expects "no data"; a value still to be typed expects nothing yet. */
function readExpected(node: ScalarNode | undefined): Example['expect'] {
  if (node === undefined) return undefined;
  return isAbsent(node) && node.style !== 'missing' ? null : numberOf(node);
}

function readGiven(node: YamlNode | undefined): Example['given'] {
  if (mapOf(node) === undefined) return undefined;
  return namedEntries<GivenRows>(node, (key, value) => ({
    source: { text: key.text, node: key },
    rows: value.kind === 'seq' ? value.items.flatMap(readRow) : [],
  }));
}

/** A row keeps every scalar cell, blank and null ones included: `cell.node.value` tells them from text. */
function readRow(node: YamlNode): GivenRows['rows'][number] | [] {
  if (node.kind !== 'map') return [];
  const cells = namedEntries(node, (_, cell) =>
    cell.kind === 'scalar' ? { text: cell.text, node: cell } : undefined,
  );
  return { node, cells };
}

/** Reads one of a metric's `benchmarks`; `undefined` where it is no map. */
export function readBenchmark(node: YamlNode): Benchmark | undefined {
  if (node.kind !== 'map') return undefined;
  return {
    value: numberAt(node, 'value'),
    citation: textAt(node, 'citation'),
    asOf: textAt(node, 'as_of'),
    node,
  };
}
