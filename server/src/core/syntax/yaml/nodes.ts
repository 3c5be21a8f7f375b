import type { Span } from '../../base/span.ts';
import type { MapEntry, MapNode, ScalarNode, ScalarValue, SeqNode, YamlNode } from './tree.ts';

/** Tells the place in the file of a character of a scalar's text. */
export type Locate = (index: number) => number;

/** For a scalar whose text stands in the file letter by letter, from `start` on. */
export function locateStraight(start: number, length: number): Locate {
  return (index) => start + Math.max(0, Math.min(index, length));
}

/** For every other scalar; `decode` runs at the first question only. */
export function locateDecoded(decode: () => { readonly offsets: readonly number[] }): Locate {
  let offsets: readonly number[] | undefined;
  return (index) => {
    offsets ??= decode().offsets;
    return offsets[Math.max(0, Math.min(index, offsets.length - 1))] ?? 0;
  };
}

class Scalar implements ScalarNode {
  readonly kind = 'scalar';
  readonly span: Span;
  readonly text: string;
  readonly value: ScalarValue;
  readonly style: ScalarNode['style'];
  declare readonly origin?: Span;
  readonly #locate: Locate;

  constructor(parts: Omit<ScalarNode, 'kind' | 'offsetAt'>, locate: Locate) {
    this.span = parts.span;
    this.text = parts.text;
    this.value = parts.value;
    this.style = parts.style;
    if (parts.origin !== undefined) this.origin = parts.origin;
    this.#locate = locate;
  }

  offsetAt(index: number): number {
    return this.#locate(index);
  }
}

class BlockOrFlowMap implements MapNode {
  readonly kind = 'map';
  readonly span: Span;
  readonly flow: boolean;
  readonly entries: readonly MapEntry[];
  declare readonly origin?: Span;
  #byName: Map<string, MapEntry> | undefined;

  constructor(parts: Omit<MapNode, 'kind' | 'get'>) {
    this.span = parts.span;
    this.flow = parts.flow;
    this.entries = parts.entries;
    if (parts.origin !== undefined) this.origin = parts.origin;
  }

  get(key: string): MapEntry | undefined {
    if (this.#byName === undefined) {
      this.#byName = new Map();
      for (const entry of this.entries) {
        if (!this.#byName.has(entry.key.text)) this.#byName.set(entry.key.text, entry);
      }
    }
    return this.#byName.get(key);
  }
}

export function makeScalar(parts: Omit<ScalarNode, 'kind' | 'offsetAt'>, locate: Locate): ScalarNode {
  return new Scalar(parts, locate);
}

/** A value that is not there, at a place. */
export function makeMissing(at: number, value: ScalarValue = null): ScalarNode {
  const span = { start: at, end: at };
  return new Scalar({ span, text: '', value, style: 'missing' }, () => at);
}

export function makeMap(parts: Omit<MapNode, 'kind' | 'get'>): MapNode {
  return new BlockOrFlowMap(parts);
}

/** The same node as seen through an alias at `span`: every span is the alias's, every origin the anchored text's. */
export function copyNode(node: YamlNode, span: Span): YamlNode {
  if (node.kind === 'scalar') return copyScalar(node, span);
  const origin = node.origin ?? node.span;
  if (node.kind === 'map') {
    return makeMap({
      span,
      origin,
      flow: node.flow,
      entries: node.entries.map((entry) => copyEntry(entry, span)),
    });
  }
  const seq: SeqNode = {
    kind: 'seq',
    span,
    origin,
    flow: node.flow,
    items: node.items.map((item) => copyNode(item, span)),
  };
  return seq;
}

/** An entry as seen through an alias or a merge key at `span`. */
export function copyEntry(entry: MapEntry, span: Span): MapEntry {
  return { key: copyScalar(entry.key, span), value: copyNode(entry.value, span), span };
}

function copyScalar(node: ScalarNode, span: Span): ScalarNode {
  const { text, value, style } = node;
  return new Scalar({ span, origin: node.origin ?? node.span, text, value, style }, (index) =>
    node.offsetAt(index),
  );
}
